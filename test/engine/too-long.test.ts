import {appendFileSync, statSync, truncateSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {maxRecordBytes} from '../../src/corpus/chunks.js';
import {checkIn, folder} from './rounds.js';

test('a record beyond what can be read is malformed, and the lines after it keep their numbers', async () => {
  // Blank at first: what is looked at of such a line shows no record yet.
  const root = folder({'a.jsonl': `{"text": "before"}\n${' '.repeat(3 << 20)}`});
  const file = join(root, 'a.jsonl');
  // Mostly a hole: it takes no room on the disk.
  truncateSync(file, maxRecordBytes + (8 << 20));
  const end = statSync(file).size;
  appendFileSync(file, '\n{"id": "after", "text": "after"}\n\n{"text": "last"}');
  const {report, rows} = await checkIn(root, {maxMalformed: 1});
  expect(report.totals).toMatchObject({records: 4, accepted: 3, malformed: 1});
  expect(report.findings).toMatchObject([
    {rule: 'malformed', record: {line: 2}, message: expect.stringContaining('more than can be read')},
  ]);
  expect(rows.map(({evidence}) => evidence.place.line)).toEqual([1, 2, 3, 5]);
  expect(rows[1]!.evidence.place.bytes).toEqual([19, end]);
});
