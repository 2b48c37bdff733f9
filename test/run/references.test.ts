import {
  closeSync,
  copyFileSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {ProfileError} from '../../src/profile/container/index.js';
import {buildProfile, compact} from '../../src/run/build-profile.js';
import {checkIn, folder, jsonl, load, put, type Row, type Setup, verdicts} from '../engine/rounds.js';

const words =
  'each spring the river rises over the lower meadow and all cows are led up to the old orchard until it falls again';
const trusted: Row[] = [
  {id: 't1', text: words, bit: 1},
  {id: 't2', text: 'The heron waited by the weir until the boys had gone.', bit: 2},
  {id: 't3', text: 'Nobody mends nets on a Sunday in this harbour town.', bit: 4},
];
const round: Row[] = [
  {id: 'near', text: words.replace('meadow', 'fields'), bit: 1},
  {id: 'exact', text: 'The  heron waited by the weir until the boys had gone.\n', bit: 2},
  {id: 'inside', text: words.split(' ').slice(1, 22).join(' '), bit: 4},
  {id: 'new', text: 'Two boats were tied to one post all winter long.', bit: 8},
];
const rules: Setup['rules'] = {'duplicate/contained': 'error', 'probe/bits': 'warn'};
const against = (...paths: string[]): Setup => ({
  rules,
  references: paths.map(path => ({path, role: 'trusted' as const})),
});
const strip = ({excerpt: _, ...rest}: {excerpt?: unknown; [key: string]: unknown}) => rest;

/** What a check says, without the names of the references. */
async function said(root: string, setup: Setup, pattern = 'round.jsonl') {
  const {report, rows} = await checkIn(root, setup, [pattern]);
  const findings = report.findings.map(({related, message, ...finding}) => ({
    ...finding,
    related: related?.map(({origin, ...neighbour}) =>
      strip({...neighbour, origin: typeof origin === 'object'}),
    ),
  }));
  return {totals: report.totals, measures: report.measures, findings, verdicts: verdicts(rows)};
}

async function build(root: string, patterns: string[], out: string, setup: Setup = {rules}) {
  return buildProfile(await load(root, setup), patterns, out, {cwd: root, concurrency: 0});
}

test('a plain file, a folder, a profile, and one that was extended and compacted say the same', async () => {
  const root = folder({
    'round.jsonl': round,
    'ref/a.jsonl': trusted.slice(0, 1),
    'ref/b.jsonl': trusted.slice(1),
  });
  const plain = await said(root, against('ref'));
  expect(plain.verdicts).toEqual({reject: ['near', 'exact', 'inside'], accept: ['new']});
  expect(plain.findings.map(({rule, related}) => [rule, related![0]!.record])).toMatchObject([
    ['duplicate/near', {id: 't1', path: 'ref/a.jsonl', line: 1}],
    ['duplicate/exact', {id: 't2', path: 'ref/b.jsonl', line: 1}],
    ['duplicate/contained', {id: 't1', path: 'ref/a.jsonl', line: 1}],
  ]);
  expect(plain.measures['probe.bits']).toEqual({view: 'all', value: 15, reference: 7});
  expect(plain.measures['length.median']).toHaveProperty('reference');
  expect(await said(root, against('ref/a.jsonl', 'ref/b.jsonl'))).toEqual(plain);

  expect((await build(root, ['ref/a.jsonl'], 'x.profile')).extended).toBe(false);
  expect((await build(root, ['ref/b.jsonl'], 'x.profile')).extended).toBe(true);
  expect(await said(root, against('x.profile'))).toEqual(plain);
  const {merged} = await compact(await load(root), join(root, 'x.profile'));
  expect(merged).toContain('records');
  expect(await said(root, against('x.profile'))).toEqual(plain);
});

test('what a profile keeps in parts counts once', async () => {
  const root = folder({'round.jsonl': round, 'a.jsonl': trusted.slice(0, 1), 'b.jsonl': trusted.slice(1)});
  await build(root, ['a.jsonl'], 'x.profile');
  await build(root, ['b.jsonl'], 'x.profile');
  const before = await said(root, against('x.profile'));
  // Compacted by someone without the plugin, whose sections cannot be merged then.
  const {loadConfig} = await import('../../src/config/load.js');
  const {kept} = await compact(await loadConfig({cwd: root, config: {}}), join(root, 'x.profile'));
  expect(kept).toEqual(['rule/probe/bits']);
  expect(await said(root, against('x.profile'))).toEqual(before);
});

test('candidates that are part of a reference do not match themselves', async () => {
  const root = folder({
    'data/round.jsonl': round,
    'data/other.jsonl': [{id: 'twin', text: 'Two boats were tied to one post all winter long.'}],
    'elsewhere/x.jsonl': [],
  });
  const id = ({findings}: Awaited<ReturnType<typeof said>>) =>
    findings.map(({related}) => related![0]!.record.id);
  const alone = await said(root, against('data/round.jsonl'), 'data/round.jsonl');
  expect(alone.verdicts.accept).toEqual(['near', 'exact', 'new']);
  const inFolder = await said(root, against('data'), 'data/round.jsonl');
  expect(id(inFolder)).toEqual(['near', 'twin']);
  await build(root, ['data'], 'elsewhere/x.profile');
  expect(id(await said(root, against('elsewhere/x.profile'), 'data/round.jsonl'))).toEqual(['near', 'twin']);
  // By whatever name: it is the file that counts.
  symlinkSync(join(root, 'data'), join(root, 'link'));
  symlinkSync(join(root, 'elsewhere'), join(root, 'far'));
  expect(id(await said(root, against('far/x.profile'), 'link/round.jsonl'))).toEqual(['near', 'twin']);
  writeFileSync(join(root, 'data/zipped.jsonl.gz'), gzipSync(jsonl([{text: 'Somebody zipped this line.'}])));
  expect((await said(root, against('data'), 'data/zipped.jsonl.gz')).totals).toMatchObject({accepted: 1});
});

test('a profile and its corpus can move together', async () => {
  const root = folder({'round.jsonl': round, 'old/ref/a.jsonl': trusted});
  await build(root, ['old/ref'], 'old/x.profile');
  renameSync(join(root, 'old'), join(root, 'new'));
  const {findings} = await said(root, against('new/x.profile'));
  expect(findings[0]!.related![0]).toMatchObject({record: {path: 'new/ref/a.jsonl'}, verified: true});
});

test('where the text of a reference is gone or has changed, the similarity is marked as an estimate', async () => {
  const root = folder({'round.jsonl': round, 'ref.jsonl': trusted});
  await build(root, ['ref.jsonl'], 'x.profile');
  const neighbours = async () => {
    const {rows} = await checkIn(root, against('x.profile'), ['round.jsonl']);
    return rows.flatMap(({findings}) => findings.map(({related}) => related![0]!));
  };
  for (const {verified} of await neighbours()) expect(verified).toBe(true);
  const text = readFileSync(join(root, 'ref.jsonl'), 'utf8');
  const changes = [
    // As long as before, but other texts.
    () => writeFileSync(join(root, 'ref.jsonl'), text.replaceAll('e', 'x').replaceAll('txxt', 'text')),
    () => writeFileSync(join(root, 'ref.jsonl'), gzipSync(text)),
    () => truncateSync(join(root, 'ref.jsonl'), 10),
    () => rmSync(join(root, 'ref.jsonl')),
  ];
  for (const change of changes) {
    change();
    const found = await neighbours();
    expect(found.map(({relation, verified, record}) => [relation, verified, record.id])).toEqual([
      ['near', false, 't1'],
      ['same', false, 't2'],
      ['inside', false, 't1'],
    ]);
    for (const {similarity} of found) expect(similarity).toBeGreaterThan(0.7);
  }
});

test('a reference of another shape is read by its own mapping', async () => {
  const root = folder({'round.jsonl': round, 'ref.jsonl': [{body: words}]});
  await build(root, ['ref.jsonl'], 'x.profile', {fields: {text: 'body'}});
  const {rows} = await checkIn(root, against('x.profile'), ['round.jsonl']);
  expect(rows[0]!.findings[0]!.related![0]).toMatchObject({verified: true, relation: 'near'});
});

test('a profile is extended with the parameters it was made with, or not at all', async () => {
  const root = folder({'a.jsonl': trusted.slice(0, 1), 'b.jsonl': [{body: words}], 'c.jsonl': '{"broken\n'});
  await build(root, ['a.jsonl'], 'x.profile');
  const before = readFileSync(join(root, 'x.profile'));
  await expect(build(root, ['b.jsonl'], 'x.profile', {fields: {text: 'body'}})).rejects.toThrow(
    /x\.profile` was made with other parameters and cannot be extended: `fields` is .*delete it and run `collapse profile a\.jsonl/s,
  );
  await expect(build(root, ['a.jsonl'], 'x.profile')).rejects.toThrow('`x.profile` holds `a.jsonl` already');
  await expect(build(root, ['nothing*'], 'x.profile')).rejects.toThrow('the paths match nothing');
  await expect(build(root, ['c.jsonl'], 'x.profile')).rejects.toThrow('no record in these paths can be read');
  await expect(build(root, ['a.jsonl'], 'b.jsonl')).rejects.toThrow(ProfileError);
  expect(readFileSync(join(root, 'x.profile')).equals(before)).toBe(true);
  expect(readFileSync(join(root, 'b.jsonl'), 'utf8')).toBe(jsonl([{body: words}]));
  expect(readdirSync(root).sort()).toEqual(['a.jsonl', 'b.jsonl', 'c.jsonl', 'x.profile']);
});

test('building a profile reports what repeats within it, and malformed lines, and keeps the rest', async () => {
  const root = folder({'ref.jsonl': `${jsonl([...trusted, trusted[0]!])}{"broken\n`, 'round.jsonl': round});
  const {report} = await build(root, ['ref.jsonl'], 'x.profile');
  expect(report).toMatchObject({verdict: 'fail', totals: {records: 5, accepted: 4, malformed: 1}});
  expect(report.findings.map(({rule, level}) => [rule, level])).toEqual([
    ['duplicate/exact', 'warn'],
    ['malformed', 'error'],
  ]);
  const {report: checked} = await checkIn(root, against('x.profile'), ['round.jsonl']);
  expect(checked.references).toEqual([{path: 'x.profile', role: 'trusted', records: 4}]);
});

test('a damaged profile is an error wherever it is damaged, never another answer', async () => {
  const root = folder({'round.jsonl': round, 'ref.jsonl': trusted});
  await build(root, ['ref.jsonl'], 'x.profile');
  const whole = await said(root, against('x.profile'));
  const {size} = statSync(join(root, 'x.profile'));
  const damage = async (change: (file: string) => void) => {
    copyFileSync(join(root, 'x.profile'), join(root, 'y.profile'));
    change(join(root, 'y.profile'));
    return said(root, against('y.profile')).catch((error: unknown) => error);
  };
  const flip = (at: number) => (file: string) => {
    const descriptor = openSync(file, 'r+');
    const byte = readFileSync(file)[at]!;
    writeSync(descriptor, Buffer.of(byte ^ 1), 0, 1, at);
    closeSync(descriptor);
  };
  for (const left of [size - 1, size - 40, size >> 1, 100, 20]) {
    expect(await damage(file => truncateSync(file, left)), `cut after ${left}`).toBeInstanceOf(ProfileError);
  }
  let refused = 0;
  for (let at = 12; at < size; at += Math.ceil(size / 40)) {
    const outcome = await damage(flip(at));
    if (outcome instanceof Error) {
      expect(outcome, `byte ${at}`).toBeInstanceOf(ProfileError);
      refused++;
    } else expect(outcome, `byte ${at}`).toEqual(whole);
  }
  expect(refused).toBeGreaterThan(30);
});

test('the profile of a plain reference is kept, and built again when the reference changes or it is damaged', async () => {
  const root = folder({'round.jsonl': round, 'ref.jsonl': trusted, 'cache/x': ''});
  const built: string[] = [];
  const {env} = process;
  const cached = async () => {
    env.COLLAPSE_CACHE_DIR = join(root, 'cache');
    try {
      const {rows} = await checkIn(root, against('ref.jsonl'), ['round.jsonl'], {
        cache: true,
        onBuild: name => built.push(name),
      });
      return verdicts(rows).accept;
    } finally {
      delete env.COLLAPSE_CACHE_DIR;
    }
  };
  const profiles = () => readdirSync(join(root, 'cache')).filter(name => name.endsWith('.profile'));
  expect(await cached()).toEqual(['new']);
  expect(await cached()).toEqual(['new']);
  expect([built, profiles().length]).toEqual([['ref.jsonl'], 1]);
  put(root, {'ref.jsonl': [...trusted, round[3]!]});
  expect(await cached()).toBeUndefined();
  put(root, {'ref.jsonl': trusted});
  expect(await cached()).toEqual(['new']);
  expect([built.length, profiles().length]).toEqual([2, 2]);
  for (const name of profiles()) truncateSync(join(root, 'cache', name), 200);
  expect(await cached()).toEqual(['new']);
  for (const name of profiles()) writeFileSync(join(root, 'cache', name), '');
  expect(await cached()).toEqual(['new']);
  expect(built.length).toBe(4);
});

test('a reference that says nothing is an error: beside it everything would be new', async () => {
  const root = folder({
    'round.jsonl': round,
    'other-shape.jsonl': [{payload: words}],
    'empty.jsonl': '',
    'none/x.txt': 'x',
  });
  for (const [path, why] of [
    ['other-shape.jsonl', 'no record there can be read'],
    ['empty.jsonl', 'no record there can be read'],
    ['none', 'nothing there can be read'],
    ['gone.jsonl', 'there is no such file'],
  ] as const) {
    await expect(said(root, against(path)), path).rejects.toThrow(why);
  }
});

test('what only an override compares is in the profile of a plain reference', async () => {
  const root = folder({
    'round.jsonl': [{id: 'a', prompt: 'What rises in spring?', response: 'The dough, mostly.'}],
    'ref.jsonl': [{id: 'r', prompt: 'What rises in spring?', response: 'The river does, and slowly.'}],
  });
  const {rows} = await checkIn(
    root,
    {...against('ref.jsonl'), overrides: [{files: 'round.jsonl', rules: {'probe/prompts': 'error'}}]},
    ['round.jsonl'],
  );
  expect(rows[0]!.findings.map(({message}) => message)).toEqual(['repeats the prompt of r']);
});

test('a benchmark is only looked for as one, and earlier rounds as trusted ones', async () => {
  const item = 'which planet has the shortest day of all planets in the solar system';
  const root = folder({
    'round.jsonl': [
      {id: 'holds', text: `Quiz night, round two. ${item}? The answers are on the back of this very page.`},
      {id: 'same', text: item},
      {id: 'old', text: words},
    ],
    'bench.jsonl': [{id: 'q', text: item}],
    'old.jsonl': [{id: 'o', text: words}],
  });
  const references: Setup['references'] = [
    {path: 'bench.jsonl', role: 'benchmark'},
    {path: 'old.jsonl', role: 'previous'},
  ];
  const {report} = await checkIn(root, {references}, ['round.jsonl']);
  expect(report.findings.map(({rule, message}) => [rule, message])).toEqual([
    ['contamination/benchmark', 'Holds the benchmark item `q` (bench.jsonl:1): 100 % of its words'],
    ['contamination/benchmark', 'Equals the benchmark item `q` (bench.jsonl:1)'],
    ['duplicate/exact', 'Same text as `o` (old.jsonl:1) of the previous reference'],
  ]);
  expect(report.measures['flagged.contamination']).toMatchObject({value: 2 / 3});
  const without = await checkIn(root, {references: references.slice(1)}, ['round.jsonl']);
  expect(without.report.measures).not.toHaveProperty('flagged.contamination');
});
