import {keyOf, leastKeyOf, type Ranking} from '../../statistics/least-keys.js';

/**
 * A sample of a corpus' distinct texts for finding topics, of fixed size however large the corpus, and the
 * same in whatever order and grouping it was gathered: those whose words have the least hashes.
 */
export interface TopicSample {
  readonly entries: Map<number, TopicRecord>;
  /** Texts with a greater key are not in the sample. */
  limit: number;
  /** Of texts with a greater key no readable words are kept. */
  named: number;
}

export interface TopicRecord {
  /** Whole number below 2^53, from the words alone. */
  readonly key: number;
  /** Hashes of the first words, in order. */
  readonly words: Uint32Array;
  /** An id among those of the records with this text. */
  id: string;
  /** Records with this text. */
  records: number;
  /** Beginning of the text, or the words in it, of the texts with the least keys only: topics are named from it. */
  text: string | undefined;
}

const ranking: Ranking = {places: 16, seed: 0x5bd1e995};

/** Texts in a sample. */
export const sampleSize = 2048;
/** Texts of which readable words are kept. */
export const namedSize = 512;
/** Words of a text that count, from its beginning: what it is about is said there. */
export const wordsKept = 192;
const textKept = 800;
const idKept = 40;

export function emptySample(): TopicSample {
  return {entries: new Map(), limit: Number.POSITIVE_INFINITY, named: Number.POSITIVE_INFINITY};
}

/** `words` are copied where they are kept; id and text are asked for only then. */
export function addRecord(
  sample: TopicSample,
  words: Uint32Array,
  record: {readonly id: string; readonly text: string},
): void {
  if (words.length === 0) return;
  const length = Math.min(words.length, wordsKept);
  const least = leastKeyOf(words, length, ranking);
  // Most records of a large corpus end here.
  if (least > sample.limit) return;
  const head = words.subarray(0, length);
  const key = keyOf(head, least);
  if (key > sample.limit) return;
  const known = sample.entries.get(key);
  const text = key > sample.named ? undefined : cut(record.text, textKept);
  const found = {id: cut(record.id, idKept), records: 1, text};
  if (known !== undefined) unite(known, found);
  else sample.entries.set(key, {key, words: head.slice(), ...found});
  if (sample.entries.size >= 2 * sampleSize) compact(sample);
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The beginning, without the memory of the whole that a slice would keep alive. */
function cut(text: string, length: number): string {
  return text.length <= length ? text : decoder.decode(encoder.encode(text.slice(0, length)));
}

/** Texts of the same words can differ in case and spacing: the lesser one stays, in whatever order they came. */
function unite(known: TopicRecord, other: Pick<TopicRecord, 'id' | 'records' | 'text'>): void {
  known.records += other.records;
  if (other.id < known.id) known.id = other.id;
  if (known.text === undefined || other.text === undefined) return;
  const [least] = [known.text, other.text].map(text => wordsIn(text).join(' ')).sort();
  known.text = least;
}

/** Adds all of `from`, whose entries `into` takes over. */
export function mergeSample(into: TopicSample, from: TopicSample): void {
  into.limit = Math.min(into.limit, from.limit);
  into.named = Math.min(into.named, from.named);
  for (const entry of from.entries.values()) {
    const known = into.entries.get(entry.key);
    if (known === undefined) into.entries.set(entry.key, entry);
    else unite(known, entry);
  }
  compact(into);
}

/**
 * Takes the records of `what` out of `from`. What is left is a sample of the other records down to the same
 * key, so a smaller one than they would have given by themselves. Of a text of which some records are left,
 * the id, and how it is spelt, may be those of one that was taken out.
 */
export function subtractSample(from: TopicSample, what: TopicSample): void {
  compact(from);
  for (const {key, records} of what.entries.values()) {
    const known = from.entries.get(key);
    if (known === undefined) continue;
    known.records -= records;
    if (known.records <= 0) from.entries.delete(key);
  }
}

/** The entries in the order of their keys. */
export function sampledRecords(sample: TopicSample): TopicRecord[] {
  return compact(sample);
}

/** Keeps the least keys, and the readable words of the least of these. */
function compact(sample: TopicSample): TopicRecord[] {
  const sorted = [...sample.entries.values()]
    .filter(({key}) => key <= sample.limit)
    .sort((one, other) => one.key - other.key);
  const kept = sorted.slice(0, sampleSize);
  if (kept.length === sampleSize) sample.limit = kept.at(-1)!.key;
  if (kept.length >= namedSize) sample.named = kept[namedSize - 1]!.key;
  sample.entries.clear();
  for (const [index, entry] of kept.entries()) {
    if (index >= namedSize) entry.text = undefined;
    sample.entries.set(entry.key, entry);
  }
  return kept;
}

/** A run of letters; of scripts that do not separate words, two characters each. */
const word = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}]{2}|[\p{L}\p{M}]+/gu;
const longestWord = 20;

/**
 * The distinct words of a text as a topic is named by them, sorted. Letters only, whatever the text holds, and
 * none that is too long or too rich in marks to be shown.
 */
export function wordsIn(text: string): string[] {
  const words = text.toLowerCase().match(word) ?? [];
  const plain = words.filter(
    each => each.length > 1 && each.length <= longestWord && !/\p{M}{3}|^\p{M}/u.test(each),
  );
  return [...new Set(plain)].sort();
}

/** Byte order of the machine: as all that profiles hold, little-endian. */
export function encodeSample(sample: TopicSample): Uint8Array {
  const entries = compact(sample);
  const names = entries.map(({id, text}) => [id, text === undefined ? null : wordsIn(text).join(' ')]);
  const json = encoder.encode(JSON.stringify(names));
  const total = entries.reduce((sum, {words}) => sum + words.length, 0);
  const bytes = new Uint8Array(16 + 20 * entries.length + 4 * total + json.length);
  const doubles = new Float64Array(bytes.buffer, 0, 2 + 2 * entries.length);
  const integers = new Uint32Array(bytes.buffer, doubles.byteLength, entries.length + total);
  doubles[0] = entries.length;
  doubles[1] = sample.limit;
  let at = entries.length;
  for (const [index, {key, records, words}] of entries.entries()) {
    doubles[2 + 2 * index] = key;
    doubles[3 + 2 * index] = records;
    integers[index] = words.length;
    integers.set(words, at);
    at += words.length;
  }
  bytes.set(json, doubles.byteLength + integers.byteLength);
  return bytes;
}

export function decodeSample(bytes: Uint8Array): TopicSample {
  const {buffer} = bytes.slice();
  const [count, limit] = new Float64Array(buffer, 0, 2) as unknown as [number, number];
  const doubles = new Float64Array(buffer, 16, 2 * count);
  const lengths = new Uint32Array(buffer, 16 + 16 * count, count);
  let at = 16 + 20 * count;
  const words = Array.from(lengths, length => {
    const own = new Uint32Array(buffer, at, length);
    at += 4 * length;
    return own;
  });
  const names = JSON.parse(decoder.decode(new Uint8Array(buffer, at))) as [string, string | null][];
  const sample: TopicSample = {...emptySample(), limit};
  for (const [index, [id, text]] of names.entries()) {
    const key = doubles[2 * index]!;
    const records = doubles[2 * index + 1]!;
    sample.entries.set(key, {key, words: words[index]!, id, records, text: text ?? undefined});
  }
  return sample;
}
