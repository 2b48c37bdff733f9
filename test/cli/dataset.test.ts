import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {folderWith} from '../corpus/folder.js';
import {repo} from '../git/repo.js';
import {collapse} from './collapse.js';

const line = (text: string) => `${JSON.stringify({text})}\n`;
const log = 'On the third of May the keeper wrote that the tide had turned an hour before the bell was rung.';
const lamp = 'Four wicks burn in the tower at night, and each of them is trimmed when the watch is changed.';
const gull = 'A gull that has been fed once comes back to the same window for as long as the summer lasts.';
const card = `---
license: mit
configs:
- config_name: default
  data_files:
  - split: train
    path: data/train-*
  - split: test
    path: data/test.jsonl
- config_name: raw
  data_files: raw/*.jsonl
---
# Tides
`;
const files = {
  'README.md': card,
  'data/train-0.jsonl': line(log),
  'data/train-1.jsonl': line(lamp),
  'data/test.jsonl': line(gull) + line(log),
  'raw/a.jsonl': line('Raw remarks.'),
  'notes.jsonl': line('A remark aside.'),
};
const only = ['--rule', '*=off', '--rule', 'contamination/benchmark=error'];
const inputsOf = (json: string) => JSON.parse(json).inputs.map(({path}: {path: string}) => path);

describe('a folder with a data set card', () => {
  test('is checked by its default configuration, its test split held out', async () => {
    const cwd = folderWith(files);
    const {code, stdout, stderr} = await collapse(['check', '--format', 'json', ...only], {cwd});
    expect(code).toBe(1);
    const {inputs, references, findings} = JSON.parse(stdout);
    expect(inputs.map(({path}: {path: string}) => path)).toEqual([
      'data/train-0.jsonl',
      'data/train-1.jsonl',
    ]);
    expect(references).toEqual([{path: 'data/test.jsonl', role: 'benchmark', records: 2}]);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      rule: 'contamination/benchmark',
      record: {path: 'data/train-0.jsonl'},
      related: [{record: {path: 'data/test.jsonl', line: 2}}],
    });
    expect(stderr).toBe(
      'Data set by README.md, configuration `default`: reads `train` (2 files); held out as benchmark: `test` (1 file).\n' +
        'Left out: the configuration `raw`; `notes.jsonl`. `--subset NAME` takes another configuration; name files to read just these.\n',
    );
    expect((await collapse(['check', '--quiet', ...only], {cwd})).stderr).toBe('');
  });

  test('what the user names wins', async () => {
    const cwd = folderWith(files);
    const read = async (...args: string[]) => {
      const {stdout} = await collapse(['check', '--format', 'json', ...only, ...args], {cwd});
      const {references} = JSON.parse(stdout);
      return [inputsOf(stdout), references.map(({path}: {path: string}) => path)];
    };
    expect(await read('notes.jsonl')).toEqual([['notes.jsonl'], []]);
    expect(await read('data')).toEqual([['data/test.jsonl', 'data/train-0.jsonl', 'data/train-1.jsonl'], []]);
    expect(await read('**/*.jsonl')).toEqual([
      ['data/test.jsonl', 'data/train-0.jsonl', 'data/train-1.jsonl', 'notes.jsonl', 'raw/a.jsonl'],
      [],
    ]);
    expect(await read('.', '--subset', 'raw')).toEqual([['raw/a.jsonl'], []]);
    expect(await read('.', '--reference', 'benchmark=raw')).toEqual([
      ['data/train-0.jsonl', 'data/train-1.jsonl'],
      ['raw'],
    ]);
    expect(await read('.', '--reference', 'notes.jsonl')).toEqual([
      ['data/train-0.jsonl', 'data/train-1.jsonl'],
      ['notes.jsonl', 'data/test.jsonl'],
    ]);
    expect(await read('README.md')).toEqual([['README.md'], []]);
  });

  test('as a reference it is its training data, as a benchmark its test split', async () => {
    const cwd = folderWith({
      ...Object.fromEntries(Object.entries(files).map(([k, v]) => [`set/${k}`, v])),
      'a.jsonl': line(gull) + line(lamp),
    });
    const found = async (role: string) => {
      const rules = [
        '--rule',
        '*=off',
        '--rule',
        'contamination/benchmark=error',
        '--rule',
        'duplicate/exact=error',
      ];
      const args = ['check', 'a.jsonl', '--format', 'json', ...rules, '--reference', `${role}=set`];
      return JSON.parse((await collapse(args, {cwd})).stdout).findings.map(
        ({record, related}: {record: {line: number}; related: {record: {path: string}}[]}) => [
          record.line,
          related[0]!.record.path,
        ],
      );
    };
    expect(await found('benchmark')).toEqual([[1, 'set/data/test.jsonl']]);
    expect(await found('trusted')).toEqual([[2, 'set/data/train-1.jsonl']]);
  });

  test('filter and profile read the training data alone', async () => {
    const cwd = folderWith(files);
    const filtered = await collapse(['filter', '--out', 'run', ...only], {cwd});
    expect(filtered.code).toBe(0);
    expect(filtered.stdout).toContain('1 rejected');
    const again = await collapse(['check', '--format', 'json', '--rule', '*=off'], {cwd});
    expect(inputsOf(again.stdout)).toEqual(['data/train-0.jsonl', 'data/train-1.jsonl']);
    const profiled = await collapse(['profile', '.', '--out', 'p.profile'], {cwd});
    expect(profiled.stderr).toContain('Wrote p.profile: 2 records');
    expect(profiled.stderr).toContain(
      'Left out: the configuration `raw`; `test` (for evaluation); `notes.jsonl`.',
    );
  });

  test('a card that names what is not there, or is broken, says where', async () => {
    const cwd = folderWith({...files, 'README.md': card.replace('data/train-*', '../train-*')});
    const {code, stderr} = await collapse(['check'], {cwd});
    expect([code, stderr]).toEqual([
      2,
      'Cannot read the card `README.md:7:5`: `../train-*` leads out of the folder. Mend it, or name the data files instead of the folder.\n',
    ]);
    expect((await collapse(['check', 'raw', '--quiet'], {cwd})).code).toBe(0);
    const none = await collapse(['check', 'raw', '--subset', 'a'], {cwd});
    expect([none.code, none.stderr]).toEqual([
      2,
      '`--subset` takes a configuration of a data set card: `raw` is no folder whose README.md has one. Name such a folder, or leave `--subset` out.\n',
    ]);
  });

  test('of a change only what is for training is judged', async () => {
    const {root, stage} = repo({...files, 'data/test.jsonl': line(gull)});
    stage({
      'data/train-1.jsonl': line(lamp) + line(gull),
      'raw/a.jsonl': line('More.'),
      'notes.jsonl': line('Else.'),
    });
    const {code, stdout, stderr} = await collapse(['check', '--staged', '--format', 'json', ...only], {
      cwd: root,
    });
    expect([code, stderr]).toEqual([1, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      change: {files: 1, added: 1, stayed: 1},
      findings: [{record: {path: 'data/train-1.jsonl', line: 2}}],
    });
    stage({'data/train-1.jsonl': line(lamp), 'data/test.jsonl': line(gull) + line(lamp)});
    const moved = await collapse(['check', '--staged', ...only], {cwd: root});
    expect(moved.code).toBe(0);
    expect(moved.stderr).toBe(
      'Changed and held out as benchmark, so not judged: data/test.jsonl. A check of the whole data set holds all training data against it.\n',
    );
  });

  test('names of files say what the splits are where the card does not', async () => {
    const plain = '---\nlicense: mit\n---\n';
    const cwd = folderWith({
      'README.md': plain,
      'train.csv': 'text\nA lamp.\n',
      'dev.csv': 'text\nA gull.\n',
    });
    const {stdout} = await collapse(['check', '--format', 'json', '--rule', '*=off'], {cwd});
    expect(inputsOf(stdout)).toEqual(['train.csv']);
    const all = folderWith({'README.md': plain, 'a.csv': 'text\nA lamp.\n', 'settings.json': '{}'});
    const one = await collapse(['check', '--format', 'json', '--rule', '*=off'], {cwd: all});
    expect([inputsOf(one.stdout), one.stderr]).toEqual([['a.csv'], '']);
    const prose = folderWith({'README.md': plain, 'essays/a.md': '# Lamps\n\nA lamp.\n'});
    const markdown = await collapse(['check', '--format', 'json', '--rule', '*=off'], {cwd: prose});
    expect(inputsOf(markdown.stdout)).toEqual([join('essays', 'a.md')]);
  });
});
