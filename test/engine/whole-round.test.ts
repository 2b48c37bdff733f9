import {expect, test} from 'vitest';
import {checkIn, folder, type Row, type Setup} from './rounds.js';

/** Words that no two records share. */
const text = (id: number) => `r${id}a r${id}b r${id}c r${id}d r${id}e r${id}f r${id}g r${id}h`;

/** Bit 1 accepted, 2 quarantined by the score, 4 flagged, 8 both, 16 a repeat of 1. */
const round: Row[] = [
  {id: 'good', text: text(1), bit: 1, score: 1},
  {id: 'low', text: text(2), bit: 2, score: 0},
  {id: 'flagged', text: text(3), bit: 4, score: 1, flag: 'x'},
  {id: 'both', text: text(4), bit: 8, score: 0, flag: 'x'},
  {id: 'repeat', text: text(1), bit: 16, score: 1},
];
const rules = {'probe/compares': 'warn', 'probe/observes': 'warn'} as const;
const setup: Setup = {rules, gates: {'probe/score': 'on'}};
const values = (measures: Readonly<Record<string, {readonly value: number}>>, ending: string) =>
  ['probe.before', 'probe.after', 'probe.seen-before', 'probe.seen-after'].map(
    name => measures[`${name}${ending}`]?.value,
  );

test.each([
  ['@accepted', 15, 1],
  ['@gate:probe/score', 15, 1 + 4],
  ['@gate:findings', 15, 1 + 2],
])('what the gates did is measured without duplicates: %s', async (ending, before, after) => {
  const {report} = await checkIn(folder({'a.jsonl': round}), setup);
  expect(values(report.measures, ending)).toEqual([before, after, before, after]);
});

test('where most records stay, what was left out is subtracted, and gives the same', async () => {
  const more: Row[] = Array.from({length: 20}, (_, at) => ({
    id: `m${at}`,
    text: text(100 + at),
    bit: 2 ** (at + 5),
    score: 1,
  }));
  const rest = 2 ** 25 - 32;
  const {report} = await checkIn(folder({'a.jsonl': [...round, ...more]}), setup);
  expect(values(report.measures, '@accepted')).toEqual([rest + 15, rest + 1, rest + 15, rest + 1]);
  expect(values(report.measures, '@gate:findings')).toEqual([rest + 15, rest + 3, rest + 15, rest + 3]);
});

test('gates that removed nothing but duplicates have done nothing', async () => {
  const {report} = await checkIn(folder({'a.jsonl': [round[0]!, round[4]!]}), setup);
  expect(report.totals.rejected).toBe(1);
  expect(Object.keys(report.measures).filter(name => name.startsWith('probe.'))).toEqual([]);
});

test('what a corpus rule reports and lists is in the report, by view, and counted', async () => {
  const {report} = await checkIn(folder({'a.jsonl': round}), setup);
  expect(report.roundFindings).toEqual([
    {rule: 'probe/compares', level: 'warn', view: 'all', message: 'the bits of all are 31'},
    {rule: 'probe/compares', level: 'warn', view: 'accepted', message: 'the bits of accepted are 1'},
  ]);
  expect(report.counts['probe/compares']).toEqual({findings: 2, records: 0, errors: 0, warnings: 2});
  expect(
    report.tables
      ?.filter(({rule}) => rule === 'probe/compares')
      .map(({title, view, rows}) => [title, view, rows.length, rows[0]]),
  ).toEqual([
    ['Sum', 'all', 200, [31]],
    ['Sum', 'accepted', 200, [1]],
  ]);
});

test.each([0, 2])('a record rule reads the summary of the references, on %i threads', async concurrency => {
  const root = folder({
    'round.jsonl': round,
    'a.jsonl': [{text: text(9), bit: 64}],
    'b.jsonl': [{text: text(8), bit: 128}],
  });
  const trusted: Setup = {
    rules: {...rules, 'probe/reads': 'warn'},
    references: [
      {path: 'a.jsonl', role: 'trusted'},
      {path: 'b.jsonl', role: 'trusted'},
    ],
  };
  const {report} = await checkIn(root, trusted, ['round.jsonl'], {concurrency});
  const said = report.findings.filter(({rule}) => rule === 'probe/reads').map(({message}) => message);
  expect(said).toEqual(Array.from({length: 5}, () => 'the references hold 192'));
  const without = await checkIn(folder({'round.jsonl': round}), {rules: {'probe/reads': 'warn'}});
  expect(without.report.findings.map(({message}) => message)).toContain('the references hold nothing');
});

test('a record rule cannot read what it does not name', async () => {
  const rows = [{text: text(1), read: 'probe/bits'}];
  await expect(checkIn(folder({'a.jsonl': rows}), {rules: {'probe/reads': 'warn'}})).rejects.toThrow(
    /probe\/bits.*reads/,
  );
});
