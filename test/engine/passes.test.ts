import {beforeEach, expect, test} from 'vitest';
import {mergeStates} from '../../src/engine/corpus-rules.js';
import {scan} from '../../src/engine/scan.js';
import {openInputs} from '../../src/run/inputs.js';
import probe, {calls, forget} from './probe.mjs';
import {checkIn, folder, jsonl, load, type Row, type Setup} from './rounds.js';

beforeEach(forget);

/** Words that no two records share. */
const text = (id: number) => `r${id}a r${id}b r${id}c r${id}d r${id}e r${id}f r${id}g r${id}h`;

/** Scans a folder in chunks of a few bytes, in this thread. */
async function scanIn(cwd: string, setup: Setup, chunkBytes: number) {
  const {config, registry} = await load(cwd, setup);
  const opened = await openInputs(['.'], {cwd, root: cwd, ignore: []});
  const {inputs} = opened;
  return scan({config, registry, inputs, references: [], cwd, threads: 0, chunkBytes});
}

/** Five records: bit 1 accepted, 2 quarantined by the score, 4 flagged, 8 both, 16 a repeat of 1. */
const viewed: Row[] = [
  {id: 'good', text: text(1), bit: 1, score: 1},
  {id: 'low', text: text(2), bit: 2, score: 0},
  {id: 'flagged', text: text(3), bit: 4, score: 1, flag: 'x'},
  {id: 'both', text: text(4), bit: 8, score: 0, flag: 'x'},
  {id: 'repeat', text: text(1), bit: 16, score: 1},
];
const views: Setup = {rules: {'probe/bits': 'warn'}, gates: {'probe/score': 'on'}};

test.each([1, 200, 1 << 20])(
  'every view holds exactly its records, in chunks of %i bytes',
  async chunkBytes => {
    const files = {'a.jsonl': viewed.slice(0, 2), 'b.jsonl': `\n{broken\n${jsonl(viewed.slice(2))}`};
    const {measures} = await scanIn(folder(files), views, chunkBytes);
    const bits = Object.entries(measures)
      .filter(([name]) => name.startsWith('probe.bits'))
      .map(([name, {view, value}]) => [name, view, value]);
    expect(bits).toEqual([
      ['probe.bits', 'all', 31],
      ['probe.bits@accepted', 'accepted', 1],
      ['probe.bits@gate:probe/score', 'gate:probe/score', 1 + 4 + 16],
      ['probe.bits@gate:findings', 'gate:findings', 1 + 2],
    ]);
    expect(measures['probe.seen@gate:findings']).toMatchObject({value: 2});
  },
);

test.each([1, 1 << 20])(
  'a view that is measured by what it leaves out gives the same, in chunks of %i bytes',
  async chunkBytes => {
    const rows = Array.from({length: 40}, (_, at) => ({
      id: `r${at}`,
      text: text(at % 37),
      bit: at,
      score: at % 9 === 4 ? 0 : 1,
      ...(at % 13 === 5 && {flag: 'x'}),
    }));
    const files = {'a.jsonl': `{broken\n${jsonl(rows.slice(0, 20))}`, 'b.jsonl': rows.slice(20)};
    // Rules that compare take views of their own.
    const compare = {'tail/*': 'off', 'selection/*': 'off'} as const;
    const rules = {...views.rules, ...compare, 'probe/rests': 'warn'} as const;
    const setup = {...views, rules} satisfies Setup;
    const {measures, tally} = await scanIn(folder(files), setup, chunkBytes);
    expect(tally.totals.accepted).toBeLessThan(35);
    for (const view of ['', '@accepted', '@gate:probe/score', '@gate:findings']) {
      expect(measures[`probe.rests${view}`]!.value, view).toBe(measures[`probe.bits${view}`]!.value);
    }
    // Every record once, and once more for each view that leaves it out.
    expect(calls.rests.length).toBeLessThan(40 + 20);
    expect(calls.observed.length).toBeGreaterThan(40 + 3 * 30);
  },
);

test('a plugin that is at hand as an object works whatever the number of threads', async () => {
  const {report} = await checkIn(folder({'a.jsonl': viewed}), views, ['.'], {concurrency: 2});
  expect(report.measures['probe.bits@accepted']).toMatchObject({value: 1});
  expect(report.counts['probe/flags']).toMatchObject({findings: 2});
});

test('views that hold all records need no second pass', async () => {
  const {report} = await checkIn(folder({'a.jsonl': [viewed[0]!]}), views);
  expect(calls.observed).toEqual(['good']);
  const values = Object.entries(report.measures).filter(([name]) => name.startsWith('probe.bits'));
  expect(values.map(([, {value}]) => value)).toEqual([1, 1, 1, 1]);
});

test('a gate that is off lets everything through', async () => {
  const {report} = await checkIn(folder({'a.jsonl': viewed}), {rules: {'probe/bits': 'warn'}});
  expect(report.measures['probe.bits@gate:probe/score']).toMatchObject({value: 31});
});

test('a corpus rule does not see records for which an override switches it off', async () => {
  const off: Setup = {...views, overrides: [{where: {id: ['low', 'repeat']}, rules: {'probe/bits': 'off'}}]};
  const {report} = await checkIn(folder({'a.jsonl': viewed}), off);
  expect(report.measures['probe.bits']).toMatchObject({value: 31 - 2 - 16});
  const on: Setup = {overrides: [{where: {id: ['low', 'repeat']}, rules: {'probe/bits': 'warn'}}]};
  const some = await checkIn(folder({'a.jsonl': viewed}), on);
  expect(some.report.measures['probe.bits']).toMatchObject({value: 2 + 16});
});

test('a reference gives its value beside that of the round', async () => {
  const root = folder({'round.jsonl': viewed, 'trusted.jsonl': [{text: text(9), bit: 64}]});
  const references: Setup['references'] = [{path: 'trusted.jsonl', role: 'trusted'}];
  const {report} = await checkIn(root, {...views, references}, ['round.jsonl']);
  expect(report.measures['probe.bits@accepted']).toEqual({view: 'accepted', value: 1, reference: 64});
});

test('summaries give the same in any order and grouping', async () => {
  const rule = probe.rules.find(({id}) => id === 'probe/bits') as never;
  const encode = (bits: number) => new TextEncoder().encode(JSON.stringify({bits, seen: 1}));
  const parts = [1, 2, 4, 8].map(encode);
  const whole = mergeStates(rule, parts);
  expect(mergeStates(rule, parts.toReversed())).toEqual(whole);
  expect(mergeStates(rule, [])).toEqual({bits: 0, seen: 0});
  const left = new TextEncoder().encode(JSON.stringify(mergeStates(rule, parts.slice(0, 3))));
  expect(mergeStates(rule, [parts[3]!, left])).toEqual(whole);
});

const grouped: Row[] = Array.from({length: 12}, (_, id) => ({
  id: `r${id}`,
  text: text(id),
  ...(id % 3 !== 2 && {group: `g${id % 3}`}),
}));

test.each([1, 1 << 20])(
  'a group has its members of all files, in order, in chunks of %i bytes',
  async chunkBytes => {
    const files = {'a.jsonl': grouped.slice(0, 5), 'b.jsonl': `{broken\n${jsonl(grouped.slice(5))}`};
    const root = folder(files);
    const {tally} = await scanIn(root, {rules: {'probe/groups': 'warn'}}, chunkBytes);
    expect(
      tally.findings
        .filter(({rule}) => rule === 'probe/groups')
        .map(({message, record}) => [record.id, message]),
    ).toEqual([
      ['r0', 'members: r0 r3 r6 r9'],
      ['r1', 'members: r1 r4 r7 r10'],
    ]);
    expect(tally.totals).toMatchObject({records: 13, malformed: 1});
  },
);

test('a group over the limit is cut to its first members, and the report says so', async () => {
  const rows = Array.from({length: 7}, (_, id) => ({id: `r${id}`, text: text(id), group: 'g'}));
  const {rows: judged, report} = await checkIn(folder({'a.jsonl': rows}), {rules: {'probe/groups': 'warn'}});
  expect(judged[0]!.findings.map(({message}) => message)).toEqual([
    'Only the first 5 of the 7 records of this group were looked at',
    'members: r0 r1 r2 r3 r4',
  ]);
  expect(judged.map(({signals}) => signals['probe.members'])).toEqual([5, 5, 5, 5, 5, undefined, undefined]);
  expect(report.counts['probe/groups']).toMatchObject({findings: 2, records: 1});
});

test('findings of a group rule have the level that holds for their record', async () => {
  const rows: Row[] = [
    {id: 'a', text: text(1), group: 'g1'},
    {id: 'b', text: text(2), group: 'g1'},
    {id: 'c', text: text(3), group: 'g2'},
    {id: 'd', text: text(4), group: 'g2'},
  ];
  const {report} = await checkIn(folder({'a.jsonl': rows}), {
    rules: {'probe/groups': 'warn'},
    overrides: [
      {where: {id: 'b'}, rules: {'probe/groups': 'off'}},
      {where: {id: 'c'}, rules: {'probe/groups': 'error'}},
    ],
  });
  const groups = report.findings.filter(({rule}) => rule === 'probe/groups');
  expect(groups.map(({level, message}) => [level, message])).toEqual([
    ['warn', 'members: a'],
    ['error', 'members: c d'],
  ]);
  expect(report.totals.rejected).toBe(1);
});

test('a group rule that only an override switches on sees those records', async () => {
  const {report} = await checkIn(folder({'a.jsonl': grouped}), {
    overrides: [{where: {group: 'g1'}, rules: {'probe/groups': 'error'}}],
  });
  expect(report.findings.map(({message}) => message)).toEqual(['members: r1 r4 r7 r10']);
});

test('ids and texts that break lines elsewhere survive the group pass', async () => {
  const odd = ['a\u2028b', 'c\u2029d', 'e\u0085f', 'g\nh', 'i\r\nj', '\ud800', '__proto__'];
  const rows = odd.map((id, at) => ({id, text: text(at), group: `g${at}`, flag: id}));
  const {rows: judged, report} = await checkIn(folder({'a.jsonl': rows}), {rules: {'probe/flags': 'warn'}});
  expect(judged.map(({evidence}) => evidence.id)).toEqual(odd);
  const inGroups = await checkIn(folder({'a.jsonl': rows}), {
    rules: {'probe/flags': 'warn', 'probe/groups': 'warn'},
  });
  expect(inGroups.rows.map(({evidence}) => evidence.id)).toEqual(odd);
  expect(inGroups.report.totals).toEqual(report.totals);
});

test('providers work in their batches, before the rules, and features are computed once', async () => {
  const rows = Array.from({length: 8}, (_, id) => ({id: `r${id}`, text: text(id)}));
  const {rows: judged} = await checkIn(folder({'a.jsonl': rows}), {rules: {'probe/features': 'warn'}});
  expect(calls.batches).toEqual([
    ['r0', 'r1', 'r2'],
    ['r3', 'r4', 'r5'],
    ['r6', 'r7'],
  ]);
  expect(calls.features).toEqual(rows.map(({id}) => id));
  expect(judged[7]!.findings[0]!.message).toBe(`shout ${text(7).toUpperCase()}, size ${text(7).length}`);
});
