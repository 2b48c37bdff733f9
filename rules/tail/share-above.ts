import {betaBinomial} from '../statistics/beta-binomial.js';
import {binomialBelow} from '../statistics/binomial.js';
import {wilson} from '../statistics/proportions.js';
import {countBelow} from './predictor.js';

/** Values of a round, and those of the reference that they are held against: both ascend. */
export interface Compared {
  readonly values: Float64Array;
  readonly heldOut: Float64Array;
}

/**
 * Rank of the point of split conformal prediction: of n held-out values the ceil((n + 1) (1 - nominal))th, above
 * which a further value of the same kind lies with a probability of `nominal` at most.
 */
function rankOf({length}: Float64Array, nominal: number): number {
  // A hair less: 0.9 x 10 must not be 9.000000000000002.
  return Math.ceil((length + 1) * (1 - nominal) - 1e-9);
}

function countAbove(values: Float64Array, point: number): number {
  return values.length - countBelow(values, point, true);
}

/**
 * Share of the values of all kinds above the points that the share `nominal` of the reference lies above. NaN
 * where the held-out values are too few for it. The interval, at 95 %, joins the chance of the round and that
 * of the points (MOVER: Zou and Donner, *Statistics in Medicine* 27, 2008).
 */
export function shareAbove(kinds: readonly Compared[], nominal: number) {
  if (kinds.some(({heldOut}) => rankOf(heldOut, nominal) > heldOut.length)) return {value: Number.NaN};
  const all = kinds.reduce((sum, {values}) => sum + values.length, 0);
  let [value, below, above] = [0, 0, 0];
  for (const {values, heldOut} of kinds) {
    if (values.length === 0) continue;
    const share = (rank: number) => countAbove(values, heldOut[rank - 1]!) / values.length;
    const own = share(rankOf(heldOut, nominal));
    const [low, high] = wilson(Math.round(own * values.length), values.length);
    const [first, last] = ranksAround(heldOut.length, 1 - nominal);
    const highest = first < 1 ? 1 : share(first);
    const lowest = last > heldOut.length ? 0 : share(last);
    const weight = values.length / all;
    value += weight * own;
    below += weight ** 2 * ((own - low) ** 2 + (own - lowest) ** 2);
    above += weight ** 2 * ((high - own) ** 2 + (highest - own) ** 2);
  }
  const interval = [Math.max(0, value - Math.sqrt(below)), Math.min(1, value + Math.sqrt(above))] as const;
  return {value, interval};
}

/**
 * Chance that values of the reference's kind lie so rarely above those points: how many do is beta-binomial,
 * whatever their distribution. NaN as above.
 */
export function chanceOfFew([one, other]: readonly [Compared, Compared], nominal: number): number {
  const [first, second] = [one, other].map(({heldOut}) => rankOf(heldOut, nominal)) as [number, number];
  if (first > one.heldOut.length || second > other.heldOut.length) return Number.NaN;
  const ofOne = betaBinomial(one.values.length, one.heldOut.length + 1 - first, first);
  const ofOther = betaBinomial(other.values.length, other.heldOut.length + 1 - second, second);
  const seen =
    countAbove(one.values, one.heldOut[first - 1]!) + countAbove(other.values, other.heldOut[second - 1]!);
  const upTo = cumulated(ofOther);
  // Of the sum of two independent counts.
  const chance = ofOne
    .subarray(0, seen + 1)
    .reduce((sum, p, count) => sum + p * upTo[Math.min(seen - count, upTo.length - 1)]!, 0);
  return Math.min(1, chance);
}

function cumulated(chances: Float64Array): Float64Array {
  let sum = 0;
  return chances.map(chance => (sum += chance));
}

/** Ranks (from 1) of n values that have the quantile `q` between them 95 times of 100; 0 and n + 1 are beyond. */
function ranksAround(n: number, q: number): readonly [first: number, last: number] {
  let first = 0;
  while (first < n && binomialBelow(first, n, q) <= 0.025) first++;
  let last = first;
  while (last <= n && binomialBelow(last - 1, n, q) < 0.975) last++;
  return [first, last];
}
