import {type Interval, z95} from './proportions.js';

/** A number with its interval at 95 %. */
export interface Estimate {
  readonly value: number;
  readonly interval: Interval;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const within = (value: number) => Math.min(1, Math.max(0, value));

function estimate(value: number, variance: number): Estimate {
  const spread = z95 * Math.sqrt(variance);
  // What the correction takes out of [0, 1] is put back first: the interval is to have a width there too.
  const inside = within(value);
  return {value: inside, interval: [within(inside - spread), within(inside + spread)]};
}

/**
 * Entropy of a categorical distribution over all `counts.length` categories, over its largest value log k:
 * 0 when all records are of one category, 1 when all categories are equally frequent. Corrected for the bias
 * of small samples (Miller and Madow, 1955). The interval is that of the delta method at smoothed shares, so
 * that it has a width also where one category was all that was seen. NaN of no records.
 */
export function normalisedEntropy(counts: readonly number[]): Estimate {
  const n = sum(counts);
  const k = counts.length;
  const nats = entropy(counts.map(count => count / n));
  const seen = counts.filter(count => count > 0).length;
  const corrected = nats + (seen - 1) / (2 * n);
  const smooth = counts.map(count => (count + 0.5) / (n + k / 2));
  const spread = sum(smooth.map(share => share * Math.log(share) ** 2)) - entropy(smooth) ** 2;
  const variance = spread / n + (seen - 1) / (2 * n * n);
  return estimate(corrected / Math.log(k), variance / Math.log(k) ** 2);
}

/** In nats. */
function entropy(shares: readonly number[]): number {
  return -sum(shares.map(share => (share === 0 ? 0 : share * Math.log(share))));
}

/**
 * Jensen-Shannon divergence (J. Lin, 1991) of two samples of categories, in bits: 0 when their shares are
 * equal, 1 when they have no category in common. Two samples of one distribution differ by chance, by about
 * (k - 1) / (8 ln 2) (1 / n + 1 / m): this bias is taken off, to second order, and what is left of it is 0
 * at least. The variance is that of the delta method, and that of chance (chi-squared), which is all of it
 * where the shares are equal. NaN when one has no records.
 */
export function jensenShannon(a: readonly number[], b: readonly number[]): Estimate {
  const [n, m] = [sum(a), sum(b)];
  const p = a.map(count => count / n);
  const q = b.map(count => count / m);
  const mean = p.map((share, index) => (share + q[index]!) / 2);
  const plain = entropy(mean) - (entropy(p) + entropy(q)) / 2;
  const seen = (shares: readonly number[]) => shares.filter(share => share > 0).length;
  const chance = mean.map((share, index) =>
    share === 0 ? 0 : ((p[index]! * (1 - p[index]!)) / n + (q[index]! * (1 - q[index]!)) / m) / share,
  );
  const bias = (seen(p) - 1) / (4 * n) + (seen(q) - 1) / (4 * m) - sum(chance) / 8;
  const unit = (1 / n + 1 / m) / 8;
  const variance = slope(p, mean) / n + slope(q, mean) / m + 2 * (seen(mean) - 1) * unit * unit;
  return estimate((plain - bias) / Math.LN2, variance / Math.LN2 ** 2);
}

/** Variance of half the log ratio of a share to the mean, under the shares. */
function slope(shares: readonly number[], mean: readonly number[]): number {
  const ratios = shares.map((share, index) => (share === 0 ? 0 : Math.log(share / mean[index]!) / 2));
  const first = sum(shares.map((share, index) => share * ratios[index]!));
  return sum(shares.map((share, index) => share * ratios[index]! ** 2)) - first ** 2;
}
