import {expect, test} from 'vitest';
import {checkIn, folder, type Row, type Setup, verdicts} from './rounds.js';

/**
 * 24 words, and copies with some of them changed. One word changed leaves a similarity of 0.85, two leave
 * 0.72, three 0.61.
 */
const words =
  'each spring the river rises over the lower meadow and all cows are led up to the old orchard until it falls again'.split(
    ' ',
  );
function copy(...changed: number[]): string {
  return words.map((word, at) => (changed.includes(at) ? `changed${at}` : word)).join(' ');
}

const near: Setup['rules'] = {'duplicate/near': ['error', {threshold: 0.7}]};

async function judge(rows: readonly Row[], setup: Setup = {}, files: Record<string, readonly Row[]> = {}) {
  return checkIn(folder({'round.jsonl': rows, ...files}), setup, ['round.jsonl']);
}

test('the first of a neighbourhood stays', async () => {
  const {rows} = await judge([
    {id: 'a', text: copy()},
    {id: 'b', text: copy(3)},
    {id: 'c', text: copy(20)},
  ]);
  expect(verdicts(rows)).toEqual({accept: ['a'], reject: ['b', 'c']});
});

test('a record is a repeat of an earlier repeat too: c is like b, b is like a', async () => {
  const rows: Row[] = [
    {id: 'a', text: copy()},
    {id: 'b', text: copy(3, 12)},
    {id: 'c', text: copy(3, 12, 19, 8)},
  ];
  const alone = await judge([rows[0]!, rows[2]!], {rules: near});
  expect(verdicts(alone.rows)).toEqual({accept: ['a', 'c']});
  const chain = await judge(rows, {rules: near});
  expect(verdicts(chain.rows)).toEqual({accept: ['a'], reject: ['b', 'c']});
  expect(chain.rows[2]!.findings[0]!.related![0]!.record.id).toBe('b');
});

test('what is like a record that was refused for another reason stays', async () => {
  const {rows} = await judge(
    [
      {id: 'flagged', text: copy(), flag: 'bad'},
      {id: 'kept', text: copy(3)},
      {id: 'repeat', text: copy(5)},
    ],
    {rules: near},
  );
  expect(verdicts(rows)).toEqual({reject: ['flagged', 'repeat'], accept: ['kept']});
  expect(rows[2]!.findings[0]!.related![0]!.record.id).toBe('kept');
});

test('what is like a quarantined record stays too', async () => {
  const gates = {'probe/score': 'on'} as const;
  const {rows} = await judge(
    [
      {id: 'low', text: copy(), score: 0.1},
      {id: 'kept', text: copy(3), score: 0.9},
      {id: 'repeat', text: copy(5), score: 0.9},
    ],
    {rules: near, gates},
  );
  expect(verdicts(rows)).toEqual({quarantine: ['low'], accept: ['kept'], reject: ['repeat']});
});

test('of exact copies whose first is refused, the next one stays and stands for the text', async () => {
  const {rows} = await judge([
    {id: 'refused', text: copy(), flag: 'bad'},
    {id: 'also-refused', text: copy(), flag: 'bad'},
    {id: 'kept', text: copy()},
    {id: 'repeat', text: copy()},
    {id: 'near', text: copy(3)},
  ]);
  expect(verdicts(rows)).toEqual({
    reject: ['refused', 'also-refused', 'repeat', 'near'],
    accept: ['kept'],
  });
  const [repeat, near] = [rows[3]!, rows[4]!];
  expect(repeat.findings[0]).toMatchObject({
    rule: 'duplicate/exact',
    message: 'Same text as the earlier record `kept` (round.jsonl:3)',
    related: [{record: {id: 'kept', path: 'round.jsonl', line: 3}, relation: 'same', similarity: 1}],
  });
  expect(near.findings[0]).toMatchObject({
    rule: 'duplicate/near',
    related: [{record: {id: 'kept', path: 'round.jsonl', line: 3}, relation: 'near'}],
  });
  expect(repeat.findings[0]!.related![0]!.record.hash).toBe(rows[2]!.evidence.hash);
});

test('who stands in for a refused prompt does not stand in for its text', async () => {
  const {rows} = await judge(
    [
      {id: 'refused', prompt: 'What rises in spring?', response: copy(), flag: 'bad'},
      {id: 'other', prompt: 'What rises in spring?', response: 'Nothing that anybody here would know about.'},
      {id: 'kept', prompt: 'Say something about the river and the cows, please?', response: copy()},
      {id: 'repeat', prompt: 'What rises in spring?', response: 'The dough.'},
    ],
    {rules: {'probe/prompts': 'error', 'duplicate/near': ['error', {threshold: 0.5}]}},
  );
  expect(verdicts(rows)).toEqual({reject: ['refused', 'repeat'], accept: ['other', 'kept']});
  expect(rows[3]!.findings[0]!.message).toBe('repeats the prompt of other');
});

test('a level of warn only reports, and the repeat stays', async () => {
  const {rows, report} = await judge([copy(), copy()], {rules: {'duplicate/exact': 'warn'}});
  expect(report.totals).toMatchObject({accepted: 2, rejected: 0});
  expect(rows[1]!.findings).toMatchObject([{rule: 'duplicate/exact', level: 'warn'}]);
});

test('duplicate/near is silent where duplicate/exact speaks, and speaks where it is off', async () => {
  const both = await judge([copy(), copy()]);
  expect(both.rows[1]!.findings.map(({rule}) => rule)).toEqual(['duplicate/exact']);
  const near = await judge([copy(), copy()], {rules: {'duplicate/exact': 'off'}});
  expect(near.rows[1]!.findings.map(({rule}) => rule)).toEqual(['duplicate/near']);
  expect(near.rows[1]!.findings[0]!.related).toMatchObject([{similarity: 1}]);
  const contained = await judge([copy(), copy()], {
    rules: {'duplicate/exact': 'off', 'duplicate/near': 'off', 'duplicate/contained': 'warn'},
  });
  expect(contained.rows[1]!.findings.map(({rule}) => rule)).toEqual(['duplicate/contained']);
});

test('the order of files is that of the bytes of their paths', async () => {
  const root = folder({
    // Of these, UTF-16 order would put the emoji first, and a locale would put `a` before `B`.
    'B.jsonl': [{id: 'upper', text: copy()}],
    'a.jsonl': [{id: 'lower', text: copy()}],
    'a/z.jsonl': [{id: 'inside', text: copy()}],
    '\u{ff5e}.jsonl': [{id: 'wide', text: copy()}],
    '\u{1f600}.jsonl': [{id: 'emoji', text: copy()}],
  });
  const {report, rows} = await checkIn(root, {}, [
    '\u{1f600}.jsonl',
    'a',
    '\u{ff5e}.jsonl',
    'a.jsonl',
    'B.jsonl',
  ]);
  expect(report.inputs.map(({path}) => path)).toEqual([
    'B.jsonl',
    'a.jsonl',
    'a/z.jsonl',
    '\u{ff5e}.jsonl',
    '\u{1f600}.jsonl',
  ]);
  expect(verdicts(rows)).toEqual({accept: ['upper'], reject: ['lower', 'inside', 'wide', 'emoji']});
  for (const {findings} of rows.slice(1)) expect(findings[0]!.related![0]!.record.id).toBe('upper');
});

test('a contaminated record is no neighbour, and holds for near and for contained items', async () => {
  const item = 'which planet has the shortest day of all planets in the solar system';
  const {rows} = await judge(
    [
      {id: 'near', text: `${item} today`},
      {id: 'holds', text: `Quiz night, round two. ${item}? The answers are on the back of this very page.`},
      {
        id: 'like-holds',
        text: `Quiz night, round one. ${item}? The answers are on the back of this very page.`,
      },
      {id: 'clean', text: copy()},
    ],
    {references: [{path: 'bench.jsonl', role: 'benchmark'}]},
    {'bench.jsonl': [{id: 'q1', text: item}]},
  );
  expect(verdicts(rows)).toEqual({reject: ['near', 'holds', 'like-holds'], accept: ['clean']});
  const rules = rows.map(({findings}) => findings.map(({rule}) => rule));
  expect(rules).toEqual([
    ['contamination/benchmark'],
    ['contamination/benchmark'],
    ['contamination/benchmark'],
    [],
  ]);
  expect(rows[0]!.findings[0]!.related).toMatchObject([
    {record: {id: 'q1', path: 'bench.jsonl', line: 1}, relation: 'near', verified: true},
  ]);
  expect(rows[1]!.findings[0]!.related).toMatchObject([{relation: 'holds', similarity: 1}]);
});

test.each([9, 20])('%i refused records do not hide the one that stays', async crowd => {
  const {rows} = await judge(
    [
      ...Array.from({length: crowd}, (_, at) => ({id: `f${at}`, text: copy(at), flag: 'bad'})),
      {id: 'kept', text: copy(21)},
      {id: 'repeat', text: copy(23)},
    ],
    {rules: near},
  );
  expect(verdicts(rows).accept).toEqual(['kept']);
});

test('a rule that asks for one role gets it, whatever other references hold', async () => {
  const {rows} = await judge(
    [{id: 'a', text: copy()}],
    {
      rules: {'probe/previous': 'warn'},
      references: [
        {path: 'trusted.jsonl', role: 'trusted'},
        {path: 'previous.jsonl', role: 'previous'},
      ],
    },
    {'trusted.jsonl': [{id: 't', text: copy()}], 'previous.jsonl': [{id: 'p', text: copy()}]},
  );
  const messages = rows[0]!.findings
    .filter(({rule}) => rule === 'probe/previous')
    .map(({message}) => message);
  expect(messages).toEqual(['repeats p of an earlier round']);
});
