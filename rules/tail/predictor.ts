import {type NgramModel, trainNgrams} from './ngrams.js';
import {headOf, type RecordSample, type SampledRecord, sampledRecords} from './sample.js';

/**
 * What the reference makes of a text: a model of three quarters of its sample, and the surprise of the other
 * quarter under it. The parts are disjoint, so a record of the same kind is as surprising as one of these by
 * construction (split conformal prediction, arXiv:2107.07511), whatever the model is worth.
 */
export interface Predictor {
  readonly model: NgramModel;
  /** Surprise of the held-out records, in bits per word, ascending. */
  readonly heldOut: Float64Array;
}

/** Below this many held-out records a percentile says next to nothing. */
export const leastHeldOut = 10;

/** The predictor of a reference's sample; undefined for too few records. */
export function predictorOf(sample: RecordSample): Predictor | undefined {
  const records = sampledRecords(sample);
  // Each view of a round comes with its own copy of one and the same reference.
  const same =
    records.length === last?.keys.length && records.every(({key}, index) => key === last!.keys[index]);
  if (!same) last = {keys: records.map(({key}) => key), predictor: makePredictor(records)};
  return last!.predictor;
}

let last: {keys: readonly number[]; predictor: Predictor | undefined} | undefined;

function makePredictor(records: readonly SampledRecord[]): Predictor | undefined {
  // The low bits of a key say nothing about its rank, by which records were sampled.
  const held = records.filter(({key}) => key % 4 === 0);
  if (held.length < leastHeldOut || held.length === records.length) return undefined;
  const model = trainNgrams(records.filter(({key}) => key % 4 !== 0).map(({words}) => words));
  const heldOut = Float64Array.from(held, ({words}) => model.bitsPerWord(words)).sort();
  return {model, heldOut};
}

/** Surprise of a record in bits per word; of a long one, of its beginning. NaN without words. */
export function surpriseOf({model}: Predictor, words: Uint32Array): number {
  return model.bitsPerWord(headOf(words));
}

/** Share of the held-out records that are less surprising, half of those that are equally so added: in [0, 1]. */
export function percentileOf({heldOut}: Predictor, surprise: number): number {
  return (countBelow(heldOut, surprise) + countBelow(heldOut, surprise, true)) / (2 * heldOut.length);
}

/** Numbers less than `value` (or, with `orEqual`, not greater) in an ascending list. */
export function countBelow(ascending: Float64Array, value: number, orEqual = false): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = ascending[middle]!;
    if (at < value || (orEqual && at === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}
