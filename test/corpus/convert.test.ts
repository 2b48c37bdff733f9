import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import fc from 'fast-check';
import {afterAll, expect, test} from 'vitest';
import {InputError} from '../../src/corpus/errors.js';
import type {Input} from '../../src/corpus/input.js';
import {openInput} from '../../src/corpus/open.js';

const folder = mkdtempSync(join(tmpdir(), 'collapse-convert-'));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

let files = 0;
async function read(name: string, content: string | Buffer) {
  const path = join(folder, `${files++}-${name}`);
  writeFileSync(path, content);
  const input = await openInput(path, {spoolDir: join(folder, 'spool'), cwd: folder});
  return {input, ...recordsOf(input)};
}

function recordsOf({file, origin}: Input) {
  const text = readFileSync(file, 'utf8');
  const rows = text === '' ? [] : text.trimEnd().split('\n');
  const places = origin!.places;
  const bytes = readFileSync(origin!.file);
  return {
    rows: rows.map(row => JSON.parse(row)),
    numbers: [...places.numbers(0, places.count)],
    own: rows.map((_, index) => bytes.subarray(places.start(index), places.end(index)).toString()),
    reasons: places.reasons,
  };
}

async function refusal(name: string, content: string | Buffer): Promise<string> {
  const error = await read(name, content).catch(caught => caught);
  expect(error).toBeInstanceOf(InputError);
  return error.message;
}

test('a row of CSV is an object, found by its first line', async () => {
  const {rows, numbers, own, reasons} = await read(
    'a.csv',
    '\ufeffid,text\r\n1,"A bell,\r\nand ""a lamp"""\r\n\r\n2,x\r\n3,x,y\r\n',
  );
  expect(rows.slice(0, 2)).toEqual([
    {id: '1', text: 'A bell,\r\nand "a lamp"'},
    {id: '2', text: 'x'},
  ]);
  expect(numbers).toEqual([2, 5, 6]);
  expect(own[0]).toBe('1,"A bell,\r\nand ""a lamp"""\r\n');
  expect(reasons.get(2)).toContain('3 cells, the header has 2');
});

test('TSV, semicolons and conversations in cells', async () => {
  expect((await read('a.tsv', 'a\tb\n1,5\t2\n')).rows).toEqual([{a: '1,5', b: '2'}]);
  expect((await read('a.csv', 'a;b\n1,5;2\n')).rows).toEqual([{a: '1,5', b: '2'}]);
  const said = [{role: 'user', content: 'Is the ferry late?'}];
  const cell = JSON.stringify(said).replaceAll('"', '""');
  expect((await read('a.csv', `messages,n\n"${cell}",1\n"[1",2\n`)).rows).toEqual([
    {messages: said, n: '1'},
    {messages: '[1', n: '2'},
  ]);
});

test('what is no CSV is refused with its line', async () => {
  expect(await refusal('a.csv', 'a,b\n1,"never closed\n2,3\n')).toMatch(/quote that is opened.*never closed/);
  expect(await refusal('a.csv', 'a,a\n1,2\n')).toContain('names the column `a` twice');
  const {reasons} = await read('a.csv', Buffer.from('a\nfine\nbr\xfcken\n', 'latin1'));
  expect([...reasons.keys()]).toEqual([1]);
});

test('elements of a JSON array keep their bytes', async () => {
  const {rows, own, numbers} = await read('a.json', ' [\n {"a": "x]\\"[",\n  "n": 1},\n 7,{"b":[[]]} ]\n');
  expect(rows).toEqual([{a: 'x]"[', n: 1}, 7, {b: [[]]}]);
  expect(own).toEqual(['{"a": "x]\\"[",\n  "n": 1}', '7', '{"b":[[]]}']);
  expect(numbers).toEqual([1, 2, 3]);
  expect((await read('a.json', '[]')).rows).toEqual([]);
});

test('a JSON array that is cut off or goes on is refused', async () => {
  expect(await refusal('a.json', '[{"a":1},{"b":')).toContain('cut off after record 1');
  expect(await refusal('a.json', '[{"a":1}] x')).toContain('more after the end');
  expect(await refusal('a.json', '[{"a":1}}]')).toContain('closes what was never opened');
});

test('lines of a text are records', async () => {
  const {rows, numbers, own, reasons} = await read(
    'a.txt',
    Buffer.from('One.\r\n\n  two\n\xff\nlast', 'latin1'),
  );
  expect(rows.filter(row => typeof row === 'object')).toEqual([
    {text: 'One.'},
    {text: '  two'},
    {text: 'last'},
  ]);
  expect(numbers).toEqual([1, 3, 4, 5]);
  expect(own.join('')).toBe(Buffer.from('One.\r\n\n  two\n\xff\nlast', 'latin1').toString());
  expect([...reasons.keys()]).toEqual([2]);
});

// Two frames, written by hand.
const frames = ['A', 'B'].map(letter => {
  const line = Buffer.from(`{"text":"${letter}"}\n`);
  // A frame of one raw block: magic, single segment with its size, last block.
  const block = ((line.length << 3) | 1) >>> 0;
  return Buffer.concat([
    Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, line.length, block & 255, (block >> 8) & 255, block >> 16]),
    line,
  ]);
});

test('zstd of several frames is read whole; what is cut off is refused', async () => {
  const path = join(folder, 'two.jsonl.zst');
  writeFileSync(path, Buffer.concat(frames));
  const input = await openInput(path, {spoolDir: join(folder, 'spool'), cwd: folder});
  expect(input.codec).toBe('zstd');
  expect(readFileSync(input.file, 'utf8')).toBe('{"text":"A"}\n{"text":"B"}\n');
  expect(await refusal('cut.jsonl.zst', Buffer.concat(frames).subarray(0, 30))).toContain('cut off');
});

const cell = fc.string({unit: 'grapheme', maxLength: 12});
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

test('any table comes back from CSV, plain or gzip, and its bytes have no gap', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell), {maxLength: 8}), fc.boolean(), async (table, packed) => {
      const text = `a,b\n${table.map(row => `${row.map(quoted).join(',')}\n`).join('')}`;
      const {rows, own, input} = await read('a.csv', packed ? gzipSync(text) : text);
      expect(rows).toEqual(table.map(([a, b]) => ({a, b})));
      expect(text.slice(0, 4) + own.join('')).toBe(text);
      expect(input.codec).toBe(packed ? 'gzip' : 'plain');
    }),
    {seed: 7, numRuns: 60},
  );
});

test('any values come back from an array', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.jsonValue(), {maxLength: 8}),
      fc.constantFrom(0, 2),
      async (values, indent) => {
        const {rows} = await read('a.json', JSON.stringify(values, null, indent));
        expect(rows).toEqual(JSON.parse(JSON.stringify(values)));
      },
    ),
    {seed: 7, numRuns: 60},
  );
});

test('damaged files are refused or read, never a crash, and leave no copy behind', async () => {
  const samples: readonly (readonly [string, Buffer])[] = [
    ['a.csv', Buffer.from('id,text\n1,"A bell, a lamp"\n2,"x\ny"\n')],
    ['a.json', Buffer.from('[{"text":"A bell"},\n{"text":"x"}]')],
    ['a.txt', Buffer.from('A bell.\nA lamp.\n')],
    ['a.csv.gz', gzipSync('id,text\n1,"A bell, a lamp"\n')],
    ['a.jsonl.zst', Buffer.concat(frames)],
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...samples),
      fc.nat(),
      fc.integer({min: 0, max: 7}),
      fc.boolean(),
      async ([name, good], at, bit, cut) => {
        const bytes = Buffer.from(cut ? good.subarray(0, at % good.length) : good);
        if (!cut) bytes[at % good.length]! ^= 1 << bit;
        const path = join(folder, `${files++}-${name}`);
        writeFileSync(path, bytes);
        const spoolDir = join(folder, `spool-${files}`);
        try {
          await openInput(path, {spoolDir, cwd: folder});
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          expect((error as Error).message).not.toContain('undefined');
          expect(filesIn(spoolDir)).toEqual([]);
        }
      },
    ),
    {seed: 7, numRuns: 300},
  );
});

function filesIn(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
