import {once} from 'node:events';
import {createWriteStream} from 'node:fs';
import {join} from 'node:path';
import {beforeAll, expect, test} from 'vitest';
import {lastingFolder, put, type Row} from '../engine/rounds.js';
import {collapse, filesIn, plugin, type Ran} from './collapse.js';

const evil =
  '\x1b]0;owned\x07\x1b[2J\x1b[31mred\x9b1m\u202eback\u2066wards\u200b\u2028line\rover\x00\x08\u{e0041}';
/** What a terminal would obey, or hide: none of it may come through but line feeds. */
const raw = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\u{e0041}/u;
const name = process.platform === 'win32' ? 'odd' : '\x1b[31m\u202eodd\nname';
const words = 'each spring the river rises over the lower meadow and all cows are led up to the old orchard';

const rows: Row[] = [
  {id: evil, text: `${evil} ${words}`, source: evil, prompt: evil, flag: evil, group: evil},
  {id: `${evil}2`, text: `${evil} ${words}`, group: evil},
  {id: `${evil}3`, text: `${evil} ${words} again`, group: evil},
  {id: 'proto', text: 'Keys that objects have.', constructor: 1, toString: 2, hasOwnProperty: 3},
  {id: '__proto__', text: 'An id that objects have.', flag: 'x', group: '__proto__'},
  {id: 'constructor', text: 'Another id that objects have.', flag: 'x', group: 'constructor'},
  {id: 'x'.repeat(1 << 20), text: `${words} for ever`},
  {id: 'y'.repeat(1 << 20), text: `${words} for ever`},
  {id: '\ud800', text: 'A lone surrogate \udfff in the text.', flag: '\udbff'},
];
const own = '{"__proto__": {"text": "polluted"}, "id": "own", "text": "A key of its own.", "flag": "x"}\n';

let cwd = '';
beforeAll(() => {
  cwd = lastingFolder();
  const lines = rows.map(row => JSON.stringify(row)).join('\n');
  put(cwd, {
    [`data/${name}.jsonl`]: `${lines}\n${own}{"id": "${evil.replace(/[\x00-\x1f]/g, '?')}", "text": \n`,
    [`ref-${name}.jsonl`]: [{id: evil, text: `${words} for ever ${evil}`}],
    [`empty-${name}.jsonl`]: '',
    '.collapserc': `plugins: [${plugin}]\nrules: {probe/groups: warn, probe/bits: warn}\nmaxMalformed: 1\ngates: {duplication: {maximum: 1}}\n`,
  });
});

function expectHarmless({stdout, stderr, signal}: Ran): void {
  expect(signal).toBeNull();
  expect(raw.exec(stdout)?.[0]).toBeUndefined();
  expect(raw.exec(stderr)?.[0]).toBeUndefined();
  expect(stderr).not.toContain('bug in collapse-gate');
}

test.each([
  ['check data', 1],
  ['check data --format json --max-findings 1000', 1],
  ['filter data --out out', 0],
  ['gate out', 0],
  [`profile ref-${name}.jsonl data --out ${name}.profile`, 0],
  [`profile --info ${name}.profile`, 0],
  [`profile --info ${name}.profile --format json`, 0],
  [`check data --reference ${name}.profile`, 1],
  [`check empty-${name}.jsonl`, 3],
  ['check gone-\u202e\x1b.jsonl', 2],
  [`gate gone-${name}`, 2],
  [`check data --${evil.replaceAll('\x00', '')}`, 2],
  [`check data --rule ${evil.replaceAll('\x00', '')}=off`, 2],
])('%j shows nothing that a terminal obeys', async (line, code) => {
  const ran = await collapse(line.split(' '), {cwd});
  expectHarmless(ran);
  expect([ran.code, code === ran.code ? '' : ran.stderr]).toEqual([code, '']);
});

test('records with hostile names are judged as any other', () => {
  const evidence = filesIn(join(cwd, 'out')).get('evidence.jsonl')!.toString().trimEnd().split('\n');
  const judged = evidence.map(line => JSON.parse(line));
  expect(judged.map(({verdict}) => verdict)).toEqual([
    // Refused for its flag, so the next one with its text stays, and the third is like that.
    ...['reject', 'accept', 'reject'],
    ...['accept', 'reject', 'reject', 'accept', 'reject', 'reject', 'reject', 'malformed'],
  ]);
  expect(judged.map(({id}) => id).slice(0, 9)).toEqual(rows.map(row => (row as {id: string}).id));
  expect(judged[9].id).toBe('own');
});

test('one record of 100 MB beside others', async () => {
  const big = join(cwd, 'big.jsonl');
  const out = createWriteStream(big);
  out.write(`${JSON.stringify({id: 'before', text: words})}\n{"id": "big", "text": "`);
  const piece = `${Array.from({length: 1000}, (_, at) => `word${at}`).join(' ')} `.repeat(150);
  for (let written = 0; written < 100e6; written += piece.length) {
    if (!out.write(piece)) await once(out, 'drain');
  }
  out.end(`"}\n${JSON.stringify({id: 'after', text: `${words} again`})}\n`);
  await once(out, 'close');
  const ran = await collapse(
    ['filter', 'big.jsonl', '--dry-run', '-f', 'json', '--rule', 'synthetic/*=off'],
    {
      cwd,
    },
  );
  expect([ran.code, ran.stderr]).toEqual([0, '']);
  const {totals, findings} = JSON.parse(ran.stdout);
  expect(totals).toMatchObject({records: 3, accepted: 2, rejected: 1});
  expect(findings.map(({record}: {record: {id: string; line: number}}) => [record.id, record.line])).toEqual([
    ['after', 3],
  ]);
}, 120_000);
