/** What the tokeniser needs to know about code points and case, from the engine's own Unicode tables. */

/** Neither part of a word nor white space: punctuation, symbols, emoji. */
export const SEPARATOR = 0;
/** Letter, mark or number of a script that separates words. */
export const WORD = 1;
/** Character of a script written without spaces: a word of its own, see text.ts. */
export const UNSPACED = 2;
export const SPACE = 3;
/** Invisible and meaningless (zero-width, soft hyphen, variation selectors): skipped, cannot hide a copy. */
export const IGNORABLE = 4;
/** Flag: the text may not be in NFC where this occurs. */
export const UNSTABLE = 8;

const space = /^\p{White_Space}$/u;
const ignorable = /^\p{Default_Ignorable_Code_Point}$/u;
const unspaced =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]$/u;
/** Japanese signs that Unicode gives to no single script: the long-vowel, voicing and repetition marks. */
const unspacedCommon = /^[〆〱-〵〼\u{3099}\u{309a}ーｰﾞﾟ]$/u;
const word = /^[\p{L}\p{M}\p{N}]$/u;
/** What may combine with the character before it: marks, Hangul jamo, and the vowels of Kirat Rai. */
const unstable = /^[\p{M}\u{1100}-\u{11ff}\u{a960}-\u{a97f}\u{d7b0}-\u{d7ff}\u{16d63}-\u{16d6a}]$/u;

/** One of the constants above, possibly with UNSTABLE. */
export function classify(character: string): number {
  if (space.test(character)) return SPACE;
  if (ignorable.test(character)) return IGNORABLE;
  const stability = unstable.test(character) || character.normalize('NFC') !== character ? UNSTABLE : 0;
  if (word.test(character)) {
    return (unspaced.test(character) || unspacedCommon.test(character) ? UNSPACED : WORD) | stability;
  }
  return SEPARATOR | stability;
}

/** Full case folding by way of the upper case, which unites ß and ẞ with ss and the three sigmas. */
export function foldCase(text: string): string {
  // Lower case first: ẞ has no other upper case than itself.
  return text.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ');
}

const loneSurrogates = /\p{Cs}/gu;
const ignorables = /\p{Default_Ignorable_Code_Point}+/gu;
const spaces = /\p{White_Space}+/gu;

/**
 * NFC without invisible characters. These go first: one between a letter and its accent would keep the two
 * apart. Lone surrogates become U+FFFD, as they do in UTF-8, before what stood between two of them is gone.
 */
export function composeText(text: string): string {
  return text.replace(loneSurrogates, '\u{fffd}').replace(ignorables, '').normalize('NFC');
}

/** The text that two exact duplicates share: NFC, no invisible characters, white space collapsed, trimmed. */
export function normaliseText(text: string): string {
  return composeText(text).replace(spaces, ' ').trim();
}
