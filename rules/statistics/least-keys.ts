/**
 * Samples of the distinct texts of a corpus: those whose words have the least hashes. What is kept at the end was
 * kept all along, so a sample is the same in whatever order and grouping it was gathered, and merging is exact.
 */

/** Words all over a text that its rank is made of, a power of two, and a seed. */
export interface Ranking {
  readonly places: number;
  /** Samples of one rule each: that they agree on which texts to look at is nothing gained. */
  readonly seed: number;
}

/** Keys are whole numbers below 2^53: the rank, and so many times as many numbers from all words. */
const rest = 2 ** 21;

/**
 * The least key of all texts that have the same words in some places: enough to tell most texts that are not in
 * a sample without reading them all.
 */
export function leastKeyOf(words: Uint32Array, length: number, {places, seed}: Ranking): number {
  const step = Math.max(1, Math.floor(length / places));
  let hash = length ^ seed;
  for (let index = 0; index < length; index += step) hash = combine(hash, words[index]! | 0);
  return (mix(hash) >>> 0) * rest;
}

/** The key of a text: `least` as above, and 21 bits from all of its words. */
export function keyOf(words: Uint32Array, least: number): number {
  let hash = ~words.length;
  for (let index = 0; index < words.length; index++) hash = combine(hash, words[index]! | 0);
  return least + (mix(hash) >>> 11);
}

function combine(hash: number, word: number): number {
  const h = Math.imul(hash ^ word, 0x9e3779b1);
  return h ^ (h >>> 15);
}

/** The finaliser of MurmurHash3 (A. Appleby, public domain). */
export function mix(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Drops all but the least `size` keys; the greatest that is left, above which none can come in again. */
export function keepLeast(entries: Map<number, unknown>, size: number): number {
  if (entries.size < size) return Number.POSITIVE_INFINITY;
  const keys = Float64Array.from(entries.keys()).sort();
  for (const key of keys.subarray(size)) entries.delete(key);
  return keys[size - 1]!;
}
