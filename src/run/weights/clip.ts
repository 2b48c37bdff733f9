export interface Clipped {
  /** How often each record is expected to be drawn. */
  readonly draws: Float64Array;
  /** Records whose share of the draws was larger than allowed. */
  readonly clipped: number;
}

/**
 * Splits `total` draws among records in proportion to their weights, none more than `most`: what is above
 * goes to the others, in their proportions. Where the records that weigh anything cannot take all draws,
 * each of them takes `most` and fewer are drawn.
 */
export function splitDraws(weights: Float64Array, total: number, most: number): Clipped {
  const draws = new Float64Array(weights.length);
  const sorted = weights.filter(weight => weight > 0).sort();
  // What the records up to each one weigh, the lightest first: small numbers must not be lost beside large ones.
  const upTo = new Float64Array(sorted.length + 1);
  for (const [at, weight] of sorted.entries()) upTo[at + 1] = upTo[at]! + weight;
  let free = sorted.length;
  const scaleOf = (records: number) => (total - (sorted.length - records) * most) / upTo[records]!;
  while (free > 0 && scaleOf(free) * sorted[free - 1]! > most) free--;
  const limit = free === sorted.length ? Number.POSITIVE_INFINITY : sorted[free]!;
  const scale = free === 0 ? 0 : scaleOf(free);
  let clipped = 0;
  for (const [at, weight] of weights.entries()) {
    if (!(weight > 0)) continue;
    const cut = weight >= limit;
    draws[at] = cut ? most : scale * weight;
    if (cut) clipped++;
  }
  return {draws, clipped};
}

/**
 * Kish's effective sample size, (sum of w)^2 / sum of w^2: a mean over records so weighted is as certain as one
 * over so many records that all weigh the same. 0 when nothing weighs anything.
 */
export function effectiveSize(weights: Float64Array): number {
  // Weights such as 1e-200 have no square: only their proportions count.
  const largest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  if (largest === 0) return 0;
  let sum = 0;
  let squares = 0;
  for (const weight of weights) {
    const part = weight / largest;
    sum += part;
    squares += part * part;
  }
  return (sum * sum) / squares;
}
