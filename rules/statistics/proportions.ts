/** Intervals of shares: of one, and of the difference of two. */

export type Interval = readonly [low: number, high: number];

/** Of the standard normal distribution at 97.5 %: two-sided intervals at 95 %. */
export const z95 = 1.959963984540054;

/**
 * Interval of a share (E. B. Wilson, 1927): `count` of `total` records. Holds its level down to few records
 * and at shares of 0 and 1, where the textbook interval has no width. [0, 1] of no records.
 */
export function wilson(count: number, total: number, z = z95): Interval {
  if (total === 0) return [0, 1];
  const share = count / total;
  const z2 = z * z;
  const middle = share + z2 / (2 * total);
  const spread = z * Math.sqrt((share * (1 - share) + z2 / (4 * total)) / total);
  const scale = 1 + z2 / total;
  return [Math.max(0, (middle - spread) / scale), Math.min(1, (middle + spread) / scale)];
}

/** `count` of `total` independent records. */
export interface Share {
  readonly count: number;
  readonly total: number;
}

/**
 * Interval of the difference `a - b` of the shares of two independent samples (R. G. Newcombe, *Statistics
 * in Medicine* 17, 1998, method 10).
 */
export function differenceOfShares(a: Share, b: Share, z = z95): Interval {
  const [aLow, aHigh] = wilson(a.count, a.total, z);
  const [bLow, bHigh] = wilson(b.count, b.total, z);
  const [shareA, shareB] = [a.count / a.total, b.count / b.total];
  return [
    shareA - shareB - Math.hypot(shareA - aLow, bHigh - shareB),
    shareA - shareB + Math.hypot(aHigh - shareA, shareB - bLow),
  ];
}

/**
 * Quantile of the standard normal distribution for 0 < p < 1, to 4.5e-4 (Abramowitz and Stegun, 26.2.23):
 * enough for the limits of intervals.
 */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  const t = Math.sqrt(-2 * Math.log(p));
  const above = 2.515517 + t * (0.802853 + t * 0.010328);
  const below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
  return above / below - t;
}
