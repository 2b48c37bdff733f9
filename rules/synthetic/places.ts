const unspaced = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}`;
const word = new RegExp(`[${unspaced}]|(?:(?![${unspaced}])[\\p{L}\\p{M}\\p{N}])+`, 'gu');

/** Where the words from `first` up to `last` stand in a text, in UTF-16 code units. Slow: for findings alone. */
export function placeOfWords(text: string, first: number, last: number): {start: number; end: number} {
  word.lastIndex = 0;
  let start = 0;
  let end = text.length;
  for (let at = 0; at < last; at++) {
    const match = word.exec(text);
    if (match === null) break;
    if (at === first) start = match.index;
    if (at === last - 1) end = match.index + match[0].length;
  }
  return {start, end};
}
