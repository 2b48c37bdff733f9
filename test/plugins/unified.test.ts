import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import unified from '../../plugins/unified/index.js';
import type {CorpusRecord} from '../../src/api.js';
import {scan} from '../../src/index.js';

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'collapse-unified-'));
  const answers = [
    '# Harbour\r\n\r\n- rope\r\n- tar',
    '- rope\n- tar',
    '```\nls',
    `- ${'tar '.repeat(20_000)}\n- rope`,
  ];
  const rows = answers.map((response, index) => ({id: `r${index}`, prompt: 'What?', response}));
  writeFileSync(join(cwd, 'round.jsonl'), rows.map(row => `${JSON.stringify(row)}\n`).join(''));
});
afterAll(() => rmSync(cwd, {recursive: true, force: true}));

const formats = async (tree: boolean, plugins = [unified]) => {
  const entry = ['warn', {tree}] as const;
  const config = {rules: {'*': 'off', 'format/concentration': entry, 'format/suppressed': entry}} as const;
  const {measures} = await scan(['round.jsonl'], {cwd, cache: false, plugins, config});
  return measures;
};

test('the tree gives the formats that the scan gives', async () => {
  const measures = await formats(true);
  expect(measures['format.p-max']?.value).toBe(0.5);
  expect(measures).toEqual(await formats(false));
});

test('without the plugin it is said what is missing', async () => {
  await expect(formats(true, [])).rejects.toThrow('Feature `markdown` is not there');
});

test('the tree is that of the answer, with one kind of line end', () => {
  const record = {text: 'What?\n# no', response: '# a\r\nb'} as CorpusRecord;
  const tree = unified.features!.markdown!(record);
  expect(tree.children!.map(({type, position}) => [type, position!.start.offset])).toEqual([
    ['heading', 0],
    ['paragraph', 4],
  ]);
});
