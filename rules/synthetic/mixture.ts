import {normalQuantile, wilson, z95} from '../statistics/proportions.js';
import {countsAbove, pValuesOf} from './conformal.js';
import {cells, type Scores, steps} from './scores.js';

type Interval = readonly [low: number, high: number];

/** Shares of the human records that may lie above the thresholds that are tried. */
const tried = [0.3, 0.1, 0.03, 0.01, 0.003];
const level = 0.05;

/**
 * A share of machine text that the round has at least, with 95 % confidence, known from human text alone. Where a
 * share a of the human records and a share b of the round lie above a threshold, at least (b - a) / (1 - a) of the
 * round is something else. Five thresholds are tried, and the error is divided among them.
 */
export function leastShare(round: Scores, human: Scores): number {
  const pValues = pValuesOf(round, human);
  const total = pValues.reduce((sum, {count}) => sum + count, 0);
  const references = effectiveSize(round, human);
  // Half of the error for the round, half for the reference.
  const z = normalQuantile(1 - level / (2 * tried.length));
  let least = 0;
  for (const share of tried) {
    const above = pValues.reduce((sum, {p, count}) => (p <= share ? sum + count : sum), 0);
    const [low] = wilson(above, total, z);
    const [, high] = wilson(share * references, references, z);
    least = Math.max(least, (low - high) / (1 - high));
  }
  return least;
}

/** Human records that the p-values of the round stand on: fewer than there are where lengths differ. */
function effectiveSize(round: Scores, human: Scores): number {
  const above = countsAbove(human);
  const weights = new Map<Float64Array, number>();
  let total = 0;
  for (let cell = 0; cell < cells; cell++) {
    const counts = above[cell];
    if (counts === undefined) continue;
    const records = round.counts
      .subarray(cell * steps, (cell + 1) * steps)
      .reduce((sum, each) => sum + each, 0);
    weights.set(counts, (weights.get(counts) ?? 0) + records);
    total += records;
  }
  const sum = [...weights].reduce((all, [counts, records]) => all + (records / total) ** 2 / counts[0]!, 0);
  return 1 / sum;
}

/** Classes of scores that a mixture is told by: coarse, so that samples of a few hundred fill them. */
const classes = 16;

/**
 * The share of the suspected generator's text in a round, from samples of it and of human text: the mean over the
 * round of how machine-like a score is, between its means over the samples. The interval is that of a ratio
 * (Fieller 1954), so it holds where the samples are alike, too: then it is all of [0, 1].
 */
export function mixedShare(
  round: Scores,
  human: Scores,
  machine: Scores,
): {value: number; interval: Interval} | undefined {
  const [r, h, m] = [pooled(round), pooled(human), pooled(machine)];
  const weights = machineLikeness(h, m);
  const [mixed, low, high] = [moments(r, weights), moments(h, weights), moments(m, weights)];
  if (mixed.count === 0 || low.count === 0 || high.count === 0) return undefined;
  const top = mixed.mean - low.mean;
  const bottom = high.mean - low.mean;
  const value = clamp(top / bottom);
  // Roots of (top - share bottom)^2 = z^2 variance(share), whose human part is (1 - share)^2.
  const z2 = z95 * z95;
  const a = bottom * bottom - z2 * (high.variance + low.variance);
  const b = top * bottom - z2 * low.variance;
  const c = top * top - z2 * (mixed.variance + low.variance);
  const root = b * b - a * c;
  if (!(bottom > 0) || a <= 0 || root < 0) return {value: Number.NaN, interval: [0, 1]};
  return {value, interval: [clamp((b - Math.sqrt(root)) / a), clamp((b + Math.sqrt(root)) / a)]};
}

const clamp = (share: number) => Math.min(1, Math.max(0, share));

function pooled({counts}: Scores): Float64Array {
  const sum = new Float64Array(steps);
  for (let at = 0; at < counts.length; at++) sum[at % steps]! += counts[at]!;
  return sum;
}

/** By step, the probability of machine text where both are equally frequent, over classes of both samples. */
function machineLikeness(human: Float64Array, machine: Float64Array): Float64Array {
  const totals = [human, machine].map(counts => counts.reduce((sum, each) => sum + each, 0));
  const weights = new Float64Array(steps);
  let mass = 0;
  let from = 0;
  let [h, m] = [0, 0];
  for (let at = 0; at < steps; at++) {
    h += human[at]! / totals[0]!;
    m += machine[at]! / totals[1]!;
    mass += human[at]! / totals[0]! / 2 + machine[at]! / totals[1]! / 2;
    if (mass < 1 / classes && at < steps - 1) continue;
    weights.fill((m + 0.005) / (h + m + 0.01), from, at + 1);
    from = at + 1;
    [h, m, mass] = [0, 0, 0];
  }
  return weights;
}

/** Mean of the weights, and the variance of that mean, with one record of each end added. */
function moments(counts: Float64Array, weights: Float64Array) {
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (let at = 0; at < steps; at++) {
    count += counts[at]!;
    sum += counts[at]! * weights[at]!;
    squares += counts[at]! * weights[at]! ** 2;
  }
  const mean = sum / count;
  return {count, mean, variance: (squares / count - mean * mean + 0.25 / count) / count};
}
