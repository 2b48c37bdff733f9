import type {Reading} from './reader.js';
import {styleIndex} from './style.js';

/** Fewer words than this say too little about a style. */
export const fewestWords = 30;
/**
 * Shares below and above which a text is not the English prose that the detector was trained on. The frame words
 * make up 35 to 65 % of nearly all English prose, and less of code, tables, lists of names and other languages.
 */
export const leastCommon = 0.3;
const mostForeign = 0.1;
const mostSymbols = 0.15;
const mostNumbers = 0.3;

/** Why the detector says nothing about a text; undefined where it speaks. */
export function abstention({words, style}: Pick<Reading, 'words' | 'style'>): string | undefined {
  const foreign = style[styleIndex.foreign]!;
  if (foreign > mostForeign && foreign * Math.max(1, words) >= 10) {
    return 'much of it is in a script the detector was not trained on';
  }
  if (words < fewestWords) return `fewer than ${fewestWords} words`;
  if (style[styleIndex.symbols]! > mostSymbols) return 'it looks like code';
  if (style[styleIndex.numbers]! > mostNumbers) return 'it is mostly numbers, like a table';
  if (style[styleIndex.framed]! < leastCommon) return 'it is not English prose: few common English words';
  return undefined;
}
