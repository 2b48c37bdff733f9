import {foldCase} from './unicode.js';

/** A word where it stands in the text, in UTF-16 code units. */
export interface PlacedWord {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

const unspaced = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}`;
const pattern = new RegExp(`[${unspaced}]|(?:(?![${unspaced}])[\\p{L}\\p{M}\\p{N}])+`, 'gu');

/**
 * Case-folded words with their places, for messages and rules that need to show or name them. Single
 * characters in scripts that do not separate words. Slower by an order of magnitude than the hashes of
 * text.ts: ask for it only where a word must be seen. `limit` bounds the words returned.
 */
export function placedWords(text: string, limit = Number.POSITIVE_INFINITY): PlacedWord[] {
  const words: PlacedWord[] = [];
  pattern.lastIndex = 0;
  for (const match of text.matchAll(pattern)) {
    if (words.length >= limit) break;
    words.push({
      word: foldCase(match[0].normalize('NFC')),
      start: match.index,
      end: match.index + match[0].length,
    });
  }
  return words;
}
