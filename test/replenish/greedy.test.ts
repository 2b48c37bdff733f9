import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {cover, type Need, type Pick} from '../../src/replenish/greedy.js';

const needs = (count: number): Need[] => Array.from({length: count}, () => ({records: 1, weight: 1}));
const lists = (...candidates: number[][]) => candidates.map(each => Uint32Array.from(each));

/** Weight that a set of candidates meets, from the definition. */
function met(candidates: readonly Uint32Array[], wanted: readonly Need[], taken: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const index of taken)
    for (const need of candidates[index]!) counts.set(need, (counts.get(need) ?? 0) + 1);
  return [...counts].reduce((sum, [need, count]) => {
    const {records, weight} = wanted[need]!;
    return sum + weight * Math.min(records, count);
  }, 0);
}

/** The plain greedy method, which looks at all candidates each time. */
function plain(candidates: readonly Uint32Array[], wanted: readonly Need[], most: number): number[] {
  const taken: number[] = [];
  while (taken.length < most) {
    const now = met(candidates, wanted, taken);
    let best = -1;
    let bestGain = 0;
    for (const index of candidates.keys()) {
      if (taken.includes(index)) continue;
      const gain = met(candidates, wanted, [...taken, index]) - now;
      if (gain > bestGain) [best, bestGain] = [index, gain];
    }
    if (best < 0) break;
    taken.push(best);
  }
  return taken;
}

/** The most that any `size` candidates meet. */
function best(candidates: readonly Uint32Array[], wanted: readonly Need[], size: number): number {
  const choose = (from: number, taken: readonly number[]): number => {
    if (taken.length === size || from === candidates.length) return met(candidates, wanted, taken);
    return Math.max(choose(from + 1, [...taken, from]), choose(from + 1, taken));
  };
  return choose(0, []);
}

const instance = fc.integer({min: 1, max: 12}).chain(count =>
  fc.record({
    candidates: fc.array(
      fc
        .uniqueArray(fc.integer({min: 0, max: count - 1}), {maxLength: count})
        .map(each => Uint32Array.from(each)),
      {maxLength: 9},
    ),
    wanted: fc.array(
      fc.record({records: fc.integer({min: 1, max: 3}), weight: fc.integer({min: 1, max: 4})}),
      {
        minLength: count,
        maxLength: count,
      },
    ),
    most: fc.integer({min: 0, max: 5}),
  }),
);
const chosen = (picks: readonly Pick[]) => picks.map(({candidate}) => candidate);

describe('greedy cover', () => {
  test('takes what meets most, then what meets most of the rest', () => {
    const picks = cover(lists([0, 1], [0, 1, 2], [3], [2, 3, 4]), needs(5), 10);
    expect(picks).toEqual([
      {candidate: 1, met: [0, 1, 2]},
      {candidate: 3, met: [3, 4]},
    ]);
  });

  test('takes nothing that meets nothing', () => {
    expect(cover([], needs(2), 5)).toEqual([]);
    expect(cover(lists([], []), needs(2), 5)).toEqual([]);
    expect(cover(lists([0], [0]), needs(1), 5)).toHaveLength(1);
  });

  test('takes the records of a topic until there are enough', () => {
    const wanted = [{records: 2, weight: 1}];
    expect(chosen(cover(lists([0], [0], [0]), wanted, 5))).toEqual([0, 1]);
  });

  test('takes what the plain method takes', () => {
    fc.assert(
      fc.property(instance, ({candidates, wanted, most}) => {
        expect(chosen(cover(candidates, wanted, most))).toEqual(plain(candidates, wanted, most));
      }),
      {numRuns: 500, seed: 1},
    );
  });

  test('meets 63 % of what the best as many candidates would', () => {
    fc.assert(
      fc.property(instance, ({candidates, wanted, most}) => {
        const reached = met(candidates, wanted, chosen(cover(candidates, wanted, most)));
        expect(reached).toBeGreaterThanOrEqual((1 - 1 / Math.E) * best(candidates, wanted, most) - 1e-9);
      }),
      {numRuns: 300, seed: 2},
    );
  });

  test('needs at most 1 + ln n times the fewest candidates that meet all that can be met', () => {
    fc.assert(
      fc.property(instance, ({candidates, wanted}) => {
        const equal = wanted.map(() => ({records: 1, weight: 1}));
        const all = met(candidates, equal, [...candidates.keys()]);
        const fewest = [...candidates.keys(), candidates.length].find(
          size => best(candidates, equal, size) === all,
        )!;
        const picks = cover(candidates, equal, candidates.length);
        expect(met(candidates, equal, chosen(picks))).toBe(all);
        expect(picks.length).toBeLessThanOrEqual(fewest * (1 + Math.log(Math.max(1, all))));
      }),
      {numRuns: 300, seed: 3},
    );
  });
});
