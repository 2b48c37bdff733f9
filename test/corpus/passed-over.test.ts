import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {passedOver} from '../../src/corpus/passed-over.js';

const cwd = mkdtempSync(join(tmpdir(), 'collapse-passed-'));
afterAll(() => rmSync(cwd, {recursive: true, force: true}));
for (const file of [
  ...['data/b.txt', 'data/a.arrow', 'data/deep/c.json.gz', 'data/deep/D.AVRO', 'data/readable.jsonl'],
  ...['data/code.ts', 'data/.hidden.csv', 'data/.git/x.csv', 'data/node_modules/y.csv', 'other/z.xlsx'],
]) {
  mkdirSync(join(cwd, file, '..'), {recursive: true});
  writeFileSync(join(cwd, file), '');
}

test('names data in other formats, nearest first, without what is hidden or readable', () => {
  expect(passedOver(['data'], cwd, 9)).toEqual([
    'data/a.arrow',
    'data/b.txt',
    'data/deep/D.AVRO',
    'data/deep/c.json.gz',
  ]);
});

test('stops at the limit, over all folders', () => {
  expect(passedOver(['other', 'data'], cwd, 2)).toEqual(['other/z.xlsx', 'data/a.arrow']);
});

test('files, patterns, standard input and what is not there hold none', () => {
  expect(passedOver(['data/b.csv', 'data/*.csv', '-', 'nowhere'], cwd, 3)).toEqual([]);
});
