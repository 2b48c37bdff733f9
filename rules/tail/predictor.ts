import {type NgramModel, trainNgrams} from './ngrams.js';
import {headOf, keyOfHead, type RecordSample, type SampledRecord, sampledRecords} from './sample.js';

/**
 * What the reference makes of a text. Texts are of two kinds, by a hash, and those of one kind are held against
 * a model that was made of the reference's texts of the other kind only: so a record of the reference's sort is
 * as surprising as the reference's own by construction (split conformal prediction, arXiv:2107.07511), whatever
 * the models are worth, and a round that has records of the reference is not judged by a model that knows them.
 */
export interface Predictor {
  readonly kinds: readonly [OfKind, OfKind];
}

export interface OfKind {
  readonly model: NgramModel;
  /** Surprise of the reference's own texts of this kind, in bits per word, ascending. */
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

/** The lowest bit of a key says nothing about its rank, by which records were sampled. */
export const kindOf = (key: number) => (key % 2) as 0 | 1;

function makePredictor(records: readonly SampledRecord[]): Predictor | undefined {
  const texts = ([0, 1] as const).map(kind =>
    records.filter(({key}) => kindOf(key) === kind).map(({words}) => words),
  );
  if (texts.some(({length}) => length < leastHeldOut)) return undefined;
  const ofKind = (own: Uint32Array[], others: Uint32Array[]): OfKind => {
    const model = trainNgrams(others);
    return {model, heldOut: Float64Array.from(own, words => model.bitsPerWord(words)).sort()};
  };
  return {kinds: [ofKind(texts[0]!, texts[1]!), ofKind(texts[1]!, texts[0]!)]};
}

/** Surprises of the reference's own records, ascending. */
export function heldOutOf({kinds}: Predictor): Float64Array {
  return Float64Array.from([...kinds[0].heldOut, ...kinds[1].heldOut]).sort();
}

/**
 * Surprise of a record in bits per word (of a long one, of its beginning; NaN without words), and the share of
 * the reference's records that are less surprising, half of those that are equally so added.
 */
export function surpriseOf({kinds}: Predictor, words: Uint32Array): {bits: number; percentile: number} {
  const head = headOf(words);
  const {model, heldOut} = kinds[kindOf(keyOfHead(head))];
  const bits = model.bitsPerWord(head);
  const below = countBelow(heldOut, bits) + countBelow(heldOut, bits, true);
  return {bits, percentile: below / (2 * heldOut.length)};
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
