import {expect, test} from 'vitest';
import {checkIn, folder, type Row, type Setup, verdicts} from './rounds.js';

const rows: readonly Row[] = [
  {id: 'high', text: 'Every morning the ferry crosses.', score: 0.9},
  {id: 'low', text: 'Nobody saw where the gulls went.', score: 0.2},
  {id: 'missing', text: 'The lamp burns until four.', score: 'missing'},
  {id: 'nan', text: 'Two boats were tied to one post.', score: 'nan'},
  {id: 'text', text: 'A rope was found on the stairs.', score: '0.9'},
  {id: 'null', text: 'He sold the oars for a song.', score: null},
  {id: 'boolean', text: 'Rain again, said the harbour master.', score: true},
  {id: 'nonsense', text: 'She counts the nets at dusk.', score: {absent: 'perhaps'}},
  {id: 'silent', text: 'The bell is rung by the wind.'},
  {id: 'abstains', text: 'Wet sand keeps no letters.', score: 'not-applicable'},
];

async function judge(gates: Setup['gates'], rest: Setup = {}) {
  return checkIn(folder({'round.jsonl': rows}), {gates, ...rest});
}

test('a gate accepts nothing whose signal is missing, not a number, or never given', async () => {
  const {rows: judged, report} = await judge({'probe/score': 'on'});
  expect(verdicts(judged)).toEqual({
    accept: ['high', 'abstains'],
    quarantine: ['low', 'missing', 'nan', 'text', 'null', 'boolean', 'nonsense', 'silent'],
  });
  const reasons = Object.fromEntries(
    judged.map(({evidence, verdict}) => [evidence.id, verdict.reasons[0]?.message]),
  );
  expect(reasons).toEqual({
    high: undefined,
    low: '0.2 against 0.5',
    missing: 'signal `probe.score` is missing: the row says so',
    nan: 'signal `probe.score` is missing: the rule gave NaN',
    text: 'signal `probe.score` is missing: the rule gave 0.9',
    null: 'signal `probe.score` is missing: the rule gave null',
    boolean: 'signal `probe.score` is missing: the rule gave true',
    nonsense: 'signal `probe.score` is missing: the rule gave [object Object]',
    silent: 'signal `probe.score` is missing: no rule that is on gives it',
    abstains: undefined,
  });
  expect(report.gates.find(({id}) => id === 'probe/score')).toMatchObject({
    status: 'fail',
    measured: 0.2,
    verdicts: {accept: 2, quarantine: 8, reject: 0},
  });
});

test('a gate accepts nothing while the rule that gives its signal is off', async () => {
  const {rows: judged} = await judge({'probe/score': 'on'}, {rules: {'probe/flags': 'off'}});
  expect(verdicts(judged)).toEqual({quarantine: rows.map(row => (row as {id: string}).id)});
});

test('a gate accepts nothing where an override switches the rule off', async () => {
  const {rows: judged} = await judge(
    {'probe/score': 'on'},
    {overrides: [{where: {id: 'high'}, rules: {'probe/flags': 'off'}}]},
  );
  expect(verdicts(judged).accept).toEqual(['abstains']);
});

test('novelty needs its rule too', async () => {
  const on = await judge({novelty: 'on'});
  expect(verdicts(on.rows)).toEqual({accept: rows.map(row => (row as {id: string}).id)});
  const off = await judge({novelty: 'on'}, {rules: {'duplicate/near': 'off'}});
  expect(off.report.totals).toMatchObject({accepted: 0, rejected: rows.length});
});

test.each([
  ['accept', 'accept'],
  ['quarantine', 'quarantine'],
  ['reject', 'reject'],
] as const)('a record that a signal does not apply to: onAbstain %s', async (onAbstain, verdict) => {
  const {rows: judged} = await judge({'probe/score': {onAbstain}});
  expect(verdicts(judged)[verdict]).toContain('abstains');
  const [abstains] = judged.filter(({evidence}) => evidence.id === 'abstains');
  const message = 'signal `probe.score` abstains: the row says so';
  expect(abstains!.verdict.reasons).toEqual(
    onAbstain === 'accept' ? [] : [{gate: 'probe/score', verdict, message}],
  );
});

test('`else` says what becomes of a record that does not pass, absent signals included', async () => {
  const {rows: judged} = await judge({'probe/score': {else: 'reject', least: 0.1}});
  expect(verdicts(judged)).toEqual({
    accept: ['high', 'low', 'abstains'],
    reject: ['missing', 'nan', 'text', 'null', 'boolean', 'nonsense', 'silent'],
  });
});

test('the strictest verdict of all gates wins, and all reasons are given', async () => {
  const files = {'round.jsonl': [{id: 'both', text: 'The tide table is wrong.', score: 0, flag: 'x'}]};
  const {rows: judged} = await checkIn(folder(files), {gates: {'probe/score': 'on'}});
  expect(judged[0]!.verdict).toMatchObject({
    verdict: 'reject',
    reasons: [
      {gate: 'findings', verdict: 'reject', message: '1 error, 0 warnings'},
      {gate: 'probe/score', verdict: 'quarantine'},
    ],
  });
});

test('warnings count where the gate `findings` is told so', async () => {
  const files = {'round.jsonl': [{id: 'warned', text: 'The tide table is wrong.', flag: 'x'}]};
  const rules: Setup['rules'] = {'probe/flags': 'warn'};
  const lenient = await checkIn(folder(files), {rules});
  expect(lenient.report.totals.accepted).toBe(1);
  const strict = await checkIn(folder(files), {
    rules,
    gates: {findings: {warnings: true, else: 'quarantine'}},
  });
  expect(verdicts(strict.rows)).toEqual({quarantine: ['warned']});
});

test('a round gate abstains, fails or passes without its measure, as its config says', async () => {
  const status = async (onAbstain: 'pass' | 'fail' | 'abstain') => {
    const {report} = await judge({'probe/round': {onAbstain}});
    return [report.gates.find(({id}) => id === 'probe/round')!.status, report.verdict];
  };
  expect(await status('fail')).toEqual(['fail', 'fail']);
  expect(await status('abstain')).toEqual(['abstain', 'pass']);
  expect(await status('pass')).toEqual(['abstain', 'pass']);
});

test('a round gate fails a round that is over its limit', async () => {
  const {report} = await judge({'probe/round': {most: 9}}, {rules: {'probe/bits': 'warn'}});
  expect(report).toMatchObject({verdict: 'fail', totals: {accepted: 10}});
  expect(report.gates.at(-1)).toMatchObject({status: 'fail', measured: 10, limit: 9, message: '10 accepted'});
});

test('families that only overrides switch on are measured, so that the round gate sees them', async () => {
  const copies = Array.from({length: 4}, () => ({text: 'The pier is closed.'}));
  const {report} = await checkIn(folder({'round.jsonl': copies}), {
    rules: {'duplicate/*': 'off'},
    overrides: [{files: 'round.jsonl', rules: {'duplicate/exact': 'error'}}],
  });
  expect(report.measures['flagged.duplicate']).toMatchObject({value: 0.75});
  expect(report.verdict).toBe('fail');
});

test('a gate with optional signals judges by those that a rule gives, and fails closed on them', async () => {
  const {rows: judged} = await judge({'probe/either': 'on'});
  expect(verdicts(judged)).toEqual({
    accept: ['high'],
    quarantine: ['low', 'missing', 'nan', 'text', 'null', 'boolean', 'nonsense', 'silent'],
    reject: ['abstains'],
  });
});

test('a gate accepts nothing when no rule gives one of its optional signals', async () => {
  const {rows: judged} = await judge({'probe/either': 'on'}, {rules: {'probe/flags': 'off'}});
  expect(verdicts(judged).accept).toBeUndefined();
  expect(judged[0]?.verdict.reasons[0]?.message).toBe(
    'no rule that is on gives one of its signals: `probe.score`, `probe.never`',
  );
});
