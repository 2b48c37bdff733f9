import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {betaBinomial} from '../../../rules/statistics/beta-binomial.js';
import {binomialBelow, logGamma} from '../../../rules/statistics/binomial.js';
import {jensenShannon, normalisedEntropy} from '../../../rules/statistics/entropy.js';
import {differenceOfShares, normalQuantile, wilson} from '../../../rules/statistics/proportions.js';
import {studentBelow, studentQuantile} from '../../../rules/statistics/student.js';

/** Mulberry32: the same numbers in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function draw(shares: readonly number[], n: number, next: () => number): number[] {
  const counts = shares.map(() => 0);
  for (let index = 0; index < n; index++) {
    let left = next();
    let category = 0;
    while (category < shares.length - 1 && left >= shares[category]!) left -= shares[category++]!;
    counts[category]!++;
  }
  return counts;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const holds = ([low, high]: readonly [number, number], value: number) => low <= value && value <= high;

describe('shares', () => {
  test('intervals are those that Newcombe printed', () => {
    // R. G. Newcombe, Statistics in Medicine 17 (1998), 857-872 and 873-890.
    expect(wilson(81, 263).map(limit => limit.toFixed(4))).toEqual(['0.2553', '0.3662']);
    expect(wilson(15, 148).map(limit => limit.toFixed(4))).toEqual(['0.0624', '0.1605']);
    expect(wilson(0, 20).map(limit => limit.toFixed(4))).toEqual(['0.0000', '0.1611']);
    const pair = differenceOfShares({count: 56, total: 70}, {count: 48, total: 80});
    expect(pair.map(limit => limit.toFixed(4))).toEqual(['0.0524', '0.3339']);
    const none = differenceOfShares({count: 10, total: 10}, {count: 0, total: 20});
    expect(none.map(limit => limit.toFixed(4))).toEqual(['0.6791', '1.0000']);
  });

  test('of no records anything may be the share', () => {
    expect(wilson(0, 0)).toEqual([0, 1]);
  });

  test('the normal quantile', () => {
    for (const [p, z] of [
      [0.975, 1.95996],
      [0.5, 0],
      [0.0005, -3.29053],
      [0.995, 2.57583],
    ] as const) {
      expect(Math.abs(normalQuantile(p) - z)).toBeLessThan(4.5e-4);
    }
  });
});

describe('binomial', () => {
  test('log-gamma of whole numbers is that of the factorial', () => {
    let logFactorial = 0;
    for (let n = 1; n < 200; n++) {
      expect(Math.abs(logGamma(n) - logFactorial)).toBeLessThan(1e-11 * Math.max(1, logFactorial));
      logFactorial += Math.log(n);
    }
  });

  test('the sum of its terms', () => {
    const rounds = fc.tuple(
      fc.integer({min: 1, max: 120}),
      fc.nat(130),
      fc.double({min: 0.01, max: 0.99, noNaN: true}),
    );
    fc.assert(
      fc.property(rounds, ([n, x, p]) => {
        let term = (1 - p) ** n;
        let below = 0;
        for (let k = 0; k <= Math.min(x, n); k++) {
          below += term;
          term *= ((n - k) / (k + 1)) * (p / (1 - p));
        }
        expect(binomialBelow(x, n, p)).toBeCloseTo(below, 7);
      }),
      {numRuns: 500, seed: 1},
    );
  });

  test('ends', () => {
    expect(binomialBelow(-1, 5, 0.5)).toBe(0);
    expect(binomialBelow(5, 5, 0.5)).toBe(1);
    expect(binomialBelow(2, 5, 0)).toBe(1);
    expect(binomialBelow(2, 5, 1)).toBe(0);
    // A large one by its normal approximation, half a record on.
    expect(binomialBelow(4_999_999_999, 1e10, 0.5)).toBeCloseTo(0.5, 4);
  });
});

describe('entropy', () => {
  test('of a large sample it is the entropy of its shares', () => {
    for (const counts of [
      [1e9, 1e9, 1e9, 1e9],
      [3e9, 1e9, 0, 0],
      [5e9, 3e9, 1e9, 1e6],
    ]) {
      // Independent: as the logarithm of the perplexity, a product of powers.
      const perplexity = counts.reduce(
        (product, count) => product * (count / sum(counts) || 1) ** -(count / sum(counts)),
        1,
      );
      expect(normalisedEntropy(counts).value).toBeCloseTo(Math.log2(perplexity) / 2, 7);
    }
    expect(normalisedEntropy([7, 0, 0]).value).toBe(0);
    expect(normalisedEntropy([0, 0, 0]).value).toBeNaN();
  });

  test('of small samples it is hardly biased, and its interval holds', () => {
    const shares = [0.5, 0.2, 0.15, 0.1, 0.05, 0, 0, 0, 0, 0];
    const truth = -sum(shares.map(share => (share === 0 ? 0 : share * Math.log10(share))));
    const next = random(17);
    for (const n of [50, 500]) {
      const found = Array.from({length: 2000}, () => normalisedEntropy(draw(shares, n, next)));
      expect(Math.abs(sum(found.map(({value}) => value)) / 2000 - truth)).toBeLessThan(0.006);
      // Wider than nominal at 50, as it allows for formats that were not seen.
      expect(found.filter(({interval}) => holds(interval, truth)).length / 2000).toBeGreaterThan(0.93);
    }
  });
});

describe('Jensen-Shannon divergence', () => {
  /** Independent: the mean Kullback-Leibler divergence to the mixture, in bits. */
  function byKullbackLeibler(p: readonly number[], q: readonly number[]): number {
    const to = (from: readonly number[]) =>
      sum(
        from.map((share, index) =>
          share === 0 ? 0 : share * Math.log2((2 * share) / (p[index]! + q[index]!)),
        ),
      );
    return (to(p) + to(q)) / 2;
  }
  const shares = fc
    .array(fc.nat(50), {minLength: 4, maxLength: 4})
    .filter(weights => sum(weights) > 0)
    .map(weights => weights.map(weight => weight / sum(weights)));

  test('of large samples it is the mean divergence to the mixture, and symmetric', () => {
    fc.assert(
      fc.property(shares, shares, (p, q) => {
        const [a, b] = [p, q].map(list => list.map(share => Math.round(share * 1e10)));
        expect(jensenShannon(a!, b!).value).toBeCloseTo(byKullbackLeibler(p, q), 6);
        expect(jensenShannon(a!, b!).value).toBeCloseTo(jensenShannon(b!, a!).value, 12);
      }),
      {numRuns: 300, seed: 3},
    );
    expect(jensenShannon([9, 0], [0, 4]).value).toBe(1);
    expect(jensenShannon([0, 0], [0, 4]).value).toBeNaN();
  });

  test('two samples of one distribution do not alarm, and others are measured right', () => {
    const same = [0.6, 0.2, 0.1, 0.05, 0.05];
    const other = [0.3, 0.3, 0.2, 0.15, 0.05];
    const next = random(29);
    const truth = byKullbackLeibler(same, other);
    for (const [n, m] of [
      [100, 100],
      [300, 2000],
    ] as const) {
      const equal = Array.from({length: 2000}, () => jensenShannon(draw(same, n, next), draw(same, m, next)));
      expect(equal.filter(({interval: [low]}) => low > 0).length / 2000).toBeLessThan(0.06);
      const apart = Array.from({length: 2000}, () =>
        jensenShannon(draw(same, n, next), draw(other, m, next)),
      );
      expect(Math.abs(sum(apart.map(({value}) => value)) / 2000 - truth)).toBeLessThan(0.002);
      const coverage = apart.filter(({interval}) => holds(interval, truth)).length / 2000;
      expect(coverage).toBeGreaterThan(0.93);
      expect(coverage).toBeLessThan(0.98);
    }
  });
});

describe('Student\u2019s distribution', () => {
  test.each([
    // R: pt(t, freedom)
    [-1.833113, 9, 0.05],
    [2.085963, 20, 0.975],
    [-63.65674, 1, 0.005],
    [0, 3, 0.5],
    [1, 1, 0.75],
  ])('P(T <= %d) with %d degrees of freedom', (t, freedom, p) => {
    expect(studentBelow(t, freedom)).toBeCloseTo(p, 6);
    expect(studentQuantile(p, freedom)).toBeCloseTo(t, 3);
  });

  test('is the normal one with many degrees of freedom', () => {
    expect(studentBelow(-1.6448536, 1e7)).toBeCloseTo(0.05, 6);
  });
});

test('a beta-binomial count is that of drawing ranks', () => {
  // Of n + m values in random order, how many of the m lie above the b-th of the n: all orders are alike.
  const [m, n, b] = [3, 4, 3];
  const counts = new Array<number>(m + 1).fill(0);
  let orders = 0;
  for (let set = 0; set < 1 << (m + n); set++) {
    const own = [...set.toString(2).padStart(m + n, '0')];
    if (own.filter(bit => bit === '1').length !== m) continue;
    orders++;
    let seen = 0;
    let above = 0;
    for (const bit of own) {
      if (bit === '0') seen++;
      else if (seen >= b) above++;
    }
    counts[above]!++;
  }
  const chances = betaBinomial(m, n + 1 - b, b);
  for (const [count, times] of counts.entries()) expect(chances[count]).toBeCloseTo(times / orders, 10);
  const many = betaBinomial(20_000, 60, 540);
  expect(many.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 8);
});
