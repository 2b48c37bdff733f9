import {readdirSync} from 'node:fs';
import {expect, test} from 'vitest';
import {createSpooler} from '../../src/corpus/convert/spooler.js';
import {folder} from '../engine/rounds.js';

test('records that are a thousand times their file are refused, once they are many bytes', async () => {
  const spoolDir = folder();
  const at = {number: 1, start: 0, end: 0};
  const line = JSON.stringify({text: 'x'.repeat(1 << 20)});
  const of = (bytes: number) => createSpooler(spoolDir, {path: 'bomb.parquet', bytes}, 4 << 20);
  const bomb = await of(100);
  const more = async () => {
    for (let row = 0; row < 9; row++) await bomb.add(line, at);
  };
  await expect(more()).rejects.toThrow(
    'Cannot read `bomb.parquet`: its records are more than 1000 times its size, as in a decompression bomb',
  );
  await bomb.close();
  const honest = await of(10 << 10);
  for (let row = 0; row < 9; row++) await honest.add(line, at);
  expect(await honest.end()).toBeGreaterThan(9 << 20);
  await honest.close();
  expect(readdirSync(spoolDir)).toHaveLength(2);
});
