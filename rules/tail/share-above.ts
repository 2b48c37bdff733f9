import {binomialBelow} from '../statistics/binomial.js';
import {wilson} from '../statistics/proportions.js';
import {countBelow} from './predictor.js';

/**
 * Share of `values` above the point that the share `nominal` of the reference lies above. The point is the
 * one of split conformal prediction: of n held-out values the ceil((n + 1) (1 - nominal))th, above which a
 * further value of the same kind lies with a probability of `nominal` at most. NaN where that is none of
 * them. Both lists ascend. The interval, at 95 %, joins the chance of the round and that of the point (MOVER:
 * Zou and Donner, *Statistics in Medicine* 27, 2008).
 */
export function shareAbove(values: Float64Array, heldOut: Float64Array, nominal: number) {
  const n = heldOut.length;
  // A hair less: 0.9 x 10 must not be 9.000000000000002.
  const rank = Math.ceil((n + 1) * (1 - nominal) - 1e-9);
  if (rank > n) return {value: Number.NaN};
  const share = (point: number) => (values.length - countBelow(values, point, true)) / values.length;
  const value = share(heldOut[rank - 1]!);
  const [low, high] = wilson(Math.round(value * values.length), values.length);
  const [first, last] = ranksAround(n, 1 - nominal);
  const highest = first < 1 ? 1 : share(heldOut[first - 1]!);
  const lowest = last > n ? 0 : share(heldOut[last - 1]!);
  const interval = [
    Math.max(0, value - Math.hypot(value - low, value - lowest)),
    Math.min(1, value + Math.hypot(high - value, highest - value)),
  ] as const;
  return {value, interval};
}

/** Ranks (from 1) of n values that have the quantile `q` between them 95 times of 100; 0 and n + 1 are beyond. */
function ranksAround(n: number, q: number): readonly [first: number, last: number] {
  let first = 0;
  while (first < n && binomialBelow(first, n, q) <= 0.025) first++;
  let last = first;
  while (last <= n && binomialBelow(last - 1, n, q) < 0.975) last++;
  return [first, last];
}
