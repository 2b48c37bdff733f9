import {appendFileSync, copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeEach, expect, test} from 'vitest';
import {filter} from '../../src/run/filter.js';
import {verifyPath} from '../../src/run/verify.js';
import {folder, load} from '../engine/rounds.js';

const [light, ferry, storm] = [
  'The light is lit at six.',
  'A ferry takes the mail.',
  'Nobody sailed that week.',
];
let root = '';
beforeEach(async () => {
  root = folder({'a.jsonl': [light, light, ferry], 'b.jsonl': [storm]});
  const loaded = await load(root, {gates: {duplication: 'off'}});
  const options = {cwd: root, concurrency: 0, cache: false} as const;
  await filter(loaded, ['a.jsonl'], {...options, out: 'one'});
  await filter(loaded, ['a.jsonl', 'b.jsonl'], {...options, out: 'two'});
  const failing = await load(root, {gates: {duplication: {maximum: 0, repeats: 1}}});
  await filter(failing, ['a.jsonl'], {...options, out: 'bad'});
});

const problems = async (path: string, run?: string) => (await verifyPath(path, root, run)).problems;

test('what a run accepted, as a folder, a file, or a copy elsewhere', async () => {
  expect(await verifyPath('one', root)).toMatchObject({records: 2, problems: []});
  expect(await verifyPath('one/accepted.jsonl', root)).toMatchObject({files: 1, records: 2, problems: []});
  expect(await verifyPath('two/accepted', root)).toMatchObject({files: 2, records: 3, problems: []});
  copyFileSync(join(root, 'one/accepted.jsonl'), join(root, 'train.jsonl'));
  expect(await verifyPath('train.jsonl', root, 'one')).toMatchObject({records: 2, problems: []});
  renameSync(join(root, 'two'), join(root, 'moved'));
  expect(await problems('moved')).toEqual([]);
});

test('what was changed, added, taken away, rejected, or of a failed round', async () => {
  expect(await problems('one/rejected.jsonl')).toEqual([
    '`rejected.jsonl` is none of the files that the run accepted',
  ]);
  expect(await problems('bad.failed')).toEqual([
    'its round failed, so none of its records may be trained on',
  ]);
  expect(await problems('bad')).toEqual([
    'its round failed, so none of its records may be trained on (what is left of it is in `bad.failed`)',
  ]);
  writeFileSync(join(root, 'two/accepted/extra.jsonl'), '{}\n');
  expect(await problems('two/accepted')).toEqual([
    '`accepted/extra.jsonl` is there, and the run did not write it',
  ]);
  expect(await problems('two')).toHaveLength(1);
  appendFileSync(join(root, 'one/accepted.jsonl'), ' ');
  expect(await problems('one/accepted.jsonl')).toEqual(['`accepted.jsonl` is not what the run wrote']);
  rmSync(join(root, 'one/evidence.jsonl'));
  expect(await problems('one')).toContain('`evidence.jsonl` is missing');
  copyFileSync(join(root, 'one/rejected.jsonl'), join(root, 'train.jsonl'));
  expect((await problems('train.jsonl', 'one'))[0]).toMatch(/is none of the files that the run accepted/);
  mkdirSync(join(root, 'empty'));
  expect(await problems('empty', 'one')).toEqual(['the folder is empty']);
});

test('without a run nothing can be said', async () => {
  await expect(problems('a.jsonl')).rejects.toThrow('`a.jsonl` belongs to no run');
  await expect(problems('gone')).rejects.toThrow('There is no `gone` to verify');
  await expect(problems('a.jsonl', 'nowhere')).rejects.toThrow('is not a run folder');
});
