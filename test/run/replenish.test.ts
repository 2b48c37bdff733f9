import {createHash} from 'node:crypto';
import {appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {buildProfile} from '../../src/run/build-profile.js';
import {RunError} from '../../src/run/error.js';
import {replenish} from '../../src/run/replenish/index.js';
import {folder, jsonl, load, type Setup} from '../engine/rounds.js';
import {corpus, damaged, topicOf} from './damaged.js';

const human = corpus(1, 900);
const round = damaged(corpus(2, 600));
const honest = corpus(4, 300);
const rows = (texts: readonly string[]) => texts.map((text, index) => ({id: `r${index}`, text}));

/** The reference as people write JSON: spaces, escapes, carriage returns, a blank and a broken line, no last newline. */
const odd = human.map((text, index) => {
  if (index % 3 === 0) return `{"text" : ${JSON.stringify(text)},  "id":"h${index}" }`;
  if (index % 3 === 1) return `{"id":"h${index}","note":"\\u00e9\\/","text":${JSON.stringify(text)}}`;
  return JSON.stringify({id: `h${index}`, text, note: 'ü'});
});
const reference = `\uFEFF${odd.slice(0, 400).join('\r\n')}\r\n\n{"broken\n${odd.slice(400).join('\n')}`;

const files = {'human.jsonl': reference, 'round.jsonl': rows(round), 'honest.jsonl': rows(honest)};
const setup: Setup = {references: [{path: 'human.jsonl', role: 'trusted'}]};

async function run(
  root: string,
  options: {
    round?: string;
    out?: string;
    target?: number;
    budget?: number;
    setup?: Setup;
    overwrite?: boolean;
  } = {},
) {
  const {round: name = 'round.jsonl', out, target = 0.95, budget = 200} = options;
  return replenish(await load(root, options.setup ?? setup), [name], {
    cwd: root,
    concurrency: 0,
    cache: false,
    out,
    overwrite: options.overwrite,
    target,
    budget: () => budget,
  });
}

const linesOf = (file: string) => readFileSync(file, 'utf8').split('\n').slice(0, -1);

test('brings the rare words of a damaged round back, with unchanged lines of the reference', async () => {
  const root = folder(files);
  const found = (await run(root, {out: 'out'}))!;
  expect(found).toMatchObject({reached: true, folder: 'out', records: {round: 300, budget: 200}});
  const {before, after} = found.judgedOn;
  expect(before.share).toBeLessThan(0.91);
  expect(after.share).toBeGreaterThanOrEqual(0.95);
  expect(after.words).toBe(before.words);

  const written = linesOf(join(root, 'out/records.jsonl'));
  const provenance = linesOf(join(root, 'out/provenance.jsonl')).map(line => JSON.parse(line));
  expect(written).toHaveLength(found.records.added);
  expect(new Set(written).size).toBe(written.length);
  const bytes = readFileSync(join(root, 'human.jsonl'));
  for (const [index, line] of written.entries()) {
    expect(odd).toContain(line);
    const {from, id, hash, words, reference: name} = provenance[index];
    expect(bytes.subarray(...(from.bytes as [number, number])).toString()).toBe(line);
    expect(reference.split('\n')[from.line - 1]!.replace(/[\r\uFEFF]/g, '')).toBe(line);
    expect(hash).toBe(createHash('sha256').update(line).digest('hex').slice(0, 32));
    expect([id, from.path, name]).toEqual([JSON.parse(line).id, 'human.jsonl', 'human.jsonl']);
    expect(words).toBeGreaterThan(0);
  }
  // The most useful first: what each adds never grows.
  const gains = provenance.map(({words}) => words);
  expect(gains).toEqual([...gains].sort((a, b) => b - a));

  const manifest = JSON.parse(readFileSync(join(root, 'out/manifest.json'), 'utf8'));
  expect(readdirSync(join(root, 'out')).sort()).toEqual([
    'manifest.json',
    ...manifest.files.map(({path}: {path: string}) => path).sort(),
  ]);
  for (const {path, bytes: size, sha256} of manifest.files) {
    const content = readFileSync(join(root, 'out', path));
    expect([content.length, createHash('sha256').update(content).digest('hex')]).toEqual([size, sha256]);
  }
  expect(JSON.parse(readFileSync(join(root, 'out/report.json'), 'utf8'))).toEqual(found);
});

test('brings a topic back that is gone, with records of it', async () => {
  const without = corpus(5, 600).filter(text => topicOf(text) !== 3);
  const root = folder({...files, 'without.jsonl': rows(without)});
  const found = (await run(root, {round: 'without.jsonl', out: 'out'}))!;
  expect(found.reached).toBe(true);
  const {chosenBy, before, after} = found.topics!;
  expect(before.lost).toBe(1);
  expect(after).toMatchObject({lost: 0, halved: 0});
  expect(before.worst!.share).toBeLessThan(0.1);
  expect(after.worst!.share).toBeGreaterThanOrEqual(0.5);
  expect(chosenBy).toHaveLength(1);
  const provenance = linesOf(join(root, 'out/provenance.jsonl')).map(line => JSON.parse(line));
  const ofTopic = provenance.filter(({topic}) => topic === chosenBy[0]!.words);
  expect(ofTopic).toHaveLength(chosenBy[0]!.records - chosenBy[0]!.left);
  for (const {line} of ofTopic) {
    const row = JSON.parse(linesOf(join(root, 'out/records.jsonl'))[line - 1]!);
    expect(topicOf(row.text)).toBe(3);
  }
  // By chance it takes a text of the topic in eight.
  expect(found.records.added).toBeLessThan(without.length / 8);
});

test('takes no more than it needs, and says where the budget does not suffice', async () => {
  const root = folder(files);
  const enough = (await run(root, {out: 'out'}))!;
  const all = linesOf(join(root, 'out/records.jsonl'));
  const fewer = [...linesOf(join(root, 'round.jsonl')), ...all.slice(0, -1)];
  writeFileSync(join(root, 'fewer.jsonl'), `${fewer.join('\n')}\n`);
  expect((await run(root, {round: 'fewer.jsonl'}))!.judgedOn.before.share).toBeLessThan(0.95);
  const short = (await run(root, {budget: 5, out: 'short'}))!;
  expect(short).toMatchObject({reached: false, records: {added: 5, enough: enough.records.added}});
  expect(linesOf(join(root, 'short/records.jsonl'))).toEqual(all.slice(0, 5));
  expect(enough.judgedOn.after.share).toBeGreaterThan(short.judgedOn.after.share);
});

test('measures the mix as a scan of it does', async () => {
  const root = folder(files);
  const found = (await run(root, {out: 'out'}))!;
  const mix =
    readFileSync(join(root, 'round.jsonl'), 'utf8') + readFileSync(join(root, 'out/records.jsonl'), 'utf8');
  writeFileSync(join(root, 'mix.jsonl'), mix);
  const again = (await run(root, {round: 'mix.jsonl'}))!;
  expect(again.reached).toBe(true);
  expect(again.records).toMatchObject({round: 300 + found.records.added, added: 0});
  expect(again.judgedOn.before).toEqual(found.judgedOn.after);
  const survival = (report: typeof found, side: 'before' | 'after') =>
    report.measures.find(({name}) => name === 'tail.survival')![side];
  expect(survival(again, 'before')).toBe(survival(found, 'after'));
  expect(survival(found, 'after')!).toBeGreaterThan(survival(found, 'before')! + 0.02);
});

test('adds nothing to a round that has what an honest sample has, and writes nothing', async () => {
  const root = folder(files);
  const found = await run(root, {round: 'honest.jsonl', out: 'out'});
  expect(found).toMatchObject({reached: true, records: {added: 0}, folder: null});
  expect(existsSync(join(root, 'out'))).toBe(false);
});

test('gives the same from a profile, from a packed reference, and at any order of segments', async () => {
  const root = folder({
    ...files,
    'a.jsonl': odd.slice(0, 450).join('\n'),
    'b.jsonl': odd.slice(450).join('\n'),
  });
  const plain = (await run(root, {out: 'plain'}))!;
  writeFileSync(join(root, 'packed.jsonl.gz'), gzipSync(reference));
  const packed = await run(root, {setup: {references: [{path: 'packed.jsonl.gz', role: 'trusted'}]}});
  expect(packed).toEqual({...plain, folder: null});
  const loaded = await load(root);
  for (const name of ['a.jsonl', 'b.jsonl'])
    await buildProfile(loaded, [name], 'human.profile', {cwd: root, concurrency: 0});
  const profile: Setup = {references: [{path: 'human.profile', role: 'trusted'}]};
  const found = (await run(root, {out: 'out', setup: profile}))!;
  expect(found).toEqual({...plain, folder: 'out'});
  expect(linesOf(join(root, 'out/records.jsonl'))).toEqual(linesOf(join(root, 'plain/records.jsonl')));
});

test('refuses a reference whose files are gone or are no longer what they were', async () => {
  const root = folder(files);
  await buildProfile(await load(root), ['human.jsonl'], 'human.profile', {
    cwd: root,
    concurrency: 0,
    cache: false,
  });
  const profile: Setup = {references: [{path: 'human.profile', role: 'trusted'}]};
  appendFileSync(join(root, 'human.jsonl'), '\n');
  await expect(run(root, {setup: profile, out: 'out'})).rejects.toThrow(/`human\.jsonl` has changed since/);
  rmSync(join(root, 'human.jsonl'));
  await expect(run(root, {setup: profile, out: 'out'})).rejects.toThrow(/`human\.jsonl`.* is gone/);
  expect(readdirSync(root).sort()).toEqual(['honest.jsonl', 'human.profile', 'round.jsonl']);
});

test('says what is missing', async () => {
  const root = folder({
    ...files,
    'few.jsonl': rows(honest.slice(0, 40)),
    'other.jsonl': rows(honest.slice(0, 9)),
  });
  const refused = (options: Parameters<typeof run>[1]) =>
    run(root, {out: 'out', ...options}).catch(error => error);
  const none = await refused({setup: {}});
  expect(none).toBeInstanceOf(RunError);
  expect(none.message).toMatch(/no trusted reference/);
  expect((await refused({round: 'few.jsonl'})).message).toMatch(/64 records/);
  const small: Setup = {references: [{path: 'other.jsonl', role: 'trusted'}]};
  expect((await refused({setup: small})).message).toMatch(/64 records/);
  await buildProfile(await load(root, {rules: {'tail/survival': 'off'}}), ['human.jsonl'], 'bare.profile', {
    cwd: root,
    concurrency: 0,
  });
  const bare: Setup = {references: [{path: 'bare.profile', role: 'trusted'}]};
  expect((await refused({setup: bare})).message).toMatch(/`bare\.profile` says nothing of rare words/);
  expect(existsSync(join(root, 'out'))).toBe(false);
});

test('does not put together what cannot be trained on together', async () => {
  const root = folder({
    'human.jsonl': jsonl(human.map(body => ({body}))),
    'round.jsonl': round.map(text => ({text, answer: 'yes'})),
  });
  await buildProfile(await load(root, {fields: {text: ['body']}}), ['human.jsonl'], 'human.profile', {
    cwd: root,
    concurrency: 0,
  });
  const profile: Setup = {references: [{path: 'human.profile', role: 'trusted'}], fields: {text: ['text']}};
  await expect(run(root, {setup: profile, out: 'out'})).rejects.toThrow(/have no text the way the fields/);
  expect(readdirSync(root).sort()).toEqual(['human.jsonl', 'human.profile', 'round.jsonl']);
});

test('replaces only what an earlier run left', async () => {
  const root = folder(files);
  await run(root, {out: 'out'});
  await expect(run(root, {out: 'out'})).rejects.toThrow(/is there already/);
  await expect(run(root, {out: 'round.jsonl'})).rejects.toThrow(/is a file/);
  expect(await run(root, {out: 'out', overwrite: true})).toMatchObject({reached: true});
});
