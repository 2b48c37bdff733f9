import {
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import {dirname, isAbsolute, join} from 'node:path';
import {InputError, quoted} from '../../corpus/errors.js';
import {isPlainLines} from '../../corpus/formats.js';
import type {Input} from '../../corpus/input.js';
import {openInput} from '../../corpus/open.js';
import type {RecordUnits} from '../../corpus/units.js';
import {blobSizes, copyBlobs} from '../../git/blobs.js';
import {writeBlobSync} from '../../git/exec.js';
import {type LfsPointer, lfsObject, maxPointerBytes, readPointer} from '../../git/lfs.js';
import type {Repository} from '../../git/repository.js';
import {type DataFile, plainFile} from './files.js';

/** Content of files as git has it, as plain files to read from. */
export interface Contents {
  /** Bytes of the blob; undefined for what is not in git. Known after `measure`. */
  size(file: DataFile): number | undefined;
  measure(files: readonly DataFile[]): Promise<void>;
  /**
   * Opens files. With `refuse` they are only for reference: what cannot be read goes there instead of being
   * thrown, and the working tree's own file is taken where git holds it for unchanged.
   */
  open(
    files: readonly DataFile[],
    refuse?: (file: DataFile, error: InputError) => void,
  ): Promise<OpenedContents>;
  /** A file with the plain content, to look at a record again; undefined where there is none at hand. */
  plain(file: DataFile): string | undefined;
}

export interface OpenedContents {
  readonly inputs: ReadonlyMap<DataFile, Input>;
  /** Removes the copies. */
  release(): void;
}

export interface ContentsOptions {
  /** For copies; the caller removes it. */
  readonly folder: string;
  readonly top: string;
  /** What is staged: names of contents, by path from the top. */
  readonly staged: ReadonlyMap<string, string>;
  /** Paths from the top whose file is not what is staged. */
  readonly dirty: ReadonlySet<string>;
  readonly signal?: AbortSignal | undefined;
  readonly units?: RecordUnits | undefined;
}

export function createContents({folder, top, staged, dirty, signal, units}: ContentsOptions): Contents {
  const sizes = new Map<string, number>();
  const plains = new Map<string, string | undefined>();
  let copies = 0;

  /** The file of the working tree, where it is sure to hold the same bytes. */
  function unchanged({path, oid, repository}: DataFile, size = sizes.get(oid)): string | undefined {
    const isStaged = repository.cwd === top && staged.get(path) === oid && !dirty.has(path);
    return isStaged && size !== undefined ? plainFile(join(top, path), size) : undefined;
  }

  /** A place for a copy that is named like the file, in a folder of its own that paths are shown from. */
  function placeFor({shown, path}: DataFile): {base: string; target: string} {
    const base = join(folder, String(copies++));
    const target = join(base, isAbsolute(shown) ? path : shown);
    mkdirSync(dirname(target), {recursive: true});
    return {base, target};
  }

  function pointedAt(file: DataFile, pointer: LfsPointer): string | undefined {
    return lfsObject(file.repository, pointer) ?? unchanged(file, pointer.size);
  }

  function follow(file: DataFile, pointer: LfsPointer, target: string): void {
    const object = pointedAt(file, pointer);
    if (object === undefined) throw notFetched(file);
    rmSync(target);
    link(object, target);
  }

  async function openOne(file: DataFile, base: string, target: string): Promise<Input> {
    if (file.worktree === undefined && (sizes.get(file.oid) ?? 0) <= maxPointerBytes) {
      const pointer = readPointer(readFileSync(target));
      if (pointer !== undefined) follow(file, pointer, target);
    }
    return openInput(target, {cwd: base, spoolDir: base, signal, units});
  }

  async function measure(files: readonly DataFile[]): Promise<void> {
    const unknown = files.filter(({oid, worktree}) => worktree === undefined && !sizes.has(oid));
    for (const [repository, ofIt] of byRepository(unknown, file => file)) {
      const found = await blobSizes(repository, [...new Set(ofIt.map(({oid}) => oid))]);
      for (const [oid, size] of found) sizes.set(oid, size);
    }
  }

  return {
    size: ({oid, worktree}) => (worktree === undefined ? sizes.get(oid) : undefined),
    measure,
    async open(files, refuse) {
      await measure(files);
      const placed = files.map(file => ({file, ...placeFor(file)}));
      const release = () => {
        for (const {base} of placed) rmSync(base, {recursive: true, force: true});
      };
      try {
        const blobs = placed.filter(({file, target}) => {
          const own = file.worktree ?? (refuse && unchanged(file));
          if (own !== undefined) link(own, target);
          return own === undefined;
        });
        for (const [repository, ofIt] of byRepository(blobs, ({file}) => file)) {
          await copyBlobs(
            repository,
            ofIt.map(({file, target}) => ({oid: file.oid, file: target})),
          );
        }
        const inputs = new Map<DataFile, Input>();
        for (const {file, base, target} of placed) {
          try {
            inputs.set(file, await openOne(file, base, target));
          } catch (error) {
            if (refuse === undefined || !(error instanceof InputError)) throw error;
            refuse(file, error);
          }
        }
        return {inputs, release};
      } catch (error) {
        release();
        throw error;
      }
    },
    plain(file) {
      const {key, worktree, oid, path} = file;
      if (!isPlainLines(path)) return undefined;
      if (worktree !== undefined) return worktree;
      if (!plains.has(key)) plains.set(key, followed(file, unchanged(file) ?? extracted(file, oid)));
      return plains.get(key);
    },
  };

  function extracted(file: DataFile, oid: string): string | undefined {
    const {target} = placeFor(file);
    const descriptor = openSync(target, 'wx', 0o600);
    try {
      return writeBlobSync(file.repository, oid, descriptor) ? target : undefined;
    } finally {
      closeSync(descriptor);
    }
  }

  function followed(file: DataFile, plain: string | undefined): string | undefined {
    if (plain === undefined || statSync(plain).size > maxPointerBytes) return plain;
    const pointer = readPointer(readFileSync(plain));
    return pointer === undefined ? plain : pointedAt(file, pointer);
  }
}

/** Not all systems let everybody make links. */
function link(from: string, target: string): void {
  try {
    symlinkSync(from, target);
  } catch {
    copyFileSync(from, target);
  }
}

function byRepository<Item>(items: readonly Item[], of: (item: Item) => DataFile): Map<Repository, Item[]> {
  const groups = new Map<Repository, Item[]>();
  for (const item of items) {
    const {repository} = of(item);
    const group = groups.get(repository);
    if (group === undefined) groups.set(repository, [item]);
    else group.push(item);
  }
  return groups;
}

function notFetched({shown}: DataFile): InputError {
  return new InputError(
    `Cannot read ${quoted(shown)}`,
    'git has a Git LFS pointer there, and the data itself is not here',
    'Run `git lfs fetch --all`, or `git lfs pull` for what is checked out.',
  );
}
