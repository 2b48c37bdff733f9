import {regularisedBeta} from './binomial.js';

/** P(T <= t) of Student's distribution. */
export function studentBelow(t: number, freedom: number): number {
  if (t === 0 || Number.isNaN(t)) return t === 0 ? 0.5 : Number.NaN;
  const tail = regularisedBeta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2;
  return t < 0 ? tail : 1 - tail;
}

/** `t` with P(T <= t) = `p`, by halving: to 1e-9. */
export function studentQuantile(p: number, freedom: number): number {
  let [low, high] = [-1e3, 1e3];
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (studentBelow(middle, freedom) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Degrees of freedom of a sum of variances that were estimated from so many (Welch and Satterthwaite). */
export function freedomOf(parts: readonly {readonly variance: number; readonly freedom: number}[]): number {
  const all = parts.reduce((sum, {variance}) => sum + variance, 0);
  const squares = parts.reduce((sum, {variance, freedom}) => sum + variance ** 2 / freedom, 0);
  return squares === 0 ? 1 : all ** 2 / squares;
}
