import type {KeywordList} from '../api.js';
import type {Kernel} from './kernel/kernel.js';
import {signBytes, writeKeywords} from './kernel/keywords.js';

/**
 * What rules look for in all texts: see `KeywordList`. Compiled into tables of the kernel, which finds all of it
 * while it reads a text, at the same cost for one keyword and for a thousand.
 */
export interface Keywords {
  /** Grows with every list: a kernel that has read fewer reads them again. */
  readonly count: number;
  readonly lists: readonly KeywordList[];
  /**
   * Adds a list and returns its number.
   * @throws Error for a keyword that cannot be looked for.
   */
  add(list: KeywordList): number;
}

export function createKeywords(): Keywords {
  const lists: KeywordList[] = [];
  /** Rules are set up once for each set of options, and their lists stay the same. */
  const numbers = new Map<KeywordList, number>();
  return {
    get count() {
      return lists.length;
    },
    lists,
    add(list) {
      const known = numbers.get(list);
      if (known !== undefined) return known;
      for (const sign of list.signs ?? []) signBytes(sign);
      for (const phrase of list.phrases ?? []) checkPhrase(phrase);
      numbers.set(list, lists.length);
      return lists.push(list) - 1;
    },
  };
}

const letters = /[\p{L}\p{M}\p{N}]/u;

function checkPhrase(phrase: string): void {
  if (!letters.test(phrase))
    throw new Error(`The phrase \`${phrase}\` among its keywords has no word: give it as one of \`signs\``);
  if (unspaced.test(phrase) && [...phrase].length < 3)
    throw new Error(`The phrase \`${phrase}\` among its keywords is too short: give it as one of \`signs\``);
}

/** In these scripts a word is a character, and its hash hangs on the two before it. */
const unspaced = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** What only texts with characters beyond ASCII can hold. Some letters fold to ASCII ones, as ß does. */
const isForeign = (keyword: string) => !/^[\0-\x7f]*$/.test(keyword.toUpperCase().toLowerCase());

/**
 * Loads lists into a kernel; `wordsOf` reads a phrase with it. Nothing the kernel knows of a text is left. To read
 * foreign keywords takes as long as to check some records: they can be left for the first text that may hold one.
 */
export function loadKeywords(
  kernel: Kernel,
  {lists}: Keywords,
  wordsOf: (text: string) => Uint32Array,
  withForeign = true,
): void {
  const isWanted = (keyword: string) => withForeign || !isForeign(keyword);
  const phrases = lists.flatMap(({phrases = []}, list) =>
    phrases.filter(isWanted).map(phrase => {
      const all = [...wordsOf(phrase)];
      const hashes = unspaced.test(phrase) ? all.slice(2) : all;
      return {list, hashes, place: unspaced.test(phrase) ? hashes.length - 1 : longestWord(phrase)};
    }),
  );
  const signs = lists.flatMap(({signs = []}, list) =>
    signs.filter(sign => withForeign || sign.charCodeAt(0) < 0x80).map(sign => ({list, ...signBytes(sign)})),
  );
  writeKeywords(kernel.bytes(), phrases, signs);
}

/** A phrase is looked for by its longest word, which is the rarest one. */
function longestWord(phrase: string): number {
  const words = phrase.split(/[^\p{L}\p{M}\p{N}]+/u).filter(word => word !== '');
  return words.reduce((best, each, at) => (each.length > words[best]!.length ? at : best), 0);
}
