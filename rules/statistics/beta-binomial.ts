import {logGamma} from './binomial.js';

/**
 * Chances of 0 to `n` of a beta-binomial variable. Of n further values of one distribution, this many lie above
 * the `b`th of a + b - 1 earlier ones.
 */
export function betaBinomial(n: number, a: number, b: number): Float64Array {
  const logBeta = (x: number, y: number) => logGamma(x) + logGamma(y) - logGamma(x + y);
  const scale = logGamma(n + 1) - logBeta(a, b);
  return Float64Array.from({length: n + 1}, (_, k) =>
    Math.exp(scale - logGamma(k + 1) - logGamma(n - k + 1) + logBeta(k + a, n - k + b)),
  );
}
