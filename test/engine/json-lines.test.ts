import {join} from 'node:path';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {readJsonLines} from '../../src/engine/json-lines.js';
import {folder} from './rounds.js';

async function readAll(text: string): Promise<{values: unknown[]; bytes: number}> {
  const values: unknown[] = [];
  let bytes = 0;
  const file = join(folder({'x.jsonl': text}), 'x.jsonl');
  for await (const value of readJsonLines(file, chunk => {
    bytes += chunk.length;
  }))
    values.push(value);
  return {values, bytes};
}

test('gives back what was written, whatever characters the texts hold', async () => {
  const text = fc.oneof(
    fc.string({unit: 'binary', maxLength: 20}),
    fc.constantFrom('\u2028', '\u2029', '\r\n', '\u0085'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({text}), {maxLength: 20}), async rows => {
      const lines = rows.map(row => JSON.stringify(row)).join('\n');
      expect((await readAll(lines)).values).toEqual(rows);
    }),
    {numRuns: 50},
  );
});

test('lines longer than what is read at once, and a file without a last line ending', async () => {
  const rows = ['x'.repeat(3_000_000), 'é'.repeat(700_000), 'last'];
  const text = rows.map(row => JSON.stringify(row)).join('\n');
  const {values, bytes} = await readAll(text);
  expect(values).toEqual(rows);
  expect(bytes).toBe(Buffer.byteLength(text));
  expect((await readAll('')).values).toEqual([]);
});
