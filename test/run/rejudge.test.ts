import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {RunError} from '../../src/run/error.js';
import {filter} from '../../src/run/filter.js';
import {rejudge} from '../../src/run/rejudge.js';
import {folder, load, type Row, type Setup} from '../engine/rounds.js';

const words =
  'each spring the river rises over the lower meadow and all cows are led up to the old orchard until it falls again';
const quiz = 'which planet has the shortest day of all planets in the solar system';
const near = words.replace('meadow', 'fields');

/** One of everything: repeats, a chain, flags, scores, groups, a broken line, an item of a benchmark. */
const round: Row[] = [
  {id: 'flagged', text: words, flag: 'x', score: 0.9, group: 'a', bit: 1},
  {id: 'exact', text: words, score: 0.4, group: 'b', bit: 2},
  {id: 'near', text: near, score: 0.9, group: 'a', bit: 4},
  {id: 'chain', text: near.replace('cows', 'sheep'), score: 'not-applicable', bit: 8},
  {
    id: 'quiz',
    text: `Quiz night. ${quiz}? Answers on the back of this page.`,
    score: 0.1,
    group: 'b',
    bit: 16,
  },
  {id: 'inside', text: words.split(' ').slice(1, 22).join(' '), score: 'missing', group: 'a', bit: 32},
  {id: 'good', text: 'The heron waited by the weir until the boys had gone.', score: 1, bit: 64},
  {id: 'odd\u2028id\u0000', text: 'Nobody mends nets on a Sunday in this harbour.', score: 0.5, bit: 128},
];
const lines = round.map(row => JSON.stringify(row));
const files = {
  'data/a.jsonl': `${lines.slice(0, 4).join('\r\n')}\r\n`,
  'data/b.jsonl': `${lines[4]}\n{"broken\n${lines.slice(5).join('\n')}`,
  'bench.jsonl': [{id: 'q', text: quiz}],
  'trusted.jsonl': [{id: 't', text: 'The heron waited by the weir until the boys had gone home.'}],
};
const base = {
  rules: {
    'probe/flags': 'error',
    'probe/groups': 'warn',
    'probe/bits': 'warn',
    'duplicate/near': ['error', {threshold: 0.7}],
  },
  gates: {duplication: {maximum: 0.9}},
  references: [
    {path: 'bench.jsonl', role: 'benchmark'},
    {path: 'trusted.jsonl', role: 'trusted'},
  ],
  maxMalformed: 1,
} satisfies Setup;

function changed({rules, gates, ...rest}: Setup): Setup {
  return {...base, ...rest, rules: {...base.rules, ...rules}, gates: {...base.gates, ...gates}};
}

/** Scans and judges; with `out` the run is saved there. */
async function run(root: string, setup: Setup, out?: string) {
  const options = {cwd: root, out, concurrency: 0, cache: false};
  return filter(await load(root, setup), ['data'], options);
}

async function again(root: string, setup: Setup, saved = 'saved') {
  return rejudge(join(root, saved), await load(root, setup));
}

/**
 * What two reports must share: all but the path of the config, excerpts, which a saved run has none of, and
 * what is said of a view, which only a scan can say again.
 */
function comparable({
  config: {hash},
  findings,
  tables = [],
  ...report
}: Awaited<ReturnType<typeof run>>['report']) {
  const bare = findings.map(({related, ...finding}) => ({
    ...finding,
    ...(related && {related: related.map(({excerpt: _, ...neighbour}) => neighbour)}),
  }));
  return {...report, hash, findings: bare, tables: tables.filter(({view}) => view === 'all')};
}

const changes: readonly [string, Setup][] = [
  ['nothing', {}],
  ['a record rule to warn', {rules: {'probe/flags': 'warn'}}],
  ['a record rule off', {rules: {'probe/flags': 'off'}}],
  ['a group rule to error', {rules: {'probe/groups': 'error'}}],
  ['exact duplicates off: near ones speak instead', {rules: {'duplicate/exact': 'off'}}],
  ['near duplicates to warn', {rules: {'duplicate/near': ['warn', {threshold: 0.7}]}}],
  ['all duplicates off', {rules: {'duplicate/*': 'off', 'duplicate/near': 'off'}}],
  ['contamination to warn', {rules: {'contamination/benchmark': 'warn'}}],
  ['corpus rules off', {rules: {'probe/bits': 'off', 'length/words': 'off'}}],
  ['warnings refused', {gates: {findings: {warnings: true}}}],
  ['errors quarantined', {gates: {findings: {else: 'quarantine'}}}],
  ['the gate findings off', {gates: {findings: 'off'}}],
  ['fewer repeats allowed: the round fails', {gates: {duplication: {maximum: 0.1}}}],
  ['no malformed line allowed: the round fails', {maxMalformed: 0}],
  ['fewer findings listed', {maxFindings: 1}],
  ['novelty wanted', {gates: {novelty: 'on'}}],
  ['more novelty wanted, else quarantine', {gates: {novelty: {minimum: 0.5, else: 'quarantine'}}}],
  ['novelty wanted without its rule', {gates: {novelty: 'on'}, rules: {'duplicate/near': 'off'}}],
  ['a score wanted', {gates: {'probe/score': 'on'}}],
  ['another score wanted, abstaining refused', {gates: {'probe/score': {least: 0.45, onAbstain: 'reject'}}}],
  ['a score wanted without its rule', {gates: {'probe/score': 'on'}, rules: {'probe/flags': 'off'}}],
];

test('a saved run judged with another config gives what a scan with that config gives', async () => {
  const root = folder(files);
  const {folder: saved} = await run(root, base, 'saved');
  expect(saved).toBe('saved');
  const verdicts = new Set<string>();
  for (const [name, change] of changes) {
    const setup = changed(change);
    const {report: scanned} = await run(root, setup);
    const {report, stale} = await again(root, setup);
    const known = Object.entries(scanned.measures).filter(([key]) => !stale.includes(key));
    expect(comparable(report), name).toEqual({...comparable(scanned), measures: Object.fromEntries(known)});
    for (const key of stale) expect(key, name).toContain('@');
    verdicts.add(JSON.stringify([report.totals, report.verdict]));
  }
  expect(verdicts.size).toBeGreaterThan(8);
});

test('measures of a view are only kept while it holds the same records', async () => {
  const root = folder(files);
  await run(root, base, 'saved');
  const stale = async (change: Setup) =>
    (await again(root, changed(change))).stale.filter(name => /^(length|probe)/.test(name));
  const seen = (view: string) => [`probe.bits@${view}`, `probe.seen@${view}`];
  const accepted = ['length.median@accepted', 'length.p90@accepted', ...seen('accepted')];
  expect(await stale({})).toEqual([]);
  expect((await stale({gates: {findings: {else: 'quarantine'}}})).sort()).toEqual([]);
  expect((await stale({rules: {'probe/flags': 'off'}})).sort()).toEqual(
    [...accepted, ...seen('gate:findings')].sort(),
  );
  // Who passes that gate changes, who is accepted does not: it refuses only what another gate refuses too.
  const both = {gates: {'probe/score': {least: 0.3}}} satisfies Setup;
  expect((await stale(both)).sort()).toEqual(seen('gate:probe/score'));
});

test('a round gate that needs a measure which only a scan can take is no pass', async () => {
  const root = folder(files);
  await run(root, base, 'saved');
  const gates: Setup['gates'] = {'probe/round': {onAbstain: 'pass'}};
  expect((await again(root, changed({gates}))).report.gates.at(-1)).toMatchObject({
    status: 'pass',
    measured: 2,
  });
  await expect(again(root, changed({gates, rules: {'probe/flags': 'off'}}))).rejects.toThrow(
    'the gate `probe/round` needs `probe.seen@accepted` of them. Scan again with `collapse filter`.',
  );
});

test('what evidence cannot tell is refused, all of it at once', async () => {
  const root = folder({...files, 'other.jsonl': ['Another reference.']});
  await run(root, base, 'saved');
  const message = async (setup: Setup) => {
    const error = await again(root, setup).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(RunError);
    return (error as Error).message;
  };
  const options = changed({rules: {'duplicate/near': ['error', {threshold: 0.6}]}});
  expect(await message(options)).toContain('`duplicate/near` has other options than during the scan');
  expect(await message(changed({rules: {'probe/pairs': 'warn'}}))).toContain(
    '`probe/pairs` was off during the scan',
  );
  expect(await message(changed({fields: {text: 'body'}}))).toContain('`fields.text` differs');
  expect(await message({...base, references: [{path: 'other.jsonl', role: 'trusted'}]})).toContain(
    `the reference \`${join(root, 'other.jsonl')}\` was not looked at`,
  );
  const overrides: Setup['overrides'] = [{files: 'data/a.jsonl', rules: {'probe/flags': 'off'}}];
  expect(await message(changed({overrides}))).toContain('`overrides` differ');
  const several = await message({...options, fields: {text: 'body'}, overrides});
  expect(several).toMatch(/`duplicate\/near` has .*; `overrides` differ; `fields.text` differs\. Scan again/);
});

test('a config that names no references and maps no fields is judged on what was read', async () => {
  const root = folder(files);
  const {report} = await run(root, base, 'saved');
  const {references: _, ...without} = base;
  expect((await again(root, without)).report).toMatchObject({totals: report.totals, gates: report.gates});
});

test('with overrides, levels of other rules may change, those of overridden ones may not', async () => {
  const root = folder(files);
  const overrides: Setup['overrides'] = [
    {where: {id: 'flagged'}, rules: {'probe/flags': 'warn'}},
    {files: 'data/b.jsonl', rules: {'probe/groups': 'off'}},
  ];
  await run(root, changed({overrides}), 'saved');
  const setup = changed({overrides, rules: {'duplicate/exact': 'warn', 'contamination/benchmark': 'off'}});
  const {report: scanned} = await run(root, setup);
  const {report, stale} = await again(root, setup);
  const known = Object.entries(scanned.measures).filter(([key]) => !stale.includes(key));
  expect(comparable(report)).toEqual({...comparable(scanned), measures: Object.fromEntries(known)});
  await expect(again(root, changed({overrides, rules: {'probe/flags': 'warn'}}))).rejects.toThrow(
    '`probe/flags` has another level, and `overrides` set it too',
  );
});

test('the note on a group that was cut keeps its level', async () => {
  const many = Array.from({length: 7}, (_, id) => ({
    id: `r${id}`,
    text: `a${id} b${id} c${id} d${id}`,
    group: 'g',
  }));
  const root = folder({'data/a.jsonl': many});
  const setup = (level: 'warn' | 'error'): Setup => ({rules: {'probe/groups': level}});
  await run(root, setup('warn'), 'saved');
  const {report: scanned} = await run(root, setup('error'));
  const {report} = await again(root, setup('error'));
  expect(report.findings.map(({level}) => level)).toEqual(['warn', 'error']);
  expect(report.counts).toEqual(scanned.counts);
});

test('a failed round can be judged again', async () => {
  const root = folder(files);
  const {folder: saved} = await run(root, changed({maxMalformed: 0}), 'saved');
  expect(saved).toBe('saved.failed');
  expect((await again(root, base, 'saved.failed')).report.verdict).toBe('pass');
});

test.each([
  ['a byte was changed', (text: string) => text.replace('"accept"', '"reject"')],
  ['a line is gone', (text: string) => text.slice(text.indexOf('\n') + 1)],
  ['it is cut', (text: string) => text.slice(0, -20)],
])('evidence that is not what was written is refused: %s', async (_, damage) => {
  const root = folder(files);
  await run(root, base, 'saved');
  const file = join(root, 'saved/evidence.jsonl');
  writeFileSync(file, damage(readFileSync(file, 'utf8')));
  await expect(again(root, base)).rejects.toThrow(`\`${file}\` is not what the run wrote`);
});

test('a folder that is no run is refused', async () => {
  const root = folder({
    'empty/x.txt': 'x',
    'broken/manifest.json': '{',
    'newer/manifest.json': '{"version": 2}',
  });
  await expect(again(root, base, 'empty')).rejects.toThrow('is not a run folder. It has no manifest.json');
  await expect(again(root, base, 'gone')).rejects.toThrow('There is no such folder');
  await expect(again(root, base, 'broken')).rejects.toThrow('cannot be read');
  await expect(again(root, base, 'newer')).rejects.toThrow('newer collapse-gate (manifest version 2)');
});
