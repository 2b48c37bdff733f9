import type {Interval} from '../../rules/statistics/proportions.js';
import {createRandom, gamma} from '../review/recall.js';
import type {Counts} from './estimate.js';

const draws = 2_000;

/**
 * Intervals of precision, recall and share of false positives. Of what a stratum's sample
 * has none there may be none, or as much as the sample cannot show: the interval holds what either gives.
 */
export function drawn(
  above: readonly Counts[],
  totals: readonly Counts[],
  sizes: readonly number[],
): Interval[] {
  const [bare, open] = [0, 0.5].map(prior => drawnWith(prior, above, totals, sizes));
  return bare!.map(([low, high], at) => [Math.min(low, open![at]![0]), Math.max(high, open![at]![1])]);
}

function drawnWith(
  empty: number,
  above: readonly Counts[],
  totals: readonly Counts[],
  sizes: readonly number[],
): Interval[] {
  const random = createRandom();
  const draw = (count: number) => {
    const shape = count === 0 ? empty : count + 0.5;
    return shape === 0 ? 0 : gamma(shape, random);
  };
  const found: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < draws; round++) {
    const sum = {hit: 0, missed: 0, wrong: 0, right: 0};
    for (const [stratum, total] of totals.entries()) {
      if (total.bad + total.good === 0) continue;
      const {bad, good} = above[stratum]!;
      const hit = draw(bad);
      const missed = draw(total.bad - bad);
      const wrong = draw(good);
      const right = draw(total.good - good);
      const scale = sizes[stratum]! / (hit + missed + wrong + right);
      sum.hit += scale * hit;
      sum.missed += scale * missed;
      sum.wrong += scale * wrong;
      sum.right += scale * right;
    }
    found[0].push(sum.hit / (sum.hit + sum.wrong));
    found[1].push(sum.hit / (sum.hit + sum.missed));
    found[2].push(sum.wrong / (sum.wrong + sum.right));
  }
  return found.map(values => {
    const known = values.filter(value => !Number.isNaN(value)).sort((one, other) => one - other);
    return known.length === 0
      ? [0, 1]
      : [known[Math.floor(known.length * 0.025)]!, known[Math.ceil(known.length * 0.975) - 1]!];
  });
}
