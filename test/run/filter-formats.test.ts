import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {gunzipSync, gzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {type FilterOptions, filter} from '../../src/run/filter.js';
import {folder, load} from '../engine/rounds.js';

async function run(name: string, content: string | Buffer, options: Partial<FilterOptions> = {}) {
  const cwd = folder();
  writeFileSync(join(cwd, name), content);
  const loaded = await load(cwd, {maxMalformed: 9, gates: {duplication: 'off'}});
  const filtered = await filter(loaded, [name], {cwd, out: 'out', concurrency: 0, cache: false, ...options});
  return {...filtered, set: (file: string) => readFileSync(join(cwd, 'out', file))};
}

test('CSV: each set has the header, and its rows keep their bytes', async () => {
  const {set, report} = await run(
    'a.csv',
    'id,text\r\na,"The ferry, it leaves"\r\nb,A bell rings here\r\nc,A bell rings here\r\nd,too,many\r\ne,"A lamp\r\nis lit"',
  );
  expect(set('accepted.csv').toString()).toBe(
    'id,text\r\na,"The ferry, it leaves"\r\nb,A bell rings here\r\ne,"A lamp\r\nis lit"',
  );
  expect(set('rejected.csv').toString()).toBe('id,text\r\nc,A bell rings here\r\n');
  expect(set('malformed.csv').toString()).toBe('id,text\r\nd,too,many\r\n');
  expect(report.findings.map(({record}) => record.line)).toEqual([4, 5]);
  expect(report.inputs[0]!.records).toBe(5);
});

test('JSON arrays stay arrays, integers beyond 2^53 keep their digits', async () => {
  const {set} = await run(
    'a.json',
    '[{"text":"A bell","n":12345678901234567890},\n {"text":"A bell"}, 3,\n {"text": "A lamp"}]',
  );
  expect(set('accepted.json').toString()).toBe(
    '[\n{"text":"A bell","n":12345678901234567890},\n{"text": "A lamp"}\n]\n',
  );
  expect(JSON.parse(set('rejected.json').toString())).toEqual([{text: 'A bell'}]);
  expect(JSON.parse(set('malformed.json').toString())).toEqual([3]);
});

test('text keeps its lines, and gzip stays gzip', async () => {
  const {set} = await run('a.txt.gz', gzipSync('A bell rings.\n\nA lamp.\nA bell rings.\nlast'));
  expect(gunzipSync(set('accepted.txt.gz')).toString()).toBe('A bell rings.\n\nA lamp.\nlast');
  expect(gunzipSync(set('rejected.txt.gz')).toString()).toBe('A bell rings.\n');
});

test('standard output gets the format that was read', async () => {
  let out = '';
  await run('a.csv', 'text\nA bell\nA bell\nA lamp\n', {
    out: undefined,
    onAccepted: async bytes => {
      out += Buffer.from(bytes).toString();
    },
  });
  expect(out).toBe('text\nA bell\nA lamp\n');
});

test('the verdicts are those of the same records as JSON Lines, at any number of threads', async () => {
  const rows = Array.from({length: 3000}, (_, row) => `Line ${row % 2500} of the log says ${row % 7}`);
  const csv = await run('a.csv', `text\n${rows.map(row => `${row}\n`).join('')}`, {concurrency: 2});
  const lines = await run('a.jsonl', rows.map(text => `${JSON.stringify({text})}\n`).join(''));
  expect(csv.report.totals).toEqual(lines.report.totals);
  expect(csv.report.measures).toEqual(lines.report.measures);
  const places = (of: typeof csv) => of.report.findings.map(({record}) => record.line);
  expect(places(csv)).toEqual(places(lines).map(line => line + 1));
});

test('a folder is searched for tables, and several inputs keep their names', async () => {
  const cwd = folder();
  mkdirSync(join(cwd, 'data'));
  writeFileSync(join(cwd, 'data/a.csv'), 'text\nA bell\n');
  writeFileSync(join(cwd, 'data/b.tsv'), 'text\nA lamp\n');
  writeFileSync(join(cwd, 'data/notes.txt'), 'Not data\n');
  await filter(await load(cwd), ['data'], {cwd, out: 'out', concurrency: 0, cache: false});
  expect(readFileSync(join(cwd, 'out/accepted/data/a.csv'), 'utf8')).toBe('text\nA bell\n');
  expect(readFileSync(join(cwd, 'out/accepted/data/b.tsv'), 'utf8')).toBe('text\nA lamp\n');
});
