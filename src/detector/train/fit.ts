import {slotOf} from '../detector.js';
import type {Forest} from '../forest.js';
import {scoreForest} from '../forest.js';
import {judgedMeasures, styleMeasures} from '../style.js';
import type {Documents} from './documents.js';
import {fitLinear, type Linear, scoreLinear} from './linear.js';
import {fitForest} from './trees.js';

/**
 * Four models, unlike in what they look at and in what they learn from: n-grams and style, each of all texts and of
 * *pairs* alone, kinds of text of which there is human and machine text. All texts teach how current models write;
 * pairs cannot teach to tell one kind of text from another. Their plain mean is better than each and than learnt
 * mixtures.
 */
export interface Models {
  readonly linear: readonly Linear[];
  readonly forests: readonly Forest[];
}

export interface FitOptions {
  readonly seed: number;
  /** Passes over all texts; pairs, which are fewer, are passed over twice as often. */
  readonly epochs: number;
  readonly trees: number;
}

export const defaultFit: FitOptions = {seed: 7, epochs: 2, trees: 100};
const leastOfPair = 30;
/** N-grams that are looked up in a text: more than these add nothing, and these stay in the cache. */
export const mostFeatures = 60_000;

export function fitModels(
  documents: Documents,
  rows: Uint32Array,
  {seed, epochs, trees}: FitOptions,
): Models {
  const paired = pairsAmong(documents, rows);
  const {kinds, sources, machine, style} = documents;
  const ofAll = balance(documents, rows, row => sources[row]!);
  const ofPairs = balance(documents, paired, row => kinds[row]!);
  const forest = (chosen: Uint32Array, weights: Float32Array) =>
    fitForest(style, styleMeasures.length, chosen, machine, weights, judgedMeasures, {
      trees,
      depth: 4,
      rate: 0.1,
      seed,
      rowShare: 0.5,
      featureShare: 0.6,
    });
  const all = fitLinear(documents, rows, ofAll, {epochs, rate: 0.3, seed});
  if (paired.length === rows.length || paired.length === 0)
    return {linear: [all], forests: [forest(rows, ofAll)]};
  const pairs = fitLinear(documents, paired, ofPairs, {
    epochs: 2 * epochs,
    rate: 0.3,
    seed,
    intercept: row => kinds[row]!,
  });
  return {linear: [all, pairs], forests: [forest(rows, ofAll), forest(paired, ofPairs)]};
}

/** Scores of a text by each model, in the order of `Models`. */
export function scoreModels(documents: Documents, {linear, forests}: Models, row: number): number[] {
  const width = styleMeasures.length;
  const style = documents.style.subarray(row * width, (row + 1) * width);
  return [
    ...linear.map(model => scoreLinear(documents, model, row)),
    ...forests.map(forest => scoreForest(forest, style)),
  ];
}

/** Texts of kinds of which there is human and machine text. */
function pairsAmong({kinds, machine}: Documents, rows: Uint32Array): Uint32Array {
  const counts = new Map<string, [human: number, machine: number]>();
  for (const row of rows) {
    const count = counts.get(kinds[row]!) ?? [0, 0];
    count[machine[row]!]! += 1;
    counts.set(kinds[row]!, count);
  }
  return rows.filter(row => Math.min(...counts.get(kinds[row]!)!) >= leastOfPair);
}

/**
 * What each text counts: groups by the square root of their size, so that a large source does not drown the others,
 * and human and machine text the same; 1 on average.
 */
export function balance(
  {count, machine}: Documents,
  rows: Uint32Array,
  groupOf: (row: number) => string,
): Float32Array {
  const sizes = new Map<string, number>();
  const key = (row: number) => `${machine[row]} ${groupOf(row)}`;
  for (const row of rows) sizes.set(key(row), (sizes.get(key(row)) ?? 0) + 1);
  const weights = new Float32Array(count);
  const sums = [0, 0];
  for (const row of rows) {
    weights[row] = 1 / Math.sqrt(sizes.get(key(row))!);
    sums[machine[row]!]! += weights[row]!;
  }
  for (const row of rows) weights[row]! *= rows.length / 2 / sums[machine[row]!]!;
  return weights;
}

/** The features that matter most to a first model of all texts, one for each slot of the table. */
export function selectFeatures(
  documents: Documents,
  rows: Uint32Array,
  most: number,
  seed: number,
): Uint32Array {
  const {buckets, features, starts} = documents;
  const weights = balance(documents, rows, row => documents.sources[row]!);
  const first = fitLinear(documents, rows, weights, {epochs: 1, rate: 0.3, seed});
  const found = new Float64Array(buckets.length);
  for (const row of rows) for (let at = starts[row]!; at < starts[row + 1]!; at++) found[features[at]!]! += 1;
  const order = Uint32Array.from(buckets.keys());
  const worth = Float64Array.from(
    order,
    feature => Math.abs(first.weights[feature]!) * Math.sqrt(found[feature]!),
  );
  order.sort((one, other) => worth[other]! - worth[one]! || one - other);
  const taken = new Set<number>();
  const chosen: number[] = [];
  for (const feature of order) {
    const slot = slotOf(buckets[feature]!);
    if (taken.has(slot)) continue;
    taken.add(slot);
    chosen.push(buckets[feature]!);
    if (chosen.length === most) break;
  }
  return Uint32Array.from(chosen).sort();
}
