import {keyOf, leastKeyOf, type Ranking} from '../statistics/least-keys.js';

/**
 * A sample of a corpus' records as word hashes, of bounded size however large the corpus, and the same in
 * whatever order and grouping it was gathered: records in the order of a hash of their words, as many as the
 * budget has room for. Each distinct text is held once, with the number of records that have it.
 */
export interface RecordSample {
  readonly entries: Map<number, SampledRecord>;
  /** Room that the entries take. */
  room: number;
  /** Texts with a greater key are not in the sample. */
  limit: number;
}

export interface SampledRecord {
  /** Whole number below 2^53, from the words alone. */
  readonly key: number;
  readonly words: Uint32Array;
  records: number;
}

const ranking: Ranking = {places: 32, seed: 0};

/** Words of a record that count, from its beginning: one long record must not be all of the sample. */
export const wordsKept = 256;
/** Words that a sample has room for: 1 MiB, some 1,500 records of prose, and a model made in a tenth of a second. */
export const budget = 1 << 18;
/** Words that the rest of an entry takes the room of. */
export const entryRoom = 8;

export function emptySample(): RecordSample {
  return {entries: new Map(), room: 0, limit: Number.POSITIVE_INFINITY};
}

/** The part of a record that is sampled and scored. Shares memory with `words`. */
export function headOf(words: Uint32Array): Uint32Array {
  return words.length > wordsKept ? words.subarray(0, wordsKept) : words;
}

/** The key of a text by its head. */
export const keyOfHead = (head: Uint32Array) => keyOf(head, leastKeyOf(head, head.length, ranking));

/** Adds a record; `words` are copied where they are kept. */
export function addRecord(sample: RecordSample, words: Uint32Array): void {
  if (words.length === 0) return;
  const least = leastKeyOf(words, Math.min(words.length, wordsKept), ranking);
  if (least > sample.limit) return;
  const head = headOf(words);
  const key = keyOf(head, least);
  if (key > sample.limit) return;
  const known = sample.entries.get(key);
  if (known === undefined) insert(sample, {key, words: head.slice(), records: 1});
  else unite(sample, known, {key, words: head, records: 1});
}

/** Adds all of `from`, whose entries `into` takes over. */
export function mergeSample(into: RecordSample, from: RecordSample): void {
  into.limit = Math.min(into.limit, from.limit);
  for (const entry of from.entries.values()) {
    if (entry.key > into.limit) continue;
    const known = into.entries.get(entry.key);
    if (known === undefined) insert(into, entry);
    else unite(into, known, entry);
  }
  compact(into);
}

/**
 * Takes the records of `what` out of `from`. What is left is a sample of the other records down to the same
 * key, so a smaller one than they would have given by themselves.
 */
export function subtractSample(from: RecordSample, what: RecordSample): void {
  compact(from);
  for (const {key, records} of what.entries.values()) {
    const known = from.entries.get(key);
    if (known === undefined) continue;
    known.records -= records;
    if (known.records > 0) continue;
    from.entries.delete(key);
    from.room -= known.words.length + entryRoom;
  }
}

/** The entries in the order of their keys. */
export function sampledRecords(sample: RecordSample): SampledRecord[] {
  compact(sample);
  return [...sample.entries.values()].sort((one, other) => one.key - other.key);
}

function insert(sample: RecordSample, entry: SampledRecord): void {
  sample.entries.set(entry.key, entry);
  sample.room += entry.words.length + entryRoom;
  if (sample.room > 2 * budget) compact(sample);
}

/** Two texts with one key are a freak of chance; the lesser one stays, in whatever order they came. */
function unite(sample: RecordSample, known: SampledRecord, other: SampledRecord): void {
  const records = known.records + other.records;
  if (compare(other.words, known.words) >= 0) {
    known.records = records;
    return;
  }
  sample.entries.set(known.key, {key: known.key, words: other.words.slice(), records});
  sample.room += other.words.length - known.words.length;
}

function compare(one: Uint32Array, other: Uint32Array): number {
  const length = Math.min(one.length, other.length);
  for (let index = 0; index < length; index++) {
    if (one[index] !== other[index]) return one[index]! - other[index]!;
  }
  return one.length - other.length;
}

/**
 * Keeps the least keys until their room reaches the budget, the one that reaches it included: so nothing
 * that belongs to the sample of a whole can be missing from the sample of the part that it came in.
 */
function compact(sample: RecordSample): void {
  if (sample.room < budget) return;
  const sorted = [...sample.entries.values()].sort((one, other) => one.key - other.key);
  sample.entries.clear();
  sample.room = 0;
  for (const entry of sorted) {
    if (sample.room >= budget) break;
    sample.entries.set(entry.key, entry);
    sample.room += entry.words.length + entryRoom;
    sample.limit = entry.key;
  }
}

/** Little-endian: number of entries, limit, keys, records (each 8 bytes), lengths, words (each 4). */
export function encodeSample(sample: RecordSample): Uint8Array {
  const entries = sampledRecords(sample);
  const words = entries.reduce((sum, entry) => sum + entry.words.length, 0);
  const bytes = new Uint8Array(16 + 20 * entries.length + 4 * words);
  const doubles = new Float64Array(bytes.buffer, 0, 2 + 2 * entries.length);
  const integers = new Uint32Array(bytes.buffer, 16 + 16 * entries.length);
  doubles[0] = entries.length;
  doubles[1] = sample.limit;
  let at = entries.length;
  for (const [index, entry] of entries.entries()) {
    doubles[2 + index] = entry.key;
    doubles[2 + entries.length + index] = entry.records;
    integers[index] = entry.words.length;
    integers.set(entry.words, at);
    at += entry.words.length;
  }
  return bytes;
}

export function decodeSample(bytes: Uint8Array): RecordSample {
  const {buffer} = bytes.slice();
  const head = new Float64Array(buffer, 0, 2);
  const count = head[0]!;
  const doubles = new Float64Array(buffer, 16, 2 * count);
  const integers = new Uint32Array(buffer, 16 + 16 * count);
  const sample = emptySample();
  sample.limit = head[1]!;
  let at = count;
  for (let index = 0; index < count; index++) {
    const words = integers.subarray(at, at + integers[index]!);
    sample.entries.set(doubles[index]!, {key: doubles[index]!, words, records: doubles[count + index]!});
    sample.room += words.length + entryRoom;
    at += words.length;
  }
  return sample;
}
