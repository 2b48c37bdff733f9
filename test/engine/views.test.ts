import fc from 'fast-check';
import {expect, test} from 'vitest';
import {createRows, rowVerdicts} from '../../src/engine/rows.js';
import type {Run} from '../../src/engine/scan.js';
import {createPatterns, selects} from '../../src/engine/views.js';

const gates = ['one', 'two'];
const views = ['gate:one', 'accepted', 'distinct', 'kept', 'kept:one', 'kept:two'];

const judged = fc.record({
  verdict: fc.constantFrom(...rowVerdicts),
  duplicate: fc.boolean(),
  failed: fc.integer({min: 0, max: 3}),
});

function judgedRows(list: readonly (typeof judged extends fc.Arbitrary<infer Row> ? Row : never)[]) {
  const rows = createRows();
  for (const [row, {verdict, duplicate, failed}] of list.entries()) {
    rows.setVerdict(row, verdict);
    rows.setFailed(row, failed);
    if (duplicate) rows.setDuplicate(row);
  }
  const judge = {gates: gates.map(id => ({gate: {id}}))} as unknown as Run['judge'];
  return {rows, judge};
}

test('patterns tell which rows each view leaves out, and which views hold the same', () => {
  fc.assert(
    fc.property(fc.array(judged, {maxLength: 12}), list => {
      const run = judgedRows(list);
      const patterns = createPatterns(run, views);
      const byPattern = new Map<string, number[]>();
      for (const row of list.keys()) {
        const pattern = patterns.count(row);
        if (pattern !== undefined) byPattern.set(pattern, [...(byPattern.get(pattern) ?? []), row]);
      }
      const held = (view: string) => [...list.keys()].filter(row => selects(run, view, row));
      for (const view of views) {
        const left = held('all').filter(row => !selects(run, view, row));
        const told = patterns.leftOutOf(view).flatMap(pattern => byPattern.get(pattern)!);
        expect(told.sort((a, b) => a - b)).toEqual(left);
        expect(patterns.leftOut(view)).toBe(left.length);
        const first = ['all', ...views].find(other => held(other).join() === held(view).join());
        expect(patterns.same(view)).toBe(first);
      }
    }),
  );
});
