import {type Interval, type Share, wilson, z95} from './proportions.js';

/**
 * Interval of the ratio `a / b` of the shares of two independent samples, by recovering variances from their
 * Wilson intervals (A. Donner and G. Y. Zou, *Statistical Methods in Medical Research* 21, 2012). The upper
 * end is infinite where `b` may be 0. [0, infinite] where one has no records.
 */
export function ratioOfShares(a: Share, b: Share, z = z95): Interval {
  if (a.total === 0 || b.total === 0) return [0, Number.POSITIVE_INFINITY];
  const [p, q] = [a.count / a.total, b.count / b.total];
  const [pLow, pHigh] = wilson(a.count, a.total, z);
  const [qLow, qHigh] = wilson(b.count, b.total, z);
  const root = (pEnd: number, qEnd: number) =>
    Math.sqrt(Math.max(0, (p * q) ** 2 - pEnd * qEnd * (2 * p - pEnd) * (2 * q - qEnd)));
  const low = (p * q - root(pLow, qHigh)) / (qHigh * (2 * q - qHigh));
  const high = (p * q + root(pHigh, qLow)) / (qLow * (2 * q - qLow));
  return [
    // Where the sign of the divisor turns, the ratio of the ends is what is left: a wider interval.
    Number.isFinite(low) && 2 * q > qHigh ? Math.max(0, low) : pLow / qHigh,
    b.count > 0 && 2 * q > qLow && Number.isFinite(high) ? high : Number.POSITIVE_INFINITY,
  ];
}
