import {coverage, jaccard} from '../features/similarity.js';
import {runWords, type TextAnalyser} from '../features/text.js';
import {normaliseText} from '../features/unicode.js';

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
  /** Words of `there`. */
  readonly words: number;
}

/** A text with what comparing needs, so that one that meets several others is read once. */
export interface ComparedText {
  readonly text: string;
  readonly exact: readonly [low: number, high: number];
  readonly wordCount: number;
  /** Pairs, sorted, and words: made when they are first asked for, since equal texts need neither. */
  details(): {readonly elements: Uint32Array; readonly words: Uint32Array};
}

export function readText(analyser: TextAnalyser, text: string): ComparedText {
  analyser.read(text);
  const exact = [analyser.exactLow, analyser.exactHigh] as const;
  let details: ReturnType<ComparedText['details']> | undefined;
  return {
    text,
    exact,
    wordCount: analyser.wordCount,
    details() {
      if (details === undefined) {
        analyser.read(text);
        details = {words: analyser.words().slice(), elements: analyser.elements().sort()};
      }
      return details;
    },
  };
}

/** Compares two texts. Runs are only compared when `withRuns`: they cost the most. */
export function compareTexts(here: ComparedText, there: ComparedText, withRuns: boolean): Verified {
  const words = there.wordCount;
  const equalHashes = here.exact[0] === there.exact[0] && here.exact[1] === there.exact[1];
  if (here.text === there.text || (equalHashes && normaliseText(here.text) === normaliseText(there.text))) {
    return {same: true, similarity: 1, inside: 1, holds: 1, words};
  }
  const left = here.details();
  const right = there.details();
  return {
    same: false,
    similarity: jaccard(left.elements, right.elements),
    inside: withRuns ? coverage(left.words, right.words, runWords) : 0,
    holds: withRuns ? coverage(right.words, left.words, runWords) : 0,
    words,
  };
}
