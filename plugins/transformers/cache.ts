import {createHash} from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {threadId} from 'node:worker_threads';
import {decodeSegment, type Entry, encodeSegment} from './segment.js';

/**
 * What models answered, between runs. A folder for each model and its settings; in it segments, each written
 * under another name and renamed in, with a checksum: one that is damaged is removed, and its answers are
 * computed again. Threads and other runs may write beside this one. Nothing that goes wrong with a cache stops
 * a run.
 */
export interface Cache {
  get(key: string): Float32Array | undefined;
  put(entries: readonly Entry[]): void;
}

const ending = '.answers';
/** More segments than this are made one. */
const manySegments = 64;
const day = 86_400_000;

interface Where {
  readonly file: string;
  readonly offset: number;
  readonly length: number;
}

export function openCache(root: string, identity: readonly unknown[], megabytes: number): Cache {
  const folder = join(root, keyOf(JSON.stringify(identity)));
  const index = new Map<string, Where>();
  const seen = new Set<string>();
  let counter = 0;
  let fresh = false;
  /** Bytes written since the bound was looked at. */
  let unchecked = 0;

  /** Looks for segments that were not there before. */
  function refresh(): void {
    for (const name of attempt(() => readdirSync(folder), [])) {
      if (!name.endsWith(ending) || seen.has(name)) continue;
      seen.add(name);
      const file = join(folder, name);
      const found = attempt(() => decodeSegment(readFileSync(file)), undefined);
      if (found === undefined) attempt(() => rmSync(file, {force: true}), undefined);
      else for (const {key, offset, length} of found) index.set(key, {file, offset, length});
    }
  }

  function read({file, offset, length}: Where): Float32Array | undefined {
    const bytes = new Uint8Array(length * 4);
    const descriptor = openSync(file, 'r');
    try {
      return readSync(descriptor, bytes, 0, bytes.length, offset) === bytes.length
        ? new Float32Array(bytes.buffer)
        : undefined;
    } finally {
      closeSync(descriptor);
    }
  }

  function write(entries: readonly Entry[]): void {
    const name = `${Date.now().toString(36)}-${process.pid}-${threadId}-${counter++}${ending}`;
    const file = join(folder, name);
    const {bytes, places} = encodeSegment(entries);
    writeFileSync(`${file}.part`, bytes);
    renameSync(`${file}.part`, file);
    seen.add(name);
    for (const {key, offset, length} of places) index.set(key, {file, offset, length});
    unchecked += bytes.length;
  }

  attempt(() => {
    mkdirSync(folder, {recursive: true});
    const now = new Date();
    utimesSync(folder, now, now);
    if (threadId <= 1) tidy(root, folder, megabytes * 1e6, compact);
  }, undefined);
  refresh();

  /** Makes one segment of many. What another run reads meanwhile is gone for it, and computed again. */
  function compact(names: readonly string[]): void {
    refresh();
    const entries = [...index].flatMap(([key, where]) => {
      const values = attempt(() => read(where), undefined);
      return values === undefined ? [] : [{key, values}];
    });
    index.clear();
    write(entries);
    for (const name of names) rmSync(join(folder, name), {force: true});
  }

  return {
    get(key) {
      let where = index.get(key);
      if (where === undefined && !fresh) {
        refresh();
        fresh = true;
        where = index.get(key);
      }
      return where && attempt(() => read(where), undefined);
    },
    put(entries) {
      fresh = false;
      if (entries.length === 0) return;
      attempt(() => {
        mkdirSync(folder, {recursive: true});
        write(entries);
        if (unchecked < megabytes * 1e5) return;
        bound(folder, megabytes * 1e6);
        unchecked = 0;
      }, undefined);
    },
  };
}

/** First 128 bits of the SHA-256, in hex. */
export function keyOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function segmentsIn(folder: string): string[] {
  return readdirSync(folder)
    .filter(name => name.endsWith(ending))
    .sort();
}

/** Removes the oldest segments until the rest fits. */
function bound(folder: string, most: number): void {
  let left = most;
  for (const name of segmentsIn(folder).reverse()) {
    left -= statSync(join(folder, name), {throwIfNoEntry: false})?.size ?? 0;
    if (left < 0) rmSync(join(folder, name), {force: true});
  }
}

/** Removes models that nobody has asked for 30 days and what killed runs left, and makes few segments of many. */
function tidy(root: string, own: string, most: number, compact: (names: readonly string[]) => void): void {
  const now = Date.now();
  const age = (path: string) => now - (statSync(path, {throwIfNoEntry: false})?.mtimeMs ?? now);
  for (const name of readdirSync(root)) {
    const folder = join(root, name);
    if (folder !== own && /^[0-9a-f]{32}$/.test(name) && age(folder) > 30 * day)
      rmSync(folder, {recursive: true, force: true});
  }
  for (const name of readdirSync(own))
    if (name.endsWith('.part') && age(join(own, name)) > day) rmSync(join(own, name), {force: true});
  bound(own, most);
  const segments = segmentsIn(own);
  if (segments.length > manySegments) compact(segments);
}

function attempt<Value>(step: () => Value, otherwise: Value): Value {
  try {
    return step();
  } catch {
    return otherwise;
  }
}
