import {keepLeast, leastKeyOf, type Ranking} from '../statistics/least-keys.js';

/** A sample of distinct texts: the beginnings of those with the least hashes of their words. */
export const sampleSize = 2048;
/** Characters of a text that are kept: a frame is known by its beginning. */
export const headUnits = 600;

export interface Passages {
  readonly texts: Map<number, string>;
  /** The largest key that may still be kept. */
  limit: number;
}

export function noPassages(): Passages {
  return {texts: new Map(), limit: Number.POSITIVE_INFINITY};
}

/** Some words of a text make its key: repeats of a text are one, and are another rule's business. */
const ranking: Ranking = {places: 32, seed: 0x27d4eb2f};

export const keyOf = (words: Uint32Array) => leastKeyOf(words, words.length, ranking);

export function addPassage(passages: Passages, key: number, text: string): void {
  if (key > passages.limit) return;
  const there = passages.texts.get(key);
  // Of several texts with the same words one is kept, whichever came first.
  if (there !== undefined && there <= text) return;
  passages.texts.set(key, text);
  if (passages.texts.size > 1.25 * sampleSize) passages.limit = keepLeast(passages.texts, sampleSize);
}

/** The beginning of a text, as a copy: a slice would keep the whole text. A half of a character at its end is replaced. */
export function headOf(text: string): string {
  return Buffer.from(text.slice(0, headUnits)).toString();
}

export function mergePassages(into: Passages, from: Passages): void {
  for (const [key, text] of from.texts) addPassage(into, key, text);
}

/** By rising key, at most the sample's size. */
export function textsInOrder(passages: Passages): [key: number, text: string][] {
  return [...passages.texts].sort(([one], [other]) => one - other).slice(0, sampleSize);
}

export function encodePassages(passages: Passages): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(textsInOrder(passages)));
}

export function decodePassages(bytes: Uint8Array): Passages {
  const passages = noPassages();
  for (const [key, text] of JSON.parse(new TextDecoder().decode(bytes)) as [number, string][])
    passages.texts.set(key, text);
  passages.limit = keepLeast(passages.texts, sampleSize);
  return passages;
}
