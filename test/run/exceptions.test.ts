import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {appendDecisions} from '../../src/decisions/file.js';
import {renderJson} from '../../src/report/json.js';
import {renderJsonl} from '../../src/report/jsonl.js';
import {renderStylish} from '../../src/report/stylish.js';
import {filter} from '../../src/run/filter.js';
import {rejudge} from '../../src/run/rejudge.js';
import {checkIn, folder, load, put, verdicts} from '../engine/rounds.js';

const light = 'The light on the eastern rock is lit an hour before the sun goes down.';
const ferry = 'A ferry takes the mail across on Tuesdays, when the tide lets it.';
const storm = 'In the storm of that winter the boats stayed in for nineteen days.';
const on = {gates: {duplication: 'off'}} as const;
const row = (id: string, text: string) => ({id, text});
const first = [row('a', light), row('b', light), row('c', ferry)];

test('a baseline: known findings do not count, also when rows are inserted and moved; a new one does', async () => {
  const root = folder({'x.jsonl': first});
  const before = await checkIn(root, on);
  expect(before.report.counts['duplicate/exact']!.findings).toBe(1);
  writeFileSync(join(root, 'base.json'), renderJson(before.report));
  writeFileSync(join(root, 'lines.json'), renderJsonl(before.report));
  await filter(await load(root, on), ['x.jsonl'], {cwd: root, concurrency: 0, cache: false, out: 'run'});
  put(root, {
    'x.jsonl': [row('n', storm), row('a', light)],
    'y.jsonl': [row('c', ferry), row('b', light), row('d', ferry)],
  });
  for (const baseline of ['base.json', 'lines.json', 'run']) {
    const {report, rows} = await checkIn(root, on, ['x.jsonl', 'y.jsonl'], {baseline});
    expect(
      report.findings.map(({record}) => record.id),
      baseline,
    ).toEqual(['d']);
    expect(verdicts(rows)).toEqual({accept: ['n', 'a', 'c', 'b'], reject: ['d']});
    expect(report.exceptions).toEqual([
      {kind: 'baseline', from: baseline, rule: '*', used: 1, state: 'used'},
    ]);
  }
});

test('a baseline counts: of two findings on the same content one more is new; what is gone is said', async () => {
  const root = folder({'x.jsonl': [row('a', light), row('a', light)]});
  writeFileSync(join(root, 'base.json'), renderJson((await checkIn(root, on)).report));
  put(root, {'x.jsonl': [row('a', light), row('a', light), row('a', light)]});
  expect((await checkIn(root, on, ['x.jsonl'], {baseline: 'base.json'})).report.findings).toHaveLength(1);
  put(root, {'x.jsonl': [row('a', light)]});
  const {report} = await checkIn(root, on, ['x.jsonl'], {baseline: 'base.json'});
  expect(report.exceptions).toMatchObject([{used: 0, state: 'unused'}]);
});

test.each([
  ['gone.json', 'there is no such file'],
  ['x.jsonl', 'it is no report'],
  ['.', 'it is a folder without evidence.jsonl'],
])('%s is no baseline', async (baseline, why) => {
  const root = folder({'x.jsonl': first});
  await expect(checkIn(root, on, ['x.jsonl'], {baseline})).rejects.toThrow(
    `Cannot use the baseline \`${baseline}\`: ${why}`,
  );
});

test('waivers: by file and record, with an end; unused and expired ones are reported', async () => {
  const root = folder({'t/x.jsonl': first, 'y.jsonl': [row('e', storm), row('f', storm)]});
  const waivers = [
    {rule: 'duplicate/*', files: 't/**', reason: 'Templates.', until: '2026-12-31'},
    {rule: 'duplicate/exact', records: 'f', reason: 'Looked at.', until: '2026-06-30'},
    {rule: 'duplicate/near', records: ['zzz'], reason: 'Was there once.'},
  ];
  const {report} = await checkIn(root, {...on, waivers}, ['.'], {today: '2026-07-01'});
  expect(report.findings.map(({record}) => record.id)).toEqual(['f']);
  expect(report.exceptions!.map(({used, state}) => [used, state])).toEqual([
    [1, 'used'],
    [0, 'expired'],
    [0, 'unused'],
  ]);
  const last = await checkIn(root, {...on, waivers}, ['.'], {today: '2026-06-30'});
  expect(last.report.findings).toEqual([]);
  const none = new Map<string, never>();
  const said = renderStylish(report, {color: false, width: 100, rules: none, gates: none});
  expect(said).toContain('Not counted: 1 finding by waivers.');
  expect(said).toContain(
    'the waiver of duplicate/exact (Looked at.) ended with 2026-06-30. Look again, or remove it.',
  );
  expect(said).toContain('the waiver of duplicate/near (Was there once.) waives nothing. Remove it.');
});

test.each([
  [{rule: 'duplicate/exact', files: 'a'}, '`waivers[0]` has no `reason`'],
  [{rule: 'duplicate/exact', reason: 'x'}, '`waivers[0]` must have `files` or `records`'],
  [{rule: 'duplicate/exakt', files: 'a', reason: 'x'}, 'Did you mean `duplicate/exact`?'],
  [{rule: '*', files: 'a', reason: 'x', until: '2026-02-30'}, '`2026-02-30` is no day'],
])('%j is no waiver', async (waiver, problem) => {
  await expect(load(folder(), {waivers: [waiver]})).rejects.toThrow(problem);
});

test('decisions of reviewers: waive, reject, accept; disagreement changes nothing', async () => {
  const root = folder({'x.jsonl': [...first, row('d', ferry), row('e', storm), row('f', storm)]});
  const {rows} = await checkIn(root, on);
  const hashes = new Map(rows.map(({evidence: {id, hash}}) => [id, hash]));
  const decide = (
    id: string,
    decision: 'waive' | 'accept' | 'reject',
    who: string,
    rule = 'duplicate/exact',
  ) =>
    appendDecisions(join(root, '.collapse/decisions.jsonl'), [
      {
        when: '2026-01-01T00:00:00.000Z',
        who,
        decision,
        rule,
        hash: hashes.get(id)!,
        record: `x.jsonl:${id}`,
        reason: 'Seen.',
        tool: 't',
      },
    ]);
  decide('b', 'waive', 'aune');
  decide('d', 'accept', 'aune');
  decide('a', 'reject', 'aune', '*');
  decide('f', 'accept', 'aune');
  decide('f', 'reject', 'bo');
  const after = await checkIn(root, on);
  // `a` is out, so `b` would be the first of its text; its finding is waived in any case.
  expect(verdicts(after.rows)).toEqual({reject: ['a', 'f'], accept: ['b', 'c', 'd', 'e']});
  expect(
    after.report.exceptions!.map(({kind, from, used, state}) => [kind, from, used, state]),
  ).toContainEqual(['decision', 'aune, bo', 0, 'conflict']);
  // Every format lists findings: whoever reads only those must see it too.
  expect(after.report.findings.filter(({rule}) => rule === 'gate/decision')).toMatchObject([
    {level: 'error', record: {id: 'a'}, message: 'aune rejected it: Seen.'},
    {
      level: 'warn',
      record: {id: 'f'},
      message:
        "Reviewers disagree, so nobody's word holds: aune said accept, bo said reject. Talk, and decide again",
    },
  ]);
  expect(after.rows[0]!.verdict.reasons.at(-1)!.message).toBe('aune rejected it: Seen.');
  // Without a listener for rows, the same.
  const loaded = await load(root, on);
  const run = {cwd: root, concurrency: 0, cache: false} as const;
  const {report} = await filter(loaded, ['x.jsonl'], {...run, out: 'run'});
  expect(report).toEqual(after.report);
  expect((await rejudge(join(root, 'run'), loaded)).report.totals).toEqual(report.totals);
});

test('.collapseignore: written as .gitignore is', async () => {
  const root = folder({
    'x.jsonl': first,
    'old/y.jsonl': [row('y', storm)],
    'a/tmp.jsonl': [row('z', storm)],
    '.collapseignore': '# not data\nold/\ntmp.jsonl\n',
  });
  const {report} = await checkIn(root, on);
  expect(report.inputs.map(({path}) => path)).toEqual(['x.jsonl']);
  put(root, {'.collapseignore': '!x\n'});
  await expect(load(root)).rejects.toThrow('.collapseignore:1:1');
});
