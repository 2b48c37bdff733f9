import type {Documents} from './documents.js';
import {randomNumbers, shuffle} from './random.js';

/** Weights of a linear model, by feature. */
export interface Linear {
  readonly weights: Float32Array;
  readonly bias: number;
}

export interface LinearOptions {
  readonly epochs: number;
  readonly rate: number;
  readonly seed: number;
  /**
   * Key of a text's own intercept while training: what only tells kinds of text apart then need not be learnt.
   * Dropped afterwards.
   */
  readonly intercept?: (document: number) => string;
}

const leastGradient = 1e-3;
const ridge = 1e-6;

/**
 * Logistic regression on rows of length 1 by stochastic gradient descent with a rate for each feature (AdaGrad):
 * rare features learn as fast as common ones. `weights[n]` is what text `n` counts; rows are those of `rows`.
 */
export function fitLinear(
  documents: Documents,
  rows: Uint32Array,
  rowWeights: Float32Array,
  {epochs, rate, seed, intercept}: LinearOptions,
): Linear {
  const {starts, features, machine, buckets} = documents;
  const weights = new Float32Array(buckets.length);
  const squared = new Float32Array(buckets.length).fill(1e-3);
  const intercepts = new Map<string, number>();
  const order = rows.slice();
  const random = randomNumbers(seed);
  let bias = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (const row of order) {
      const from = starts[row]!;
      const to = starts[row + 1]!;
      if (from === to) continue;
      let sum = 0;
      for (let at = from; at < to; at++) sum += weights[features[at]!]!;
      const norm = 1 / Math.sqrt(to - from);
      const key = intercept?.(row);
      const own = key === undefined ? 0 : (intercepts.get(key) ?? 0);
      const error = (1 / (1 + Math.exp(-(sum * norm + bias + own))) - machine[row]!) * rowWeights[row]!;
      if (Math.abs(error) < leastGradient) continue;
      bias -= 0.02 * error;
      if (key !== undefined) intercepts.set(key, own - 0.05 * error);
      const step = error * norm;
      for (let at = from; at < to; at++) {
        const feature = features[at]!;
        const gradient = step + ridge * weights[feature]!;
        const size = squared[feature]! + gradient * gradient;
        squared[feature] = size;
        weights[feature]! -= (rate * gradient) / Math.sqrt(size);
      }
    }
  }
  return {weights, bias};
}

export function scoreLinear({starts, features}: Documents, {weights, bias}: Linear, row: number): number {
  const from = starts[row]!;
  const to = starts[row + 1]!;
  if (from === to) return bias;
  let sum = 0;
  for (let at = from; at < to; at++) sum += weights[features[at]!]!;
  return sum / Math.sqrt(to - from) + bias;
}
