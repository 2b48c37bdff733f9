import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Decision} from '../../src/decisions/decision.js';
import {settle} from '../../src/decisions/settled.js';
import {groupOf} from '../../src/review/order.js';
import {type Action, reduce} from '../../src/review/reduce.js';
import {
  clusterOf,
  currentCase,
  type Entry,
  type Mark,
  type State,
  startState,
} from '../../src/review/state.js';
import {someCases} from './cases.js';

const cases = someCases(23);

const verb = fc.constantFrom('accept' as const, 'reject' as const, 'waive' as const);
const action: fc.Arbitrary<Action> = fc.oneof(
  {weight: 6, arbitrary: fc.record({type: fc.constant('decide' as const), verb, cluster: fc.boolean()})},
  {weight: 3, arbitrary: fc.constantFrom({type: 'undo' as const}, {type: 'confirm' as const})},
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      {type: 'type' as const, text: 'because'},
      {type: 'submit' as const},
      {type: 'escape' as const},
      {type: 'erase' as const},
      {type: 'filter' as const},
    ),
  },
  fc.record({type: fc.constant('move' as const), by: fc.integer({min: -5, max: 5})}),
  fc.constantFrom(
    {type: 'first' as const},
    {type: 'last' as const},
    {type: 'skip' as const},
    {type: 'same' as const},
    {type: 'group' as const},
    {type: 'sort' as const},
    {type: 'help' as const},
  ),
);

function play(actions: readonly Action[], start = startState(cases)): {state: State; written: Entry[]} {
  let state = start;
  const written: Entry[] = [];
  for (const each of actions) {
    state = reduce(state, each);
    written.push(...state.fresh);
  }
  return {state, written};
}

/** What somebody else makes of the written entries. */
function marksOf(written: readonly Entry[]): Map<string, Mark> {
  const decisions = written.map(
    ({index, verb: decision, rule, reason}, second): Decision => ({
      when: new Date(second * 1000).toISOString(),
      who: 'mira',
      decision,
      rule,
      hash: cases[index]!.hash,
      record: 'somewhere',
      tool: 'test',
      ...(reason && {reason}),
    }),
  );
  const marks = new Map<string, Mark>();
  for (const [hash, {verdict, waived, conflict}] of settle(decisions)) {
    expect(conflict).toEqual([]);
    const [waiver, ...more] = waived.values();
    // One word a record: a verdict takes the place of a waiver, and the other way round.
    expect(more).toEqual([]);
    expect(verdict === undefined || waiver === undefined).toBe(true);
    if (verdict) marks.set(hash, {verb: verdict.decision, rule: verdict.rule});
    if (waiver) marks.set(hash, {verb: 'waive', rule: waiver.rule, reason: waiver.reason!});
  }
  return marks;
}

describe('no sequence of keys', () => {
  test('loses a decision: what was written settles to what is shown', () => {
    fc.assert(
      fc.property(fc.array(action, {maxLength: 60}), actions => {
        const {state, written} = play(actions);
        expect(marksOf(written)).toEqual(new Map(state.marks));
      }),
      {numRuns: 300},
    );
  });

  test('leads away from the list: the cursor is on a case, and every case is listed once', () => {
    fc.assert(
      fc.property(fc.array(action, {maxLength: 40}), actions => {
        const {state} = play(actions);
        expect(new Set(state.view).size).toBe(state.view.length);
        if (state.filter === '') expect(state.view.length).toBe(cases.length);
        expect(currentCase(state) === undefined).toBe(state.view.length === 0);
      }),
    );
  });

  test('tells a blind reviewer what was found, or writes it down', () => {
    fc.assert(
      fc.property(fc.array(action, {maxLength: 40}), actions => {
        const {state, written} = play(actions, startState(cases, {blind: true}));
        expect(written.every(({rule}) => rule === '*')).toBe(true);
        expect(state.view).toEqual(cases.map((_, index) => index));
        // The same keys on records about which nothing was said do the same.
        const silent = cases.map(one => ({
          ...one,
          rules: [],
          verdict: 'accept' as const,
          message: '',
          cluster: one.row,
        }));
        const other = play(actions, startState(silent, {blind: true}));
        expect([other.written, other.state.notice]).toEqual([written, state.notice]);
      }),
    );
  });
});

test('undo is the inverse of a decision, of one record or of a cluster', () => {
  const decision = fc.record({verb, cluster: fc.boolean()});
  fc.assert(
    fc.property(fc.array(action, {maxLength: 30}), decision, (actions, {verb: said, cluster}) => {
      const before = reduce(play(actions).state, {type: 'escape'});
      let after = reduce(before, {type: 'decide', verb: said, cluster});
      if (after.mode.kind === 'confirm') after = reduce(after, {type: 'confirm'});
      if (after.mode.kind === 'reason') {
        after = reduce(reduce(after, {type: 'type', text: 'why not'}), {type: 'submit'});
      }
      fc.pre(after.steps !== before.steps);
      const undone = reduce(after, {type: 'undo'});
      expect(undone.marks).toEqual(before.marks);
      expect(undone.steps).toBe(before.steps);
      expect(undone.view[undone.cursor]).toBe(cluster ? clusterOf(before)[0] : before.view[before.cursor]);
    }),
  );
});

test('a cluster is decided after it was said how many records it has', () => {
  const asked = reduce(startState(cases), {type: 'decide', verb: 'reject', cluster: true});
  expect(asked.fresh).toEqual([]);
  expect(asked.mode).toMatchObject({kind: 'confirm', targets: [0, 1, 2]});
  expect(reduce(asked, {type: 'escape'}).marks.size).toBe(0);
  const done = reduce(asked, {type: 'confirm'});
  expect(done.fresh.map(({index, verb: said}) => [index, said])).toEqual([
    [0, 'reject'],
    [1, 'reject'],
    [2, 'reject'],
  ]);
});

test('a waiver needs a reason', () => {
  const asked = reduce(startState(cases), {type: 'decide', verb: 'waive'});
  const empty = reduce(reduce(asked, {type: 'type', text: '  '}), {type: 'submit'});
  expect(empty.mode.kind).toBe('reason');
  expect(empty.notice).toContain('needs a reason');
  expect(reduce(empty, {type: 'escape'}).fresh).toEqual([]);
});

test('groups stand together, the largest first, whatever the sorting', () => {
  let state = startState(cases);
  for (let turn = 0; turn < 12; turn++) {
    state = reduce(state, {type: turn % 3 === 0 ? 'group' : 'sort'});
    const groups = state.view.map(index => groupOf(cases[index]!, state.grouping));
    const begins = groups.filter((group, at) => group !== groups[at - 1]);
    expect(new Set(begins).size).toBe(begins.length);
    const sizes = begins.map(group => groups.filter(other => other === group).length);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  }
});

test('a filter keeps what holds all its words, and Esc brings the rest back', () => {
  const typed = ['SYNTHETIC', ' c.jsonl'].reduce(
    (state, text) => reduce(state, {type: 'type', text}),
    reduce(startState(cases), {type: 'filter'}),
  );
  const listed = typed.view.map(index => cases[index]!);
  expect(listed.length).toBeGreaterThan(0);
  expect(listed.every(one => one.rules[0] === 'synthetic/style' && one.path === 'data/c.jsonl')).toBe(true);
  expect(reduce(typed, {type: 'submit'}).view).toEqual(typed.view);
  expect(reduce(typed, {type: 'escape'}).view.length).toBe(cases.length);
});
