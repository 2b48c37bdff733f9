import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {mkdirSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {beforeAll, expect, test} from 'vitest';
import type {JudgedRow} from '../../../src/engine/judge.js';
import type {Report} from '../../../src/report/report.js';
import {type Asked, checkChange} from '../../../src/run/change/index.js';
import {folder, jsonl, lastingFolder, load, put, type Setup} from '../../engine/rounds.js';
import {at, gitEnvironment, inside, repo} from '../../git/repo.js';

beforeAll(() => {
  process.env.COLLAPSE_CACHE_DIR = lastingFolder();
});

const light = 'The light on the eastern rock is lit an hour before the sun goes down.';
const ferry = 'A ferry takes the mail across on Tuesdays, when the tide lets it.';
const storm = 'In the storm of that winter the boats stayed in for nineteen days.';
const nets = 'Nets are mended on the quay by people who talk about other things.';
const stove = 'Behind the stove hung the coats of three generations of pilots.';

interface Judged {
  readonly report: Report;
  readonly rows: JudgedRow[];
  readonly notes: string[];
  readonly built: string[];
}

async function judge(
  cwd: string,
  asked: Asked = {staged: true},
  setup: Setup = {},
  patterns = ['.'],
): Promise<Judged> {
  const [rows, notes, built]: [JudgedRow[], string[], string[]] = [[], [], []];
  const report = await checkChange(
    await load(cwd, setup),
    patterns,
    asked,
    {cwd, concurrency: 0, onNote: note => notes.push(note), onBuild: name => built.push(name)},
    row => void rows.push(row),
  );
  return {report, rows, notes, built};
}

/** Places of the records that were judged. */
const places = ({rows}: Judged) => rows.map(({evidence: {place}}) => `${place.path}:${place.line}`);

test('judges the new records, at their lines, against all the others', async () => {
  const {root, stage} = repo({'data/a.jsonl': [light, ferry], 'data/b.jsonl': [storm]});
  stage({'data/a.jsonl': [nets, light, '', ferry], 'data/c.jsonl': [storm], 'README.md': 'Changed.'});
  const judged = await judge(root);
  expect(places(judged)).toEqual(['data/a.jsonl:1', 'data/a.jsonl:3', 'data/c.jsonl:1']);
  expect(judged.report.change).toEqual({base: 'HEAD', files: 2, moved: 0, added: 3, stayed: 2, gone: 0});
  expect(judged.report.references).toEqual([{path: 'the data set at HEAD', role: 'trusted', records: 3}]);
  const [finding] = judged.report.findings.filter(({rule}) => rule === 'duplicate/exact');
  expect(finding!.message).toBe('Same text as `line:1` (data/b.jsonl:1) of the trusted reference');
  expect(finding!.related).toMatchObject([{verified: true, record: {path: 'data/b.jsonl', line: 1}}]);
});

test('names the place that a record has now, not the one it had', async () => {
  const {root, stage} = repo({'a.jsonl': [light, ferry]});
  stage({'a.jsonl': [nets, {text: nets, n: 2}, ferry, light], 'b.jsonl': [{text: light, n: 2}]});
  const {report} = await judge(root);
  const told = report.findings.filter(({rule}) => rule.startsWith('duplicate/'));
  expect(
    told.map(({record, related}) => [
      record.path,
      record.line,
      related![0]!.record.path,
      related![0]!.record.line,
    ]),
  ).toEqual([
    ['a.jsonl', 2, 'a.jsonl', 1],
    ['b.jsonl', 1, 'a.jsonl', 4],
  ]);
});

test('moving, re-ordering and compressing records brings none', async () => {
  const {root, git, stage} = repo({'a.jsonl': [light, ferry, storm], 'b.jsonl': [nets], 'c.jsonl': [stove]});
  rmSync(join(root, 'b.jsonl'));
  renameSync(join(root, 'c.jsonl'), join(root, 'd.jsonl'));
  rmSync(join(root, 'a.jsonl'));
  stage({'a.jsonl.gz': gzipSync(jsonl([storm, light])), 'z/b.jsonl': [ferry, nets]});
  const {report, rows} = await judge(root);
  expect(rows).toEqual([]);
  expect(report).toMatchObject({verdict: 'pass', totals: {records: 0}, findings: []});
  expect(report.change).toEqual({base: 'HEAD', files: 4, moved: 1, added: 0, stayed: 4, gone: 0});
  git('commit', '--quiet', '-m', 'Moved');
  expect((await judge(root)).report.change).toMatchObject({files: 0, moved: 0, added: 0});
});

test('a copy of a record is new; an edited record is not held against what it replaces', async () => {
  const {root, stage} = repo({'a.jsonl': [light, ferry, storm]});
  stage({'a.jsonl': [light, `${ferry} Or so it was.`, storm, light]});
  const judged = await judge(root);
  expect(places(judged)).toEqual(['a.jsonl:2', 'a.jsonl:4']);
  expect(judged.report.findings.map(({rule, record}) => [rule, record.line])).toEqual([
    ['duplicate/exact', 4],
  ]);
  expect(judged.report.change).toMatchObject({added: 2, stayed: 2, gone: 1});
  expect(judged.report.references[0]!.records).toBe(2);
});

test('a file of the same size as before is not taken for what it was', async () => {
  const {root, stage} = repo({'a.jsonl': [light, ferry, nets]});
  stage({'a.jsonl': [nets, light, ferry], 'b.jsonl': [{text: light, n: 1}]});
  const judged = await judge(root);
  expect(places(judged)).toEqual(['b.jsonl:1']);
  expect(judged.report.findings.map(({related}) => related![0]!.record)).toMatchObject([
    {path: 'a.jsonl', line: 2},
  ]);
});

test('before the first commit everything is new', async () => {
  const {root, stage} = repo();
  expect((await judge(root)).report.change).toMatchObject({files: 0, added: 0});
  stage({'a.jsonl': [light, light]});
  const judged = await judge(root);
  expect(places(judged)).toEqual(['a.jsonl:1', 'a.jsonl:2']);
  expect(judged.report.references).toEqual([]);
});

test('what is staged counts, not what lies in the folder', async () => {
  const {root, git} = repo({'a.jsonl': [light], 'gone.jsonl': [stove]});
  put(root, {'a.jsonl': [light, ferry]});
  git('add', 'a.jsonl');
  put(root, {'a.jsonl': [storm, storm, storm], 'untracked.jsonl': [nets]});
  expect(places(await judge(root))).toEqual(['a.jsonl:2']);
  const since = await judge(root, {since: 'HEAD'});
  expect(places(since)).toEqual(['a.jsonl:1', 'a.jsonl:2', 'a.jsonl:3']);
});

test('since a branch: from where the histories part, without what the branch got since', async () => {
  const made = repo({'a.jsonl': [light]});
  made.git('checkout', '--quiet', '-b', 'topic');
  made.commit({'a.jsonl': [light, ferry]});
  made.git('checkout', '--quiet', 'main');
  const fork = made.git('rev-parse', 'HEAD').trim();
  made.commit({'a.jsonl': [storm]});
  made.git('checkout', '--quiet', 'topic');
  const judged = await judge(made.root, {since: 'main'});
  expect(places(judged)).toEqual(['a.jsonl:2']);
  expect(judged.report.change!.base).toBe(`main (${fork.slice(0, 12)})`);
  await expect(judge(made.root, {since: 'mian'})).rejects.toThrow(
    'Cannot compare with `mian`: there is no such revision here. Name a branch, tag or commit that `git log` knows.',
  );
  await expect(judge(made.root, {since: '--output=x'})).rejects.toThrow('there is no such revision');
});

test('in a merge, the records of both sides were there before', async () => {
  const made = repo({'a.jsonl': [light], 'same.jsonl': [stove]});
  made.git('checkout', '--quiet', '-b', 'topic');
  made.commit({'a.jsonl': [light, ferry], 'theirs.jsonl': [nets]});
  made.git('checkout', '--quiet', 'main');
  made.commit({'a.jsonl': [light, storm]});
  expect(() => made.git('merge', 'topic')).toThrow();
  await expect(judge(made.root)).rejects.toThrow(
    'Cannot check what is staged in `a.jsonl`: its merge conflict is not resolved.',
  );
  made.stage({'a.jsonl': [light, storm, ferry, {text: nets, by: 'resolver'}]});
  const judged = await judge(made.root);
  expect(places(judged)).toEqual(['a.jsonl:4']);
  // The other side's records are a reference too, where they are now.
  expect(judged.report.findings.map(({rule, related}) => [rule, related![0]!.record.path])).toEqual([
    ['duplicate/exact', 'theirs.jsonl'],
  ]);
});

test('in worktrees and in folders of a repository', async () => {
  const made = repo({'data/a.jsonl': [light], 'other/b.jsonl': [storm]});
  const tree = join(folder(), 'tree');
  made.git('worktree', 'add', '--quiet', tree);
  const other = at(tree);
  other.stage({'data/a.jsonl': [light, ferry], 'other/b.jsonl': [storm, light]});
  expect(places(await judge(tree))).toEqual(['data/a.jsonl:2', 'other/b.jsonl:2']);
  const inFolder = await judge(join(tree, 'data'));
  expect(places(inFolder)).toEqual(['a.jsonl:2']);
  expect(inFolder.report.references[0]!.records).toBe(1);
  expect((await judge(made.root)).report.change!.added).toBe(0);
});

test('a shallow clone says what to fetch, and compares with what it has', async () => {
  const made = repo({'a.jsonl': [light]});
  made.git('checkout', '--quiet', '-b', 'topic');
  made.commit({'a.jsonl': [light, ferry]});
  const root = join(folder(), 'clone');
  const run = (...args: string[]) =>
    execFileSync('git', args, {stdio: 'pipe', env: {...process.env, ...gitEnvironment}});
  run('clone', '--quiet', '--depth=1', '--branch=topic', `file://${made.root}`, root);
  await expect(judge(root, {since: 'origin/main'})).rejects.toThrow(/This clone is shallow: fetch it/);
  run('-C', root, 'fetch', '--quiet', '--depth=1', 'origin', 'main:refs/remotes/origin/main');
  const judged = await judge(root, {since: 'origin/main'});
  expect(places(judged)).toEqual(['a.jsonl:2']);
  expect(judged.notes).toEqual([
    expect.stringContaining('Where origin/main and HEAD part is not known here'),
  ]);
});

test('the files of submodules belong to the data set', async () => {
  const inner = repo({'a.jsonl': [light]});
  const outer = repo({'b.jsonl': [storm]});
  outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.root, 'sub');
  outer.commit({});
  inside(outer, 'sub').commit({'a.jsonl': [light, ferry]});
  outer.git('add', 'sub');
  const judged = await judge(outer.root);
  expect(places(judged)).toEqual(['sub/a.jsonl:2']);
  expect(judged.report.references[0]!.records).toBe(2);
  inside(outer, 'sub').stage({'a.jsonl': [light, ferry, nets]});
  expect(places(await judge(join(outer.root, 'sub')))).toEqual(['a.jsonl:3']);
});

test('a Git LFS pointer stands for its data, staged or committed', async () => {
  const made = repo();
  const pointer = (rows: readonly string[]) => {
    const content = jsonl(rows);
    const oid = createHash('sha256').update(content).digest('hex');
    const file = join(made.root, '.git/lfs/objects', oid.slice(0, 2), oid.slice(2, 4), oid);
    mkdirSync(dirname(file), {recursive: true});
    writeFileSync(file, content);
    const text = `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${content.length}\n`;
    return {file, text};
  };
  const before = pointer([light, ferry]);
  made.commit({'a.jsonl': before.text});
  // Pointers are of the same size; a record is compared with the data, not with them.
  const after = pointer([ferry, light, storm, `${light} `]);
  made.stage({'a.jsonl': after.text});
  const judged = await judge(made.root);
  expect(places(judged)).toEqual(['a.jsonl:3', 'a.jsonl:4']);
  expect(judged.report.findings.map(({record, related}) => [record.line, related![0]!])).toMatchObject([
    [4, {verified: true, record: {path: 'a.jsonl', line: 2}}],
  ]);
  rmSync(after.file);
  process.env.COLLAPSE_CACHE_DIR = lastingFolder();
  await expect(judge(made.root)).rejects.toThrow(
    'Cannot read `a.jsonl`: git has a Git LFS pointer there, and the data itself is not here.',
  );
});

test.skipIf(process.platform === 'win32')('files with odd names and contents', async () => {
  const odd = [
    '-rf.jsonl',
    ' a b.jsonl',
    'line\nbreak.jsonl',
    'qu"ote\'s.jsonl',
    '*.jsonl',
    'ünï/$(x).jsonl',
    ':(top).jsonl',
  ];
  const made = repo(Object.fromEntries(odd.map((name, at) => [name, [`${light} ${at}`]])));
  made.stage({
    ...Object.fromEntries(
      odd.map((name, at) => [name, [`${light} ${at}`, `${storm} Number ${at}: ${'.'.repeat(at)}`]]),
    ),
    'empty.jsonl': '',
    '.hidden/x.jsonl': [nets],
  });
  const judged = await judge(made.root, {staged: true}, {rules: {'duplicate/near': 'off'}});
  expect(places(judged).sort()).toEqual(odd.map(name => `${name}:2`).sort());
  expect(judged.report.references[0]!.records).toBe(odd.length);
});

test('what cannot be read is an error where it changes, and no part of the reference elsewhere', async () => {
  const damaged = gzipSync(jsonl([light])).subarray(0, 30);
  const made = repo({'bad.jsonl.gz': damaged, 'a.jsonl': [light, 'x']});
  made.stage({'a.jsonl': `${jsonl([light, 'x'])}{"text": \n\0\0\n`});
  const judged = await judge(made.root);
  expect(judged.report.totals).toMatchObject({records: 2, malformed: 2});
  expect(judged.notes).toEqual([expect.stringContaining('Not part of the reference: bad.jsonl.gz.')]);
  made.stage({'bad.jsonl.gz': gzipSync(jsonl([light])).subarray(0, 31)});
  await expect(judge(made.root)).rejects.toThrow('Cannot decompress `bad.jsonl.gz`');
});

test('ignored files, named files, and references of the config', async () => {
  const made = repo({'data/a.jsonl': [light], 'data/old/b.jsonl': [ferry], 'human.jsonl': [nets, stove]});
  made.stage({'data/a.jsonl': [light, {text: nets}, {text: ferry}], 'data/old/b.jsonl': [ferry, 'ignored']});
  const setup: Setup = {ignore: ['data/old/**'], references: ['human.jsonl']};
  const judged = await judge(made.root, {staged: true}, setup);
  expect(places(judged)).toEqual(['data/a.jsonl:2', 'data/a.jsonl:3']);
  // What the config names as a reference is one, and no part of the rest.
  expect(judged.report.references).toEqual([
    {path: 'human.jsonl', role: 'trusted', records: 2},
    {path: 'the data set at HEAD', role: 'previous', records: 1},
  ]);
  expect(judged.report.findings.map(({message}) => message)).toEqual([
    'Same text as `line:1` (human.jsonl:1) of the trusted reference',
  ]);
  const named = await judge(made.root, {staged: true}, {}, ['data/old']);
  expect(places(named)).toEqual(['data/old/b.jsonl:2']);
  await expect(judge(made.root, {staged: true}, {}, ['dta'])).rejects.toThrow('Cannot read `dta`');
});

test('a record added to a reference of the config is not held against itself', async () => {
  const made = repo({'human.jsonl': [nets, stove]});
  made.stage({'human.jsonl': [nets, stove, light, `${nets} `]});
  const {report} = await judge(made.root, {staged: true}, {references: ['human.jsonl']});
  expect(report.findings.map(({record, related}) => [record.line, related![0]!.record.line])).toEqual([
    [4, 1],
  ]);
});

test('sums up a blob once; the report is the same, cold or warm, on one thread or two', async () => {
  const many = Array.from(
    {length: 400},
    (_, at) => `${light} That was in year ${at * 37} of ${'abcdefgh'[at % 8]}.`,
  );
  const made = repo({'a.jsonl': many, 'b.jsonl': [ferry, storm]});
  made.stage({'a.jsonl': [...many, many[7]!, nets]});
  const cold = await judge(made.root);
  expect(cold.built).toEqual(['the data set at HEAD']);
  const warm = await judge(made.root);
  expect(warm.built).toEqual([]);
  expect(warm.report).toEqual(cold.report);
  const config = await load(made.root);
  const cwd = made.root;
  expect(await checkChange(config, ['.'], {staged: true}, {cwd, concurrency: 0, cache: false})).toEqual(
    cold.report,
  );
});

test('outside of a repository it says so', async () => {
  await expect(judge(folder({'a.jsonl': [light]}))).rejects.toThrow(
    /is in no git repository\. Name the files/,
  );
});
