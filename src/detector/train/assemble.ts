import {percentileSteps} from '../detector.js';
import type {Forest} from '../forest.js';
import {styleMeasures} from '../style.js';
import type {ByLength, Weights} from '../weights.js';
import type {Documents} from './documents.js';
import type {Models} from './fit.js';
import {leastSquares} from './least-squares.js';

/** How human text scores where a detector did not know its source: what puts scores on the human scale. */
export interface HumanScale {
  /** For each model, centre and spread of its scores. */
  readonly models: readonly (readonly [centre: number, spread: number])[];
  readonly byLength: ByLength;
  readonly tail: Float64Array;
}

/** Scores of one human text that no model knew. */
export interface HumanScore {
  readonly scores: readonly number[];
  readonly words: number;
  /** Sources weigh by the square root of their size. */
  readonly weight: number;
}

export function fitScale(humans: readonly HumanScore[]): HumanScale {
  const models = humans[0]!.scores.map((_, model) => centreAndSpread(humans, ({scores}) => scores[model]!));
  const sums = humans.map(({scores}) => summed(models, scores));
  const lengths = humans.map(({words}) => lengthTerms(words));
  const weights = humans.map(({weight}) => weight);
  const centre = leastSquares(lengths, sums, weights);
  const away = sums.map((sum, index) => Math.abs(sum - dot(centre, lengths[index]!)));
  // The mean distance of a normal variable from its mean is 0.798 standard deviations.
  const spread = leastSquares(lengths, away, weights).map(value => value / 0.798);
  const standard = sums.map((sum, index) => {
    const terms = lengths[index]!;
    return (sum - dot(centre, terms)) / Math.max(0.2, dot(spread, terms));
  });
  return {models, byLength: {centre, spread}, tail: tailOf(standard, weights)};
}

/** Sum of the models in standard deviations of human text. */
export function summed(models: HumanScale['models'], scores: readonly number[]): number {
  return scores.reduce((sum, score, model) => sum + (score - models[model]![0]) / models[model]![1], 0);
}

function lengthTerms(words: number): number[] {
  const length = Math.log(Math.min(500, Math.max(20, words)));
  return [1, length, length * length];
}

function dot(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, index) => sum + value * other[index]!, 0);
}

function centreAndSpread(
  humans: readonly HumanScore[],
  scoreOf: (human: HumanScore) => number,
): [number, number] {
  let total = 0;
  let sum = 0;
  let squares = 0;
  for (const human of humans) {
    const score = scoreOf(human);
    total += human.weight;
    sum += human.weight * score;
    squares += human.weight * score * score;
  }
  const mean = sum / total;
  return [mean, Math.sqrt(squares / total - mean * mean)];
}

/** Scores that 2^-1, 2^-1.5, .. of the weight exceeds, as far as ten texts stand beyond. */
export function tailOf(scores: readonly number[], weights: readonly number[]): Float64Array {
  const order = scores.map((_, index) => index).sort((one, other) => scores[other]! - scores[one]!);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const tail: number[] = [];
  let step = 0;
  let seen = total;
  for (let at = order.length - 1; at >= 10; at--) {
    const index = order[at]!;
    seen -= weights[index]!;
    while (seen <= total * 2 ** -(1 + step * percentileSteps)) {
      tail.push(scores[index]!);
      step++;
    }
  }
  return Float64Array.from(tail);
}

/** One set of weights from all models: sums of linear models are linear, and of forests a forest. */
export function assemble(
  documents: Documents,
  frame: Uint32Array,
  {linear, forests}: Models,
  {models, byLength, tail}: HumanScale,
  usual: Float64Array,
  about: string,
): Weights {
  const sums = new Float64Array(documents.buckets.length);
  let bias = 0;
  for (const [index, model] of linear.entries()) {
    const [centre, spread] = models[index]!;
    for (let feature = 0; feature < sums.length; feature++)
      sums[feature]! += model.weights[feature]! / spread;
    bias += (model.bias - centre) / spread;
  }
  const scaled = forests.map((forest, index) => {
    const [centre, spread] = models[linear.length + index]!;
    bias -= centre / spread;
    return {...forest, values: forest.values.map(value => value / spread)};
  });
  const largest = sums.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = largest / 32767;
  const values = Int16Array.from(sums, value => Math.round(value / scale));
  return {
    frame,
    buckets: documents.buckets,
    values,
    scale,
    bias,
    forest: joined(scaled),
    byLength,
    tail,
    usual,
    about,
  };
}

function joined(forests: readonly Forest[]): Forest {
  return {
    depth: forests[0]!.depth,
    features: Int8Array.from(forests.flatMap(({features}) => [...features])),
    thresholds: Float32Array.from(forests.flatMap(({thresholds}) => [...thresholds])),
    values: Float32Array.from(forests.flatMap(({values}) => [...values])),
  };
}

/** The 10 %, 50 % and 90 % quantiles of each style measure over some texts. */
export function usualStyle({style}: Documents, rows: Uint32Array): Float64Array {
  const width = styleMeasures.length;
  const usual = new Float64Array(width * 3);
  for (let measure = 0; measure < width; measure++) {
    const values = Float64Array.from(rows, row => style[row * width + measure]!).sort();
    for (const [place, share] of [0.1, 0.5, 0.9].entries()) {
      usual[measure * 3 + place] = values[Math.floor(share * (values.length - 1))] ?? 0;
    }
  }
  return usual;
}
