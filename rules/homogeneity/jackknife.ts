import {z95} from '../statistics/proportions.js';

/** Sums of one unit of the sample (a prompt), from which an estimate is made. */
export type Sums = readonly number[];

/** Fewer units than this give an interval that means nothing. */
export const leastUnits = 8;

/**
 * An estimate made from sums over units, with its 95 % interval by the jackknife: it is made again without each
 * unit in turn (Efron and Stein, Annals of Statistics 9, 1981). `total` is to be given where what goes with a
 * unit is shared by others, as the pairs it is part of. NaN where there are too few units.
 */
export function jackknife(
  units: readonly Sums[],
  estimate: (sums: Sums) => number,
  total: Sums = totalOf(units),
): {value: number; interval: readonly [number, number]} {
  if (units.length < leastUnits) return {value: Number.NaN, interval: [Number.NaN, Number.NaN]};
  const value = estimate(total);
  const without = units.map(unit => estimate(total.map((sum, at) => sum - unit[at]!)));
  const mean = without.reduce((sum, each) => sum + each, 0) / without.length;
  const spread = without.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  const error = z95 * Math.sqrt((spread * (units.length - 1)) / units.length);
  return {value, interval: [value - error, value + error]};
}

export function totalOf(units: readonly Sums[]): number[] {
  return (units[0] ?? []).map((_, at) => units.reduce((sum, unit) => sum + unit[at]!, 0));
}

/** The mean of one number per unit, those that have none left out. */
export function jackknifeMean(values: readonly number[]): ReturnType<typeof jackknife> {
  const units = values.filter(Number.isFinite).map(value => [value, 1]);
  return jackknife(units, ([sum, count]) => sum! / count!);
}
