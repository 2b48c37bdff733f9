import {createHash} from 'node:crypto';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {defineRecordRule, type JudgedRecord, openGate, scan} from '../../src/index.js';
import {calls, forget} from '../engine/probe.mjs';
import {folder, jsonl, put} from '../engine/rounds.js';
import {collect, open, openFolders, outcomes, row, rows} from './gates.js';

const ferry = {id: 'ferry', text: 'The ferry leaves at nine and comes back in the evening.'};
const again = {id: 'again', text: 'The ferry leaves at nine  and comes back in the evening.'};

test('records come back in order, as the objects they were', async () => {
  const gate = await open();
  const given = [...rows(3), {...row(3), flag: 'rude'}, row(4)];
  const judged = await collect(gate.judge(given));
  expect(judged.map(({record}) => record)).toEqual(given);
  expect(judged.every(({record}, index) => record === given[index])).toBe(true);
  expect(judged[0]).toMatchObject({verdict: 'accept', reasons: [], findings: [], signals: {novelty: 1}});
  expect(judged[3]).toMatchObject({
    verdict: 'reject',
    reasons: [{gate: 'findings', verdict: 'reject'}],
    findings: [{rule: 'probe/flags', level: 'error', message: 'flagged: rude'}],
    ref: {id: 'r3', path: '<records>', line: 4},
  });
  const report = await gate.round();
  expect(report.totals).toEqual({records: 5, accepted: 4, quarantined: 0, rejected: 1, malformed: 0});
  expect(report.inputs).toMatchObject([{path: '<records>', records: 5}]);
  expect(report.findings[0]!.record).toEqual(judged[3]!.ref);
});

test('several calls are one round; a repeat is one across them', async () => {
  const gate = await open();
  expect(outcomes(await collect(gate.judge([ferry])))).toEqual(['ferry accept']);
  expect(await collect(gate.judge([]))).toEqual([]);
  const [judged] = await collect(gate.judge([again]));
  expect(judged).toMatchObject({verdict: 'reject', ref: {line: 2}});
  expect(judged!.findings[0]!.related).toMatchObject([{record: {id: 'ferry', line: 1}, relation: 'same'}]);
  const report = await gate.round();
  expect(report.totals).toMatchObject({records: 2, accepted: 1, rejected: 1});
  // In the report the pair is shown: its texts were read again.
  expect(report.findings[0]!.related![0]!.excerpt).toBeDefined();
});

test('records are held against references', async () => {
  const root = folder({'human.jsonl': [ferry], 'exam.jsonl': ['What is the capital of the moon colony?']});
  const references = ['human.jsonl', {path: 'exam.jsonl', role: 'benchmark'} as const];
  const gate = await open({references}, {cwd: root});
  const leak = {id: 'leak', text: 'Quiz night. What is the capital of the moon colony? Nobody knew.'};
  const judged = await collect(gate.judge([again, row(1), leak]));
  expect(outcomes(judged)).toEqual(['again reject', 'r1 accept', 'leak reject']);
  expect(judged[0]!.findings[0]!.message).toContain('human.jsonl');
  expect((await gate.round()).references.map(({role}) => role)).toEqual(['trusted', 'benchmark']);
});

test('waivers, decisions of reviewers and a baseline hold as in `check`', async () => {
  const root = folder();
  const rude = (id: string) => ({id, text: `The mail came late on day ${id}.`, flag: 'rude'});
  const known = {...rude('known'), text: 'The lamp was lit an hour late.'};
  const rejected = {id: 'rejected', text: 'The keeper left without a word.'};
  const before = await open({}, {cwd: root});
  await collect(before.judge([known]));
  put(root, {'baseline.json': JSON.stringify(await before.round())});
  const decided = (record: {id: string}, more: object) => {
    const hash = createHash('sha256').update(JSON.stringify(record)).digest('hex').slice(0, 32);
    const [when, who, tool] = ['2026-01-02T03:04:05.000Z', 'Aune', 'collapse-gate 0.1.0'];
    return `${JSON.stringify({when, who, rule: 'probe/flags', ...more, record: record.id, hash, tool})}\n`;
  };
  const waive = decided(rude('decided'), {decision: 'waive', reason: 'Kept.'});
  put(root, {'.collapse/decisions.jsonl': waive + decided(rejected, {decision: 'reject'})});
  const waivers = [
    {rule: 'probe/*', records: ['waived'], reason: 'Asked for.'},
    {rule: 'format/*', files: ['<records>'], reason: 'Nothing repeats.'},
  ];
  const gate = await open({waivers}, {cwd: root, baseline: 'baseline.json'});
  const judged = await collect(
    gate.judge([known, rude('waived'), rude('decided'), rejected, rude('new'), {...known, id: 'twice'}]),
  );
  // The baseline knows one finding of this text: the second is new, whatever its id.
  expect(outcomes(judged)).toEqual([
    'known accept',
    'waived accept',
    'decided accept',
    'rejected reject',
    'new reject',
    'twice reject',
  ]);
  expect(judged[1]).toMatchObject({findings: [], waived: [{rule: 'probe/flags'}]});
  expect(judged[0]!.waived).toHaveLength(1);
  const report = await gate.round();
  expect(report.totals).toMatchObject({accepted: 3, rejected: 3});
  expect(report.exceptions!.map(({kind, rule, state, used}) => [kind, rule, state, used])).toEqual([
    ['waiver', 'probe/*', 'used', 1],
    ['waiver', 'format/*', 'unused', 0],
    ['decision', 'probe/flags', 'used', 1],
    ['decision', '*', 'used', 1],
    ['baseline', '*', 'used', 1],
  ]);
  await expect(open({}, {cwd: root, baseline: 'none.json'})).rejects.toThrow(
    'Cannot use the baseline `none.json`: there is no such file.',
  );
});

test('what is no record is malformed, says why, and stops nothing', async () => {
  const circle: Record<string, unknown> = {id: 'circle', text: 'round'};
  circle.self = circle;
  const thrower = {
    toJSON() {
      throw new Error('not today');
    },
  };
  const bad = [
    'text',
    7,
    null,
    undefined,
    ['text'],
    Symbol('text'),
    () => 'text',
    {toJSON: () => undefined},
    {id: 'empty'},
    {text: 7},
    new Map([['text', 'map']]),
    new Date(0),
    {text: 'big', size: 10n},
    circle,
    thrower,
  ];
  const gate = await open();
  const judged = await collect(gate.judge<unknown>([ferry, ...bad, row(1)]));
  expect(judged.map(({verdict}) => verdict)).toEqual(['accept', ...bad.map(() => 'malformed'), 'accept']);
  expect(judged.slice(1, -1).map(({record}) => record)).toEqual(bad);
  const messages = judged.slice(1, -1).map(({reasons: [reason]}) => reason!.message);
  expect(messages.map(message => message.split(/[;,]/)[0])).toEqual([
    'The record is a string',
    'The record is a number',
    'The record is null',
    'The record is undefined',
    'The record is an array',
    'The record is a symbol',
    'The record is a function',
    'The record is undefined',
    'No text found among `id`',
    'No text found among `text` (`text` is a number)',
    'No text found',
    'The record is a string',
    'The record cannot be written as JSON (Do not know how to serialize a BigInt)',
    'The record cannot be written as JSON (Converting circular structure to JSON)',
    'The record cannot be written as JSON (not today)',
  ]);
  const report = await gate.round();
  expect(report.totals).toMatchObject({records: 17, accepted: 2, malformed: 15});
  expect(report.verdict).toBe('fail');
  expect(report.findings.map(({rule, message}) => [rule, message])).toEqual(
    messages.map(message => ['malformed', message]),
  );
});

test('lone surrogates, line breaks and marks in a text are no line ends', async () => {
  const gate = await open();
  const texts = ['one\ntwo', 'sea\u2028side\u2029', 'odd \ud800 half', '\ufeffmarked', ' \r\n spaced \r'];
  const judged = await collect(gate.judge(texts.map((text, index) => ({id: `t${index}`, text}))));
  expect(judged.map(({verdict, ref}) => [verdict, ref.id])).toEqual(texts.map((_, i) => ['accept', `t${i}`]));
  await gate.close();
});

test('a round without records judges nothing, with or without a call', async () => {
  for (const calls of [0, 1]) {
    const gate = await open();
    for (let call = 0; call < calls; call++) expect(await collect(gate.judge([]))).toEqual([]);
    expect((await gate.round()).totals.records).toBe(0);
  }
});

test('the round is judged once, and takes no more records then', async () => {
  const gate = await open({gates: {duplication: {maximum: 0, repeats: 1}}});
  await collect(gate.judge([ferry, again]));
  const report = await gate.round();
  expect(report.verdict).toBe('fail');
  expect(report.gates.find(({id}) => id === 'duplication')).toMatchObject({status: 'fail', measured: 0.5});
  expect(await gate.round()).toBe(report);
  expect(openFolders()).toBe(0);
  await expect(collect(gate.judge([row(1)]))).rejects.toThrow('The round has ended');
  await gate.close();
  expect(await gate.round()).toBe(report);
});

test('plugins given as objects bring rules, features, providers and gates', async () => {
  forget();
  const gate = await open({
    rules: {'probe/features': 'warn', 'probe/bits': 'warn'},
    gates: {'probe/round': {most: 1}},
  });
  const judged = await collect(gate.judge(rows(4)));
  expect(judged[0]!.findings[0]!.message).toBe(
    `shout ${row(0).text.toUpperCase()}, size ${row(0).text.length}`,
  );
  expect(calls.batches).toEqual([['r0', 'r1', 'r2'], ['r3']]);
  const report = await gate.round();
  expect(report.measures['probe.seen@accepted']).toMatchObject({value: 4});
  expect(report.gates.find(({id}) => id === 'probe/round')).toMatchObject({status: 'fail', measured: 4});
  expect(report.verdict).toBe('fail');
});

test('views are measured on what was accepted: the records are read once more', async () => {
  const gate = await open({rules: {'probe/bits': 'warn'}});
  await collect(
    gate.judge(
      rows(9).map((each, index) => ({...each, bit: 2 ** index, ...(index % 3 === 0 && {flag: 'x'})})),
    ),
  );
  const {measures} = await gate.round();
  expect(measures['probe.bits']).toMatchObject({value: 511});
  expect(measures['probe.bits@accepted']).toMatchObject({value: 511 - (1 + 8 + 64)});
});

test('a gate refuses what it cannot do', async () => {
  await expect(open({rules: {'probe/groups': 'warn'}})).rejects.toThrow(
    '`probe/groups` can only judge a whole round: write the records to a file and use `filter`',
  );
  await expect(open({}, {concurrency: 2})).rejects.toThrow('Plugins given as objects cannot cross threads');
  for (const concurrency of [-1, 1.5, Number.NaN]) {
    await expect(openGate({config: {}, concurrency})).rejects.toThrow('`concurrency` must be a whole number');
    await expect(scan([], {config: {}, concurrency})).rejects.toThrow('`concurrency` must be a whole number');
  }
  await expect(open({rules: {'probe/none': 'warn'}})).rejects.toThrow('Unknown rule');
  await expect(open({references: ['nowhere.jsonl']})).rejects.toMatchObject({name: 'InputError'});
});

test('the config may be a file, or be found', async () => {
  const files = {'.collapserc': 'rules: {duplicate/exact: off}\n', 'strict.yaml': 'maxMalformed: 3\n'};
  const cwd = folder(files);
  const verdictsWith = async (config?: string) => {
    const gate = await openGate({cwd, config});
    const judged = await collect(
      gate.judge([
        {...ferry, text: 'Ferry.'},
        {...again, text: 'Ferry.'},
      ]),
    );
    const {config: used} = await gate.round();
    return [used.path, ...judged.flatMap(({findings}) => findings.map(({rule}) => rule))];
  };
  expect(await verdictsWith()).toEqual(['.collapserc', 'duplicate/near']);
  expect(await verdictsWith('strict.yaml')).toEqual(['strict.yaml', 'duplicate/exact']);
});

test('two gates at once do not know of each other', async () => {
  const [left, right] = [await open(), await open()];
  const given = [left.judge([ferry]), right.judge([again])];
  expect(openFolders()).toBe(2);
  const [one, other] = await Promise.all(given.map(judged => collect(judged)));
  expect(outcomes([...one!, ...other!])).toEqual(['ferry accept', 'again accept']);
  const reports = await Promise.all([left.round(), right.round()]);
  expect(reports.map(({totals}) => totals.accepted)).toEqual([1, 1]);
});

/** Rows that repeat each other often, some of them flagged or without a text. */
const someRows = fc.array(
  fc.record({
    text: fc.option(
      fc
        .array(fc.constantFrom('boats', 'lie', 'in', 'the', 'old', 'harbour', 'tonight'), {
          minLength: 1,
          maxLength: 9,
        })
        .map(words => words.join(' ')),
      {nil: undefined},
    ),
    flag: fc.option(fc.constantFrom('rude', 'odd'), {nil: undefined}),
  }),
  {maxLength: 30},
);

test('the verdicts are those of a scan over the same rows in a file, however they are cut', async () => {
  const rounds = fc.asyncProperty(someRows, fc.integer({min: 1, max: 30}), async (given, cut) => {
    const all = given.map((each, index) => ({id: `r${index}`, ...each}));
    const gate = await open();
    const judged: JudgedRecord<object>[] = [];
    for (let at = 0; at < all.length; at += cut) {
      judged.push(...(await collect(gate.judge(all.slice(at, at + cut)))));
    }
    const report = await gate.round();
    const cwd = folder({'round.jsonl': jsonl(all)});
    const {default: probe} = await import('../engine/probe.mjs');
    const config = {gates: {duplication: 'off' as const}};
    const scanned = await scan(['round.jsonl'], {cwd, config, plugins: [probe as never], cache: false});
    const named = JSON.stringify(scanned).replaceAll('round.jsonl', '<records>');
    expect(report).toEqual(JSON.parse(named));
    const count = (verdict: string) => judged.filter(each => each.verdict === verdict).length;
    expect(report.totals).toEqual({
      records: all.length,
      accepted: count('accept'),
      quarantined: 0,
      rejected: count('reject'),
      malformed: count('malformed'),
    });
  });
  await fc.assert(rounds, {numRuns: 15});
});

test('an inline rule needs no plugin module', async () => {
  const shouting = defineRecordRule({
    id: 'own/shouting',
    summary: 'Flags texts in capitals.',
    why: 'For this test.',
    advice: 'Whisper.',
    since: '1.0.0',
    recommended: 'error',
    options: {},
    messages: {loud: 'Loud'},
    examples: {pass: [], fail: []},
    create:
      ({report}) =>
      ({text}) => {
        if (text === text.toUpperCase()) report({messageId: 'loud'});
      },
  });
  const gate = await openGate({config: {}, plugins: [{name: 'own', rules: [shouting]}]});
  const judged = await collect(gate.judge([{text: 'HELLO'}, {text: 'Hello there'}]));
  expect(judged.map(({verdict}) => verdict)).toEqual(['reject', 'accept']);
  await gate.close();
});
