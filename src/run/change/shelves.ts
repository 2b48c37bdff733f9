import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync} from 'node:fs';
import {basename, join} from 'node:path';
import type {Role} from '../../api.js';
import type {Loaded} from '../../config/load.js';
import type {InputError} from '../../corpus/errors.js';
import {createPlan} from '../../engine/plan.js';
import {ProfileError, writeProfile} from '../../profile/container/index.js';
import {openReference, type Reference} from '../../profile/reference.js';
import {buildSegment, cacheKey, lintingConfig, profileParams} from '../profile.js';
import {threadsFor} from '../threads.js';
import type {Contents} from './contents.js';
import type {DataFile} from './files.js';

/** Files that are summed up together, in one profile; its sources are named by their position. */
export interface Shelf {
  readonly files: readonly DataFile[];
  readonly reference: Reference;
}

export interface ShelfOptions {
  readonly loaded: Loaded;
  readonly contents: Contents;
  readonly cwd: string;
  readonly role: Role;
  readonly name: string;
  /** Folder of the profiles. */
  readonly folder: string;
  readonly concurrency?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called once, when something has to be summed up. */
  readonly onBuild?: (() => void) | undefined;
  /** A file that cannot be read is no part of the reference. */
  readonly onRefused: (file: DataFile, error: InputError) => void;
}

/** Summed up at once, at most: a change in one of them is a change of all. */
const shelfBytes = 32 << 20;
/** One file in so many ends a shelf, so that files that come and go leave the other shelves as they are. */
const shelfFiles = 256;

/** Cuts files, in their order, into shelves. The same files are cut the same way again. */
export function shelve<F extends Pick<DataFile, 'path'>>(
  files: readonly F[],
  sizeOf: (file: F) => number,
): F[][] {
  const shelves: F[][] = [];
  let shelf: F[] = [];
  let bytes = 0;
  const end = () => {
    if (shelf.length > 0) shelves.push(shelf);
    shelf = [];
    bytes = 0;
  };
  for (const file of files) {
    const size = sizeOf(file);
    if (bytes + size > shelfBytes) end();
    shelf.push(file);
    bytes += size;
    if (createHash('sha1').update(file.path).digest()[0]! % shelfFiles === 0) end();
  }
  end();
  return shelves;
}

/** Opens the profiles of files, from the cache by what git calls their contents, or made now. */
export async function openShelves(files: readonly DataFile[], options: ShelfOptions): Promise<Shelf[]> {
  const {contents, signal} = options;
  await contents.measure(files);
  const shelves: Shelf[] = [];
  for (const shelf of shelve(files, file => contents.size(file) ?? 0)) {
    signal?.throwIfAborted();
    shelves.push({files: shelf, reference: await openShelf(shelf, options)});
  }
  return shelves;
}

async function openShelf(files: readonly DataFile[], options: ShelfOptions): Promise<Reference> {
  const {loaded, cwd, folder, role, name, contents, signal} = options;
  const {registry} = loaded;
  const config = lintingConfig(loaded.config);
  const plan = createPlan(config, registry, cwd);
  const params = profileParams(config);
  const sources = files.map(({key}, index) => ({path: String(index), sha256: key}));
  const path = join(folder, `${cacheKey(params, plan, sources)}.shelf`);
  const parts = createPlan(loaded.config, registry, cwd).parts.map(({part}) => part);
  const open = () => openReference(path, {name, role, cwd, exclude: new Set<string>(), parts});
  if (existsSync(path)) {
    try {
      const reference = open();
      touch(path);
      return reference;
    } catch (error) {
      // A damaged file in the cache is nobody's loss.
      if (!(error instanceof ProfileError)) throw error;
      rmSync(path, {force: true});
    }
  }
  options.onBuild?.();
  mkdirSync(folder, {recursive: true});
  const {inputs, release} = await contents.open(files, options.onRefused);
  try {
    const readable = files.flatMap((file, index) => {
      const input = inputs.get(file);
      return input === undefined ? [] : [{input, index}];
    });
    const bytes = readable.reduce((sum, {input}) => sum + input.bytes, 0);
    const {draft, release: done} = await buildSegment(path, {
      config,
      registry,
      inputs: readable.map(({input}) => input),
      cwd,
      threads: threadsFor(bytes, options.concurrency),
      signal,
    });
    const named = draft.sources.map((source, at) => ({...source, path: String(readable[at]!.index)}));
    await writeProfile(path, params, [{...draft, sources: named}]).finally(done);
  } finally {
    release();
  }
  return open();
}

/** The position among the shelf's files of the file that a record is from. */
export function positionOf(file: string): number {
  return Number(basename(file));
}

function touch(path: string): void {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // A cache that may only be read works as well.
  }
}

/** Removes what nobody has used for `days` days. */
export function sweep(folder: string, days = 30): void {
  const before = Date.now() - days * 86_400_000;
  try {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (statSync(path).mtimeMs < before) rmSync(path, {force: true});
    }
  } catch {
    // Another run may be sweeping too.
  }
}
