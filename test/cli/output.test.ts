import {execFileSync, spawn} from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeEach, expect, test} from 'vitest';
import {elements, parseHtml, textOf} from '../report/html/parse.js';
import {collapse} from './collapse.js';

const root = mkdtempSync(join(tmpdir(), 'collapse-output-'));
afterAll(() => rmSync(root, {recursive: true, force: true}));
let cwd: string;
let made = 0;

const rows = [
  {id: 'a', text: 'the harbour was quiet when the first boats came in with their nets still wet'},
  {id: 'b', text: 'tea is late today and the kettle has not been heard since noon'},
  {
    id: '<script>alert(1)</script>',
    text: 'the harbour was quiet when the first boats came in with their nets still wet',
  },
];

beforeEach(() => {
  cwd = join(root, String(made++));
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'round.jsonl'), rows.map(row => `${JSON.stringify(row)}\n`).join(''));
});

/** One repeat is enough then. */
const failing = ['--gate', 'duplication.repeats=1'];
const read = (name: string) => readFileSync(join(cwd, name), 'utf8');
const heading = (page: string) => textOf(elements(parseHtml(page)).find(({name}) => name === 'h1')!);

test('check writes every format that is asked for beside what it prints, into folders that it makes', async () => {
  const outputs = ['html=reports/new/round.html', 'json=round.json', 'stylish=round.txt'];
  const args = ['check', 'round.jsonl', '-q', ...failing, ...outputs.flatMap(output => ['--output', output])];
  const {stdout, stderr} = await collapse(args, {cwd});
  expect(stderr).toBe('');
  expect(read('round.txt')).toBe(stdout);
  expect(JSON.parse(read('round.json'))).toMatchObject({version: 1, totals: {records: 3}});
  const page = read('reports/new/round.html');
  expect(heading(page)).toBe('The round fails');
  // The page's own.
  expect(elements(parseHtml(page)).filter(({name}) => name === 'script')).toHaveLength(1);
  expect(textOf(parseHtml(page))).toContain('round.jsonl:3 <script>alert(1)</script>');
  // Nothing unfinished is left.
  expect(readdirSync(join(cwd, 'reports/new'))).toEqual(['round.html']);
  expect(readdirSync(cwd).sort()).toEqual(['reports', 'round.json', 'round.jsonl', 'round.txt']);
});

test.skipIf(process.platform === 'win32')('a link stays a link, and a pipe is written to', async () => {
  writeFileSync(join(cwd, 'real.json'), 'older');
  symlinkSync('real.json', join(cwd, 'link.json'));
  execFileSync('mkfifo', [join(cwd, 'pipe')]);
  const reader = spawn('cat', [join(cwd, 'pipe')]);
  const chunks: Buffer[] = [];
  reader.stdout.on('data', chunk => chunks.push(chunk));
  const closed = new Promise(done => reader.on('close', done));
  const {stderr} = await collapse(['check', 'round.jsonl', '-q', '-o', 'json=link.json', '-o', 'json=pipe'], {
    cwd,
  });
  expect(stderr).toBe('');
  await closed;
  expect(lstatSync(join(cwd, 'link.json')).isSymbolicLink()).toBe(true);
  expect(lstatSync(join(cwd, 'pipe')).isFIFO()).toBe(true);
  expect(JSON.parse(read('real.json')).version).toBe(1);
  expect(Buffer.concat(chunks).toString()).toBe(read('real.json'));
});

test('html on standard output has the bytes of the file, at any number of threads', async () => {
  const html = (threads: string) =>
    collapse(['check', 'round.jsonl', '-f', 'html', '-o', 'html=a.html', '--concurrency', threads], {cwd});
  const [one, two] = [await html('1'), await html('2')];
  expect(one.stdout).toBe(read('a.html'));
  expect(two.stdout).toBe(one.stdout);
});

test('filter leaves a page in the run folder and one where it is told; gate writes one again', async () => {
  const args = ['filter', 'round.jsonl', '--out', 'run', '-q', ...failing, '-o', 'html=run.html'];
  const {code} = await collapse(args, {cwd});
  expect(code).toBe(1);
  const page = read('run.failed/report.html');
  expect(read('run.html')).toBe(page);
  const {files} = JSON.parse(read('run.failed/manifest.json')) as {files: {path: string; bytes: number}[]};
  expect(files).toContainEqual(
    expect.objectContaining({path: 'report.html', bytes: Buffer.byteLength(page)}),
  );
  const again = await collapse(['gate', 'run.failed', '-q', ...failing, '-o', 'html=again.html'], {cwd});
  expect(again.code).toBe(code);
  // Judged again from its evidence, a run has no records at hand: findings stand with their excerpts.
  expect(page).toContain('class="record"');
  const titles = (of: string) =>
    elements(parseHtml(of))
      .filter(({name}) => name === 'h2')
      .map(textOf);
  expect(titles(read('again.html'))).toEqual(titles(page));
});

test('a page of a reference says that it was read', async () => {
  const {stdout} = await collapse(['profile', 'round.jsonl', '--out', 'r.profile', '-f', 'html'], {cwd});
  expect(heading(stdout)).toBe('Reference read');
});

test('what cannot be written is said before the scan, and nothing is written', async () => {
  mkdirSync(join(cwd, 'folder'));
  symlinkSync('round.jsonl', join(cwd, 'link.jsonl'));
  const before = readdirSync(cwd).sort();
  const said = async (...outputs: string[]) => {
    const args = ['check', 'round.jsonl', ...outputs.flatMap(output => ['-o', output])];
    const {code, stdout, stderr} = await collapse(args, {cwd});
    expect([code, stdout]).toEqual([2, '']);
    return stderr.split('\n')[0];
  };
  expect(await said('htm=a.html')).toBe(
    'Unknown format `htm`. Did you mean `html`? Known formats: stylish, statistics, html, json, jsonl, sarif, github, junit, markdown.',
  );
  expect(await said('a.html')).toBe(
    '`--output a.html`: write it as NAME=PATH, for example html=report.html.',
  );
  expect(await said('html=folder')).toBe('`--output html=folder`: `folder` is a folder. Name a file in it.');
  expect(await said('html=round.jsonl/a.html')).toBe(
    '`--output html=round.jsonl/a.html`: `round.jsonl` is a file, so nothing can be written into it.',
  );
  for (const name of ['round.jsonl', 'link.jsonl']) {
    expect(await said(`json=${name}`)).toBe(
      `\`--output json=${name}\`: \`${name}\` is what is to be checked. Name another file.`,
    );
  }
  expect(await said('json=a.json', 'html=./a.json')).toBe(
    '`--output html=./a.json`: `./a.json` is named twice. Name two files.',
  );
  expect(readdirSync(cwd).sort()).toEqual(before);
});
