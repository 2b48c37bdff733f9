import {describe, expect, test} from 'vitest';
import {blindSample} from '../../src/review/sample.js';
import {type Reviewed, ruleStats} from '../../src/review/stats.js';
import type {PlacedLine} from '../../src/run/evidence-index.js';
import type {EvidenceLine} from '../../src/run/sidecar.js';

function reviewed(over: Partial<Reviewed>): Reviewed {
  return {rules: ['r/one'], flagged: true, bad: true, waived: [], blind: false, scores: {}, ...over};
}

describe('precision', () => {
  test('counts rejected reports as right, accepted and waived ones as wrong', () => {
    const all = [
      ...Array.from({length: 8}, () => reviewed({})),
      reviewed({bad: false}),
      reviewed({waived: ['r/one']}),
      reviewed({rules: ['r/two'], bad: false}),
    ];
    const [worst, other] = ruleStats(all, {flagged: 20, others: 80});
    expect(worst).toMatchObject({rule: 'r/two', reviewed: 1, right: 0});
    expect(other).toMatchObject({rule: 'r/one', reviewed: 10, right: 8});
    // Wilson's interval of 8 of 10, from a table.
    expect(other!.precision[0]).toBeCloseTo(0.4902, 3);
    expect(other!.precision[1]).toBeCloseTo(0.9433, 3);
    expect(other!.recall).toBeUndefined();
  });

  test('a threshold is the lowest score from which on 95 of 100 are right, ties taken together', () => {
    const all = Array.from({length: 60}, (_, at) => {
      const score = at < 20 ? 0.5 : at < 40 ? 0.8 : 0.9;
      return reviewed({bad: score > 0.5 || at % 2 === 0, scores: {'r/one': score}});
    });
    expect(ruleStats(all, {flagged: 60, others: 0})[0]!.threshold).toEqual({score: 0.8, kept: 40});
    const few = all.slice(40, 45);
    expect(ruleStats(few, {flagged: 5, others: 0})[0]!.threshold).toBeUndefined();
  });
});

test('recall weighs flagged and other records by how many there are', () => {
  const sample = [
    ...Array.from({length: 20}, (_, at) => reviewed({blind: true, bad: at < 10})),
    ...Array.from({length: 20}, (_, at) => reviewed({blind: true, rules: [], flagged: false, bad: at < 1})),
  ];
  // 100 flagged, half of them bad: 50. Of 1,000 others a twentieth: 50 were missed.
  const [stats] = ruleStats(sample, {flagged: 100, others: 1000});
  expect(stats!.recall!.value).toBeCloseTo(0.5, 10);
  const {interval} = stats!.recall!;
  expect(interval[0]).toBeLessThan(0.5);
  expect(interval[1]).toBeGreaterThan(0.5);
});

test('the interval of recall holds what it promises in simulated reviews', () => {
  // Truth: 300 flagged of which 60 % are bad, 3,000 others of which 2 % are: recall 180 / 240 = 0.75.
  let seed = 7;
  const random = () => {
    seed = (Math.imul(seed, 48271) >>> 0) % 2147483647;
    return seed / 2147483647;
  };
  let held = 0;
  const rounds = 200;
  for (let round = 0; round < rounds; round++) {
    const sample = [
      ...Array.from({length: 60}, () => reviewed({blind: true, bad: random() < 0.6})),
      ...Array.from({length: 60}, () =>
        reviewed({blind: true, rules: [], flagged: false, bad: random() < 0.02}),
      ),
    ];
    const [low, high] = ruleStats(sample, {flagged: 300, others: 3000})[0]!.recall!.interval;
    if (low <= 0.75 && 0.75 <= high) held++;
  }
  expect(held / rounds).toBeGreaterThan(0.9);
});

describe('a blind sample', () => {
  const lines = Array.from({length: 200}, (_, row) => ({
    line: {
      row,
      hash: (row * 7919).toString(16).padStart(32, '0'),
      verdict: row % 10 === 0 ? 'reject' : 'accept',
      findings: [],
      reasons: row % 10 === 0 ? [{gate: 'findings'}] : [],
    } as unknown as EvidenceLine,
    at: [0, 0] as const,
  }));
  async function* stream(all: readonly PlacedLine[]) {
    yield* all;
  }

  test('is half flagged and half not, and the same in any order', async () => {
    const {rows} = await blindSample(stream(lines), 20, 'a');
    expect(rows.size).toBe(20);
    expect([...rows].filter(row => row % 10 === 0).length).toBe(10);
    const again = await blindSample(stream([...lines].reverse()), 20, 'a');
    expect([...again.rows].sort()).toEqual([...rows].sort());
    const other = await blindSample(stream(lines), 20, 'b');
    expect([...other.rows].sort()).not.toEqual([...rows].sort());
  });

  test('takes more of one kind where there are too few of the other', async () => {
    const {rows} = await blindSample(stream(lines), 100, 'a');
    expect(rows.size).toBe(100);
    expect([...rows].filter(row => row % 10 === 0).length).toBe(20);
    expect((await blindSample(stream(lines), 500, 'a')).rows.size).toBe(200);
  });
});
