import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
  addCounts,
  countRecord,
  decodeCounts,
  emptyCounts,
  encodeCounts,
} from '../../../rules/selection/counts.js';
import keepRate from '../../../rules/selection/keep-rate.js';
import {keepRatio, leastRatio, zOfMany} from '../../../rules/statistics/keep-rates.js';
import {purityOf} from '../../../rules/statistics/purity.js';
import {ratioOfShares} from '../../../rules/statistics/ratios.js';
import type {MeasureValue, RoundGate, Table} from '../../../src/api.js';
import purity from '../../../src/gates/purity.js';
import selectionBias from '../../../src/gates/selection-bias.js';
import {random} from '../tail/random.js';

type Row = readonly [source: string | undefined, label: unknown];

function countsOf(rows: readonly Row[]) {
  const counts = emptyCounts();
  for (const [source, label] of rows) countRecord(counts, source, label);
  return counts;
}

test('counts are a monoid to the bit, also of more sources than are kept', () => {
  const rows = fc.array(
    fc.tuple(fc.integer({min: 0, max: 300}).map(String), fc.constantFrom(true, false, 'yes')),
    {maxLength: 400},
  );
  const bytes = (counts: ReturnType<typeof countsOf>) => Buffer.from(encodeCounts(counts)).toString();
  fc.assert(
    fc.property(rows, rows, rows, (a, b, c) => {
      const whole = bytes(countsOf([...a, ...b, ...c]));
      const left = countsOf(a);
      addCounts(left, countsOf(b));
      addCounts(left, decodeCounts(encodeCounts(countsOf(c))));
      const right = countsOf(c);
      const rest = countsOf(b);
      addCounts(rest, countsOf(a));
      addCounts(right, rest);
      expect([bytes(left), bytes(right)]).toEqual([whole, whole]);
    }),
    {numRuns: 50},
  );
});

describe('ratios', () => {
  test('of shares hold 95 times of 100', () => {
    const next = random(4);
    const draw = (n: number, p: number) => {
      let count = 0;
      for (let at = 0; at < n; at++) if (next() < p) count++;
      return {count, total: n};
    };
    for (const [p, q, n, m] of [
      [0.2, 0.5, 60, 400],
      [0.05, 0.1, 100, 1000],
      [0.9, 0.9, 50, 500],
    ] as const) {
      let held = 0;
      for (let run = 0; run < 1000; run++) {
        const [low, high] = ratioOfShares(draw(n, p), draw(m, q));
        if (low <= p / q && p / q <= high) held++;
      }
      expect(held / 1000).toBeGreaterThan(0.93);
    }
  });

  test('of a group to all hold the group itself', () => {
    const {ratio, ratioInterval} = keepRatio({before: 100, after: 20}, {before: 1000, after: 500}, 1.96);
    expect(ratio).toBeCloseTo(0.4, 12);
    expect(ratioInterval[0]).toBeLessThan(0.4);
    expect(ratioInterval[1]).toBeGreaterThan(0.4);
    expect(keepRatio({before: 10, after: 5}, {before: 10, after: 5}, 1.96).ratioInterval).toEqual([1, 1]);
  });

  test('the least of many is called under its limit 5 times of 100 at most', () => {
    const next = random(5);
    let called = 0;
    for (let run = 0; run < 400; run++) {
      // Ten groups, one of them at just half of the mean rate: 0.25 of 0.5.
      const groups = Array.from({length: 10}, (_, group) => {
        const rate = group === 0 ? 0.25 : 0.5 + 0.25 / 9;
        let after = 0;
        for (let at = 0; at < 100; at++) if (next() < rate) after++;
        return {before: 100, after};
      });
      const all = {before: 1000, after: groups.reduce((sum, {after}) => sum + after, 0)};
      const worst = leastRatio(groups.map(group => keepRatio(group, all, zOfMany(10))))!;
      if (worst.interval[1] < 0.5) called++;
    }
    expect(called / 400).toBeLessThan(0.05);
  });
});

test('purity after a gate is p phi / (p phi + (1 - p) psi)', () => {
  fc.assert(
    fc.property(
      fc.tuple(
        fc.integer({min: 1, max: 500}),
        fc.integer({min: 1, max: 500}),
        fc.double({min: 0, max: 1, noNaN: true}),
        fc.double({min: 0, max: 1, noNaN: true}),
      ),
      ([right, wrong, keepRight, keepWrong]) => {
        const correct = {before: right, after: Math.round(keepRight * right)};
        const mistaken = {before: wrong, after: Math.round(keepWrong * wrong)};
        fc.pre(correct.after + mistaken.after > 0);
        const {phi, psi, before: p, after} = purityOf(correct, mistaken)!;
        expect(after.value).toBeCloseTo((p * phi.value) / (p * phi.value + (1 - p) * psi.value), 10);
        expect(Math.sign(after.value - p)).toBe(Math.sign(Math.round(1e9 * (phi.value - psi.value))));
        expect(after.interval[0]).toBeLessThanOrEqual(after.value + 1e-12);
        expect(after.interval[1]).toBeGreaterThanOrEqual(after.value - 1e-12);
      },
    ),
  );
  expect(purityOf({before: 0, after: 0}, {before: 5, after: 5})).toBeUndefined();
});

describe('selection/keep-rate', () => {
  const compare = (before: readonly Row[], after: readonly Row[], gate?: string) => {
    const tables: Table[] = [];
    const reports: unknown[] = [];
    const measures = keepRate.compare!(
      {before: countsOf(before), after: countsOf(after), gate, reference: undefined},
      {
        options: {records: 50, label: 'correct'} as never,
        view: 'accepted',
        report: (finding: unknown) => reports.push(finding),
        table: (table: Table) => tables.push(table),
      } as never,
    );
    return {measures, tables, reports};
  };

  test('says what was kept of each source, the least first, and of correct and wrong records', () => {
    const rows = Array.from({length: 400}, (_, at): Row => [at % 4 === 0 ? 'log' : 'web', at % 2 === 0]);
    const kept = rows.filter(([source], at) => (source === 'log' ? at % 16 === 0 : at % 8 !== 0));
    const {measures, tables} = compare(rows, kept);
    expect(measures['selection.kept']!.value).toBe(kept.length / 400);
    expect(measures['selection.worst-source']!.value).toBeCloseTo(0.25 / (kept.length / 400), 12);
    expect(tables[0]!.rows.map(([source]) => source)).toEqual(['log', 'web']);
  });

  test('reports a gate that keeps wrong records at a higher rate', () => {
    const rows = Array.from({length: 400}, (_, at): Row => ['web', at % 2 === 0]);
    const {reports, measures} = compare(
      rows,
      rows.filter(([, label], at) => label === false || at % 4 === 0),
      'judge',
    );
    expect(reports).toHaveLength(1);
    const gate = purity as RoundGate;
    const judged = (gain: MeasureValue) =>
      gate.judge({'selection.purity-gain@accepted': gain} as never, {} as never);
    expect(judged(measures['selection.purity-gain']!).status).toBe('fail');
    expect(judged({value: 0.1, interval: [-0.01, 0.2]}).status).toBe('pass');
  });
});

test.each([
  [
    'a topic surely under half',
    {'selection.worst-topic@accepted': {value: 0.3, interval: [0.2, 0.45]}},
    'fail',
  ],
  [
    'a topic perhaps under half',
    {'selection.worst-topic@accepted': {value: 0.3, interval: [0.2, 0.55]}},
    'pass',
  ],
  [
    'a sure drop of survival',
    {'tail.survival.change@accepted': {value: -0.09, interval: [-0.12, -0.06]}},
    'fail',
  ],
  ['a small drop', {'tail.survival.change@accepted': {value: -0.06, interval: [-0.09, -0.03]}}, 'pass'],
])('selection-bias: %s', (_, measures, status) => {
  const options = {ratio: 0.5, drop: 0.05};
  expect((selectionBias as RoundGate).judge(measures as never, options as never).status).toBe(status);
});
