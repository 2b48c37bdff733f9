import {type Interval, normalQuantile, wilson} from './proportions.js';
import {ratioOfShares} from './ratios.js';

/** Records of a group before a gate, and those of them that it let through. */
export interface Kept {
  readonly before: number;
  readonly after: number;
}

/** The keep-rate of a group over that of all records: 1 is no bias, 0.5 is half. */
export interface KeepRatio {
  readonly rate: number;
  readonly interval: Interval;
  readonly ratio: number;
  /** Of the ratio. */
  readonly ratioInterval: Interval;
}

/** `z`: of the normal distribution, larger where many groups are looked at at once. */
export function keepRatio(group: Kept, all: Kept, z: number): KeepRatio {
  const own = {count: group.after, total: group.before};
  const rest = {count: all.after - group.after, total: all.before - group.before};
  const rate = own.count / own.total;
  const mean = all.after / all.before;
  const weight = group.before / all.before;
  // The mean holds the group itself: only the rest is independent of it.
  const against = (ratio: number) =>
    ratio === Number.POSITIVE_INFINITY ? 1 / weight : ratio / (weight * ratio + 1 - weight);
  const [low, high] = rest.total === 0 ? [1, 1] : ratioOfShares(own, rest, z);
  return {
    rate,
    interval: wilson(own.count, own.total, z),
    ratio: rate / mean,
    ratioInterval: [against(low), against(high)],
  };
}

/** For intervals that hold all at once at 95 % (Bonferroni). */
export function zOfMany(groups: number): number {
  return normalQuantile(1 - 0.025 / Math.max(1, groups));
}

/**
 * The least of ratios. When every one lies in its interval, the least lies between the least lower and the
 * least upper end; so its interval holds at the level at which theirs hold all at once.
 */
export function leastRatio(ratios: readonly KeepRatio[]): {value: number; interval: Interval} | undefined {
  if (ratios.length === 0) return;
  const least = (numbers: number[]) => Math.min(...numbers);
  return {
    value: least(ratios.map(({ratio}) => ratio)),
    interval: [
      least(ratios.map(({ratioInterval}) => ratioInterval[0])),
      least(ratios.map(({ratioInterval}) => ratioInterval[1])),
    ],
  };
}
