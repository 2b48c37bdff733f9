import type {CorpusRecord, DetectorContext, StyleScore} from '../../src/api.js';
import {calibrate} from './conformal.js';
import {requireSame, type Scores} from './scores.js';

/** How seldom human text looks like a record. */
export interface Suspicion {
  /** Share of human texts that look as much like machine text. */
  readonly p: number;
  /** Records of the reference that it was held against; undefined where the detector's own scale holds. */
  readonly records: number | undefined;
  readonly style: StyleScore;
}

interface SuspicionOptions {
  readonly detector: DetectorContext['detector'];
  readonly weights: string;
  /** What synthetic/share keeps of the trusted references. */
  readonly known: unknown;
  /** The smallest share that is asked about: a reference of fewer than 1 in so many records cannot tell it. */
  readonly least: number;
}

/** The share for each record, or why the detector abstains. @throws Error where the reference has other scores. */
export function createSuspicion({detector, weights, known, least}: SuspicionOptions) {
  const {read, mark} = detector(weights);
  if (known !== undefined) requireSame(known as Scores, mark, 'the reference');
  const own = known === undefined ? undefined : calibrate(known as Scores);
  return (record: CorpusRecord, words: () => number): Suspicion | {readonly abstains: string} => {
    const style = read(record);
    if ('abstains' in style) return style;
    const answer = record.response !== undefined || record.chosen !== undefined;
    const found = own?.pValue(style.score, words(), answer);
    const held = found !== undefined && (found.records + 1) * least >= 1 ? found : undefined;
    return {p: held?.p ?? 1 - style.percentile, records: held?.records, style};
  };
}

/** Beyond this the share is extrapolated: too few human texts score so high to count them. */
const leastPercent = 0.05;

/** One significant digit, rounded up. */
export function percentOf(share: number): string {
  const percent = Math.max(leastPercent, 100 * share);
  const unit = 10 ** Math.floor(Math.log10(percent));
  return String(Number((Math.ceil(percent / unit - 1e-9) * unit).toPrecision(1)));
}
