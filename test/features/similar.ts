import {jaccardOf, pairsOf} from './oracle.js';

/** Pairs of random texts of a wanted size and similarity, for statistics. */

/** Uniform numbers in [0, 1) from a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Similar {
  readonly one: readonly string[];
  readonly other: readonly string[];
  /** Exact Jaccard similarity of their multisets of word pairs. */
  readonly truth: number;
}

/**
 * Two lists of words, the first with `size` pairs, whose similarity is as near to `similarity` as one edit
 * makes it: some words in a row replaced, or one added at the end where replacing one is too much.
 */
export function similarPair(size: number, similarity: number, kinds: number, random: () => number): Similar {
  // Words of its own for each pair of texts: the kernel hashes the same words alike, which is one sample only.
  const prefix = `${Math.floor(random() * 2 ** 32)}x`;
  const word = (): string => prefix + Math.floor(random() * kinds).toString(36);
  const one = Array.from({length: size - 1}, word);
  const other = [...one];
  // Replacing k words changes k + 1 pairs of `size`, so that J = (size - k - 1) / (size + k + 1).
  const replaced = (size * (1 - similarity)) / (1 + similarity) - 1;
  if (replaced < 0.5) other.push(word());
  else {
    const count = Math.round(replaced);
    const at = Math.floor(random() * (size - count));
    for (let index = at; index < at + count; index++) other[index] = word();
  }
  return {one, other, truth: jaccardOf(pairsOf(one), pairsOf(other))};
}
