import {gzipSync} from 'node:zlib';
import {parquetWriteBuffer} from 'hyparquet-writer';
import {expect, test} from 'vitest';
import {folder} from '../engine/rounds.js';
import {collapse} from './collapse.js';

const texts = ['The ferry leaves at nine.', 'The gulls are back on the roof.', 'The ferry leaves at nine.'];
const lines = texts.map(text => `${JSON.stringify({text})}\n`).join('');
const files: Record<string, string | Uint8Array> = {
  'a.jsonl': lines,
  'a.jsonl.gz': gzipSync(lines),
  'a.csv': `text\n${texts.join('\n')}\n`,
  'a.tsv': `text\tn\n${texts.map(text => `${text}\t1`).join('\n')}\n`,
  'a.json': JSON.stringify(texts.map(text => ({text}))),
  'a.txt': `${texts.join('\n')}\n`,
  'a.parquet': new Uint8Array(parquetWriteBuffer({columnData: [{name: 'text', data: texts}]})),
  'a.md': texts.map((text, at) => `# Part ${'abc'[at]}\n\n${text}\n`).join('\n'),
  'a.mdx': texts.map((text, at) => `# Part ${'abc'[at]}\n\n<b>${text}</b>\n`).join('\n'),
};

// Modules that only some formats need are loaded by what was built, and some run in threads of their own.
test.each(Object.keys(files))('the built program reads %s', async name => {
  const cwd = folder({[name]: files[name]!});
  const sections = ['--record', 'markdown=section'];
  const args = ['check', name, '-f', 'json', '--no-config', ...(/\.mdx?$/.test(name) ? sections : [])];
  const {code, stdout, stderr} = await collapse(args, {cwd});
  expect([code, stderr]).toEqual([name.startsWith('a.md') ? 0 : 1, '']);
  expect(JSON.parse(stdout).totals.records).toBe(3);
});
