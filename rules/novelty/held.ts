import type {CorpusRecord} from '../../src/api.js';

/** Embedded records that are held of a corpus: those with the least hashes, as good as drawn at random. */
export const mostHeld = 100_000;

export interface HeldRecord {
  /** What can be compared with what: size and origin of the vector. */
  readonly kind: string;
  readonly vector: Int8Array;
  readonly id: string;
  readonly path: string;
  readonly line: number;
}

export interface Held {
  /** Records that are held at most. */
  readonly most: number;
  /** Records that had an embedding, copies included. */
  seen: number;
  /** Distinct records that were left out, at least. */
  left: number;
  /** By the hash of their bytes. */
  readonly records: Map<string, HeldRecord>;
  /** No hash above this one is held. */
  limit: string;
}

export function nothingHeld(most = mostHeld): Held {
  return {most, seen: 0, left: 0, records: new Map(), limit: '~'};
}

/** Adds a record; `make` is only called for one that may be held. */
export function hold(held: Held, {hash}: Pick<CorpusRecord, 'hash'>, make: () => HeldRecord): void {
  held.seen++;
  if (hash > held.limit) held.left = 1;
  else put(held, hash, make());
}

function put(held: Held, hash: string, record: HeldRecord): void {
  const known = held.records.get(hash);
  if (known !== undefined && !isBefore(record, known)) return;
  held.records.set(hash, record);
  if (held.records.size >= 2 * held.most) prune(held);
}

/** Of copies the first by place stays, in whatever order they came. */
function isBefore(one: HeldRecord, other: HeldRecord): boolean {
  return one.path < other.path || (one.path === other.path && one.line < other.line);
}

function prune(held: Held): void {
  if (held.records.size <= held.most) return;
  const hashes = [...held.records.keys()].sort();
  for (const hash of hashes.slice(held.most)) held.records.delete(hash);
  held.limit = hashes[held.most - 1]!;
  held.left = 1;
}

export function mergeHeld(into: Held, from: Held): void {
  into.seen += from.seen;
  into.left = Math.max(into.left, from.left);
  if (from.limit < into.limit) into.limit = from.limit;
  for (const [hash, record] of from.records) {
    if (hash > into.limit) into.left = 1;
    else put(into, hash, record);
  }
  for (const hash of into.records.keys()) if (hash > into.limit) into.records.delete(hash);
  prune(into);
}

/** A header with what is said of each record, by rising hash, then their vectors, one after the other. */
export function encodeHeld(held: Held): Uint8Array {
  prune(held);
  const rows = [...held.records].sort(([a], [b]) => (a < b ? -1 : 1));
  const records = rows.map(([hash, {kind, vector, id, path, line}]) => [
    hash,
    kind,
    vector.length,
    id,
    path,
    line,
  ]);
  const {most, seen, left, limit} = held;
  const header = Buffer.from(JSON.stringify({most, seen, left, limit, records}));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  return Buffer.concat([
    length,
    header,
    ...rows.map(([, {vector}]) => new Uint8Array(vector.buffer, vector.byteOffset, vector.length)),
  ]);
}

type Row = [hash: string, kind: string, size: number, id: string, path: string, line: number];

export function decodeHeld(bytes: Uint8Array): Held {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 4 + buffer.readUInt32LE(0);
  const {records, ...counts} = JSON.parse(buffer.toString('utf8', 4, at)) as Omit<Held, 'records'> & {
    records: Row[];
  };
  const rows = records.map(([hash, kind, size, id, path, line]): [string, HeldRecord] => {
    const vector = Int8Array.from(new Int8Array(buffer.buffer, buffer.byteOffset + at, size));
    at += size;
    return [hash, {kind, vector, id, path, line}];
  });
  return {...counts, records: new Map(rows)};
}
