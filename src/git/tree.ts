import {InputError, quoted} from '../corpus/errors.js';
import {askGit, runGit} from './exec.js';
import {openSubmodule, type Repository} from './repository.js';

/** A file as git has it. */
export interface GitFile {
  /** From the top of the outermost repository, `/` between folders. */
  readonly path: string;
  /** Name of its content: files with the same bytes have the same. */
  readonly oid: string;
  /** Where its content is. */
  readonly repository: Repository;
  /** Its path in that repository. */
  readonly inside: string;
}

export interface Listing {
  readonly files: readonly GitFile[];
  /** Submodules whose files cannot be listed: not checked out, or without the commit. */
  readonly closed: readonly string[];
}

interface Entry {
  readonly mode: string;
  readonly oid: string;
  readonly path: string;
}

const submodule = '160000';
const regular = /^100/;
/** Deeper is a mistake, or a trap. */
const maxDepth = 8;

/** The files of a commit, those of submodules that are checked out among them. */
export async function listCommit(repository: Repository, commit: string): Promise<Listing> {
  return collect(repository, await treeOf(repository, commit), '', 0);
}

/** The files that are staged. Throws InputError while a conflict is not resolved. */
export async function listIndex(repository: Repository): Promise<Listing> {
  const entries: Entry[] = [];
  for (const line of split(await runGit(repository, ['ls-files', '--stage', '-z', '--full-name']))) {
    const found = /^(\d+) ([0-9a-f]+) (\d)\t(.*)$/s.exec(line);
    if (found === null) continue;
    const [, mode, oid, stage, path] = found as unknown as string[];
    if (stage !== '0') throw conflict(path!);
    entries.push({mode: mode!, oid: oid!, path: path!});
  }
  return collect(repository, entries, '', 0);
}

/** Paths whose file in the working tree differs, or may differ, from what is staged. */
export async function dirtyPaths(repository: Repository): Promise<Set<string>> {
  const args = ['diff-files', '--name-only', '-z', '--ignore-submodules'];
  return new Set(split(await runGit(repository, args)));
}

async function treeOf(repository: Repository, commit: string): Promise<Entry[]> {
  return split(await runGit(repository, ['ls-tree', '-r', '-z', '--full-tree', commit])).flatMap(line => {
    const found = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line);
    return found === null ? [] : [{mode: found[1]!, oid: found[2]!, path: found[3]!}];
  });
}

async function collect(
  repository: Repository,
  entries: readonly Entry[],
  prefix: string,
  depth: number,
): Promise<Listing> {
  const files: GitFile[] = [];
  const closed: string[] = [];
  for (const {mode, oid, path} of entries) {
    const whole = prefix + path;
    if (regular.test(mode)) {
      requireSafe(whole);
      files.push({path: whole, oid, repository, inside: path});
    } else if (mode === submodule) {
      const inner = depth < maxDepth ? await openSubmodule(repository, path) : undefined;
      const known =
        inner !== undefined && (await askGit(inner, ['cat-file', '-e', `${oid}^{commit}`])).code === 0;
      if (!known) {
        closed.push(whole);
        continue;
      }
      const listed = await collect(inner, await treeOf(inner, oid), `${whole}/`, depth + 1);
      files.push(...listed.files);
      closed.push(...listed.closed);
    }
  }
  return {files, closed};
}

/** A tree object may be written by hand: its paths must not lead out of the folder they are put into. */
function requireSafe(path: string): void {
  const names = path.split('/');
  if (!names.some(name => name === '' || name === '.' || name === '..')) return;
  throw new InputError(
    `Cannot read ${quoted(path)}`,
    'git has a file of that name, which leads out of the repository',
    'Do not trust this repository; `git fsck` says more.',
  );
}

function conflict(path: string): InputError {
  return new InputError(
    `Cannot check what is staged in ${quoted(path)}`,
    'its merge conflict is not resolved',
    'Resolve it and `git add` it first.',
  );
}

function split(output: Buffer): string[] {
  const lines = output.toString('utf8').split('\0');
  lines.pop();
  return lines;
}
