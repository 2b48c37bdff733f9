import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {gunzipSync, gzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import type {ConfigFile} from '../../src/config/file.js';
import {filter} from '../../src/run/filter.js';
import {folder, load} from '../engine/rounds.js';

type Files = Readonly<Record<string, string | Buffer>>;

async function run(files: Files, config: ConfigFile = {}) {
  const cwd = folder();
  mkdirSync(join(cwd, 'notes'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(cwd, 'notes', name), content);
  const loaded = await load(cwd, {maxMalformed: 9, gates: {duplication: 'off'}, ...config});
  const {report} = await filter(loaded, ['notes'], {cwd, out: 'out', concurrency: 0, cache: false});
  return {report, set: (file: string) => readFileSync(join(cwd, 'out', file)), out: join(cwd, 'out')};
}

const lamp = '---\nsource: log\n---\r\n# Lamp\n\nThe lamp was lit at dusk.\n\n```\ncode\n```';

test('Markdown files are kept or refused as they are', async () => {
  const {report, set, out} = await run({
    'a.md': `\ufeff${lamp}`,
    'b.mdx': "import x from 'x'\n\n# Bell\n\n<B>It rings twice.</B>\n",
    'c.md': '# Lamp\n\nThe lamp was lit at dusk.\n',
    'd.md': '---\na: [\n---\nBroken.\n',
  });
  expect(set('accepted/notes/a.md').toString()).toBe(`\ufeff${lamp}`);
  expect(set('accepted/notes/b.mdx').toString()).toContain('import x');
  expect(readdirSync(join(out, 'rejected/notes'))).toEqual(['c.md']);
  expect(readdirSync(join(out, 'malformed/notes'))).toEqual(['d.md']);
  expect(report.totals).toMatchObject({records: 4, accepted: 2, rejected: 1, malformed: 1});
  const malformed = report.findings.find(({rule}) => rule === 'malformed')!;
  expect(malformed.record).toMatchObject({path: 'notes/d.md', line: 2});
});

test('by section, what is kept stays in one file below its front matter', async () => {
  const again = `${lamp}\n\n## Again\n\nThe lamp was lit at dusk.\n\n## Bell\n\nA bell rings twice.\n`;
  const {report, set} = await run(
    {'a.md': again, 'b.md': '# Again\n\nThe lamp was lit at dusk.\n'},
    {records: {markdown: 'section'}},
  );
  expect(report.totals).toMatchObject({records: 4, accepted: 3, rejected: 1});
  expect(set('accepted/notes/a.md').toString()).toBe(again);
  expect(set('rejected/notes/b.md').toString()).toBe('# Again\n\nThe lamp was lit at dusk.\n');
});

const text = '\nA bell rings\nat noon.\n\n\nA lamp is lit.\n \nA bell rings\nat noon.\n\nlast';

test('text by paragraph keeps its bytes', async () => {
  const cwd = folder();
  writeFileSync(join(cwd, 'a.txt.gz'), gzipSync(text));
  const loaded = await load(cwd, {records: {text: 'paragraph'}, gates: {duplication: 'off'}});
  const done = await filter(loaded, ['a.txt.gz'], {cwd, out: 'out', concurrency: 0, cache: false});
  const read = (name: string) => gunzipSync(readFileSync(join(cwd, 'out', name))).toString();
  expect(read('accepted.txt.gz')).toBe('A bell rings\nat noon.\n\n\nA lamp is lit.\n \nlast');
  expect(read('rejected.txt.gz')).toBe('A bell rings\nat noon.\n\n');
  expect(done.report.findings.map(({record}) => record.line)).toEqual([8]);
});

test('text by file is one record for each', async () => {
  const cwd = folder();
  for (const name of ['a.txt', 'b.txt', 'c.txt'])
    writeFileSync(join(cwd, name), name === 'c.txt' ? ' \n' : text);
  const loaded = await load(cwd, {records: {text: 'file'}, gates: {duplication: 'off'}});
  const {report} = await filter(loaded, ['*.txt'], {cwd, out: 'out', concurrency: 0, cache: false});
  expect(report.inputs.map(({records}) => records)).toEqual([1, 1, 0]);
  expect(readFileSync(join(cwd, 'out/accepted/a.txt'), 'utf8')).toBe(text);
  expect(readdirSync(join(cwd, 'out/rejected'))).toEqual(['b.txt']);
});
