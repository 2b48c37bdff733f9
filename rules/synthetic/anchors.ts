import type {CorpusRecord, FeatureContext} from '../../src/api.js';

/**
 * A cheap test before any pattern. The words of a record are there as hashes already, so to look for some
 * phrases costs one look into a table for each word. A record without a phrase of a pattern is never shown to
 * it, and most records are shown to none.
 */
export interface Anchors {
  /** Bit i is set where a phrase of the i-th list stands in the record. */
  find(record: CorpusRecord): number;
}

type Reader = FeatureContext['feature'];

/** The last word of a phrase leads to what must stand before it. */
interface Phrase {
  readonly before: readonly number[];
  readonly bit: number;
}

const slots = 1 << 16;
/** In these scripts a word is a character, and its hash hangs on the two before it. */
const unspaced = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Compiles lists of phrases, at most 31. A phrase in a script without spaces has at least three characters. */
export function compileAnchors(feature: Reader, lists: readonly (readonly string[])[]): Anchors {
  const maybe = new Uint8Array(slots);
  const phrases = new Map<number, Phrase[]>();
  for (const [index, list] of lists.entries()) {
    for (const text of list) {
      // What a text reader makes of the phrase alone: the same as what it makes of it within a text.
      const hashes = feature({text} as CorpusRecord, 'wordHashes');
      const known = unspaced.test(text) ? hashes.slice(2) : hashes;
      const last = known[known.length - 1]!;
      maybe[last % slots] = 1;
      const list = phrases.get(last) ?? [];
      phrases.set(last, [...list, {before: [...known.slice(0, -1)], bit: 1 << index}]);
    }
  }
  return {
    find(record) {
      const words = feature(record, 'wordHashes');
      let found = 0;
      for (let at = 0; at < words.length; at++) {
        const word = words[at]!;
        if (maybe[word & (slots - 1)] !== 0) found |= phrasesAt(phrases, words, at, word);
      }
      return found;
    },
  };
}

function phrasesAt(
  phrases: ReadonlyMap<number, readonly Phrase[]>,
  words: Uint32Array,
  at: number,
  word: number,
): number {
  let found = 0;
  for (const {before, bit} of phrases.get(word) ?? []) {
    const from = at - before.length;
    if (from >= 0 && before.every((hash, index) => words[from + index] === hash)) found |= bit;
  }
  return found;
}
