import type {Excerpt} from '../api.js';
import {coverage, jaccard} from '../features/similarity.js';
import {runWords, type TextAnalyser} from '../features/text.js';
import {normaliseText} from '../features/unicode.js';
import {excerptOf} from './excerpt.js';

/** What two texts have in common, computed on the texts themselves. */
export interface Verified {
  /** Equal after Unicode and white-space normalisation. */
  readonly same: boolean;
  /** Jaccard similarity of the multisets of word pairs, in [0, 1]. */
  readonly similarity: number;
  /** Share of the words of `here` in runs of 6 that `there` has too; 0 unless asked for. */
  readonly inside: number;
  /** Share of the words of `there` in runs of 6 that `here` has too; 0 unless asked for. */
  readonly holds: number;
  readonly excerpt: Excerpt;
  /** Words of `there`. */
  readonly words: number;
}

/** Compares two texts. Runs are only compared when `withRuns`: they cost the most. */
export function compareTexts(
  analyser: TextAnalyser,
  here: string,
  there: string,
  withRuns: boolean,
): Verified {
  if (normaliseText(here) === normaliseText(there)) {
    analyser.read(there);
    const excerpt = {here: here.slice(0, 100), there: there.slice(0, 100)};
    return {same: true, similarity: 1, inside: 1, holds: 1, excerpt, words: analyser.wordCount};
  }
  analyser.read(here);
  const left = analyser.elements().sort();
  const leftWords = withRuns ? analyser.words().slice() : undefined;
  analyser.read(there);
  const right = analyser.elements().sort();
  const rightWords = withRuns ? analyser.words() : undefined;
  return {
    same: false,
    similarity: jaccard(left, right),
    inside: leftWords === undefined ? 0 : coverage(leftWords, rightWords!, runWords),
    holds: leftWords === undefined ? 0 : coverage(rightWords!, leftWords, runWords),
    excerpt: excerptOf(here, there),
    words: analyser.wordCount,
  };
}
