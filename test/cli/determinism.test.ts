import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeAll, expect, test} from 'vitest';
import {corpusChunks} from '../../bench/corpus.mjs';
import {loadConfig} from '../../src/config/load.js';
import {scan} from '../../src/engine/scan.js';
import {renderJson} from '../../src/report/json.js';
import {openInputs} from '../../src/run/inputs.js';
import {pendingReferences} from '../../src/run/references.js';
import {reportOf} from '../../src/run/report.js';
import {jsonl, lastingFolder, put} from '../engine/rounds.js';
import {collapse, filesIn, plugin} from './collapse.js';

/** Rows of a generated corpus, cut to a few words, with the fields that the test plugin looks at. */
function rowsOf(seed: number, bytes: number): Record<string, unknown>[] {
  const shares = {duplicates: 0.06, near: 0.06, contained: 0, against: {seed: 1, records: 300}};
  const chunks = [...corpusChunks({seed, bytes, ...(seed === 1 ? {} : shares)})];
  const rows = Buffer.concat(chunks).toString().trimEnd().split('\n');
  return rows.map((line, at) => {
    const {text, prompt, response} = JSON.parse(line);
    return {
      id: `s${seed}-${at}`,
      ...(text === undefined ? {prompt, response: cut(response, 0, 40)} : {text: cut(text, 0, 40)}),
      bit: at,
      score: (at % 10) / 10,
      ...(at % 4 !== 0 && {group: `g${at % 90}`}),
      ...(at % 50 === 7 && {flag: 'seventh'}),
    };
  });
}

function cut(text: string, from: number, to: number): string {
  return text.split(/\s+/).slice(from, to).join(' ');
}

const config = `
plugins: [${plugin}]
rules:
  probe/groups: warn
  probe/bits: warn
  probe/features: warn
  duplicate/near: [error, {threshold: 0.7, floor: 0.6}]
  duplicate/contained: warn
gates: {novelty: {minimum: 0.3}, probe/score: {least: 0.2}, duplication: {maximum: 1}}
overrides:
  - {files: '**/part-3.jsonl', rules: {duplicate/contained: off, probe/flags: warn}}
  - {where: {flag: seventh}, rules: {duplicate/near: warn}}
references:
  - {path: trusted.jsonl}
  - {path: earlier, role: previous}
  - {path: items.jsonl, role: benchmark}
maxMalformed: 10
maxFindings: 200
`;

let root = '';
/** Reports of the built program, by worker threads. */
const reports = new Map<string, string>();

beforeAll(async () => {
  const rows = rowsOf(2, 1_200_000);
  const reference = rowsOf(1, 250_000);
  const part = (from: number) => rows.slice(from * 200, (from + 1) * 200);
  const texts = rows.flatMap(({text}) => (typeof text === 'string' ? [text] : []));
  const excerpts = texts.slice(0, 40).map(text => ({text: cut(text, 5, 35)}));
  root = lastingFolder();
  put(root, {
    '.collapserc': config,
    ...Object.fromEntries(Array.from({length: 7}, (_, at) => [`data/part-${at}.jsonl`, part(at)])),
    'data/z.jsonl': excerpts,
    'data/b.jsonl': `{"broken\n\n${jsonl(rows.slice(0, 40))}`,
    'data/deep/c.jsonl': jsonl(rows.slice(1400)).replaceAll('\n', '\r\n').trimEnd(),
    'trusted.jsonl': reference.slice(0, 200),
    'earlier/x.jsonl': reference.slice(200),
    'items.jsonl': reference.slice(0, 30).map(row => ({text: cut(String(row.text ?? row.response), 0, 12)})),
  });
  const common = {cwd: root};
  const {code, stdout, stderr} = await collapse(
    ['check', 'data', '-f', 'json', '--concurrency', '2'],
    common,
  );
  expect([code, stderr]).toEqual([1, '']);
  reports.set('2', stdout);
  for (const threads of ['1', '8']) {
    const args = ['filter', 'data', '--out', `out${threads}`, '--concurrency', threads, '--no-cache', '-q'];
    expect(await collapse(args, common)).toMatchObject({code: 0, stderr: ''});
    reports.set(threads, readFileSync(join(root, `out${threads}/report.json`), 'utf8'));
  }
}, 60_000);

test('the report has something to say about everything', () => {
  const report = JSON.parse(reports.get('1')!);
  expect(report.totals.records).toBeGreaterThan(1200);
  expect(report.totals.malformed).toBe(1);
  for (const verdict of ['accepted', 'quarantined', 'rejected'])
    expect(report.totals[verdict]).toBeGreaterThan(50);
  const {counts} = report;
  for (const rule of ['exact', 'near', 'contained'])
    expect(counts[`duplicate/${rule}`].records).toBeGreaterThan(20);
  expect(Object.keys(counts).sort()).toEqual([
    ...['contamination/benchmark', 'duplicate/contained', 'duplicate/exact', 'duplicate/near'],
    ...['gate/novelty', 'gate/probe/score', 'malformed', 'probe/features', 'probe/flags', 'probe/groups'],
  ]);
  expect(Object.keys(report.measures)).toContain('probe.bits@gate:probe/score');
});

test('the bytes of the report do not depend on the number of threads', () => {
  expect(reports.get('2')).toBe(reports.get('1'));
  expect(reports.get('8')).toBe(reports.get('1'));
});

test.each([777, 1 << 20])('nor on threads at all, nor on chunks: %i bytes', async chunkBytes => {
  const loaded = await loadConfig({cwd: root});
  const opened = await openInputs(['data'], {cwd: root, root, ignore: []});
  const {inputs, realPaths: exclude} = opened;
  const shared = {...loaded, cwd: root, threads: 0};
  const references = pendingReferences({...shared, exclude, cacheDir: undefined});
  const outcome = await scan({...shared, inputs, references, chunkBytes});
  expect(renderJson(reportOf(loaded, inputs, outcome, root))).toBe(reports.get('1'));
});

test('the files that a run writes do not depend on the number of threads', () => {
  const [one, eight] = [filesIn(join(root, 'out1')), filesIn(join(root, 'out8'))];
  expect([...eight.keys()]).toEqual([...one.keys()]);
  for (const [name, bytes] of eight) expect(bytes.equals(one.get(name)!), name).toBe(true);
});
