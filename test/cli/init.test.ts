import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {folder, load} from '../engine/rounds.js';
import {repo} from '../git/repo.js';
import {collapse, filesIn} from './collapse.js';

test('proposes without a terminal, writes with --yes, and never over what is there', async () => {
  const {root, git} = repo({
    'data/a.jsonl': [{body: 'A long line about the harbour and its boats.', n: 1}],
    'eval/exam.jsonl': ['Who lit the light?'],
    'README.md': '---\nlicense: mit\n---\n# Data\n',
  });
  git('remote', 'add', 'origin', 'https://github.com/someone/data');
  const asked = await collapse(['init'], {cwd: root});
  expect([asked.code, asked.stdout]).toEqual([0, expect.stringContaining('add --yes')]);
  expect(git('status', '--porcelain')).toBe('');
  const wrote = await collapse(['init', '--yes'], {cwd: root});
  expect(wrote.code).toBe(0);
  const config = readFileSync(join(root, '.collapserc'), 'utf8');
  expect(config).toContain('  text: body\n');
  expect(config).toContain('#  - {path: "eval/exam.jsonl", role: benchmark}');
  expect(config).toContain('# README.md is a data set card.');
  // What is commented out is valid too.
  writeFileSync(
    join(root, 'all.yml'),
    config.replace(/^#(\w| {2})/gm, '$1').replace('threshold: 0.85', 'threshold: 0.9'),
  );
  await load(root, parse(config));
  expect((await collapse(['config', '-c', 'all.yml'], {cwd: root})).stderr).toBe('');
  for (const file of ['.pre-commit-config.yaml', '.github/workflows/collapse.yml'])
    expect(parse(readFileSync(join(root, file), 'utf8')), file).toBeTypeOf('object');
  writeFileSync(join(root, '.collapserc'), '# mine\n');
  const again = await collapse(['init', '--yes'], {cwd: root});
  expect(again.stdout).toContain('Left as it is: .collapserc');
  expect(again.stdout).toContain('Add the hook to .pre-commit-config.yaml:');
  expect(readFileSync(join(root, '.collapserc'), 'utf8')).toBe('# mine\n');
});

test('a folder without git or data gets a config and nothing else', async () => {
  const root = folder();
  expect((await collapse(['init', '--yes'], {cwd: root})).code).toBe(0);
  expect([...filesIn(root).keys()]).toEqual(['.collapserc']);
});
