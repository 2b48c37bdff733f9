import {readFileSync} from 'node:fs';
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

describe('a card that lies', () => {
  const lying = `---
license: mit
language: fr
size_categories: 10K<n<100K
source_datasets: [original]
language_creators: [expert-generated]
dataset_info:
  splits:
  - name: train
    num_examples: 40
---
`;
  const rows = Array.from({length: 24}, (_, at) => ({
    text: `${log} That was on day ${at} of the year in which the old lamp was lit for the last time.`,
    license: 'CC-BY-NC-4.0',
    source: 'harbour/log-books',
    generator: at % 2 === 0 ? 'tern-1' : 'human',
  }));
  const jsonl = (some: readonly object[]) => some.map(row => `${JSON.stringify(row)}\n`).join('');
  const rules = ['licence', 'language', 'size', 'sources', 'synthetic'].map(
    name => `provenance/card-${name}`,
  );
  const flags = ['--rule', '*=off', ...rules.flatMap(rule => ['--rule', `${rule}=error`])];
  const expected = [
    [3, '`language` says `fr`, but 24 of 24 records that are clear are in English'],
    [2, 'The card says `mit`, but 24 of 24 records say `CC-BY-NC-4.0` (24)'],
    [4, '`size_categories` says `10K<n<100K`, but 24 rows were read'],
    [10, '`dataset_info` says 40 examples of the split `train`, but 24 rows were read'],
    [5, '`source_datasets` says `original`, but records name `harbour/log-books` (24)'],
    [
      6,
      'The card says that people wrote this (`language_creators: expert-generated`), but 12 of 24 records name a model: `tern-1` (12)',
    ],
  ] as const;

  test('is found out, at its lines, in every format', async () => {
    const cwd = folderWith({'README.md': lying, 'train.jsonl': jsonl(rows)});
    const outputs = ['sarif', 'github', 'junit', 'markdown', 'html', 'stylish'].flatMap(name => [
      '--output',
      `${name}=out.${name}`,
    ]);
    const {code, stdout} = await collapse(['check', '--format', 'json', ...flags, ...outputs], {cwd});
    expect(code).toBe(1);
    const found = JSON.parse(stdout).roundFindings;
    expect(
      found.map(({place, message}: {place: {line: number}; message: string}) => [place.line, message]),
    ).toEqual(expected);
    const out = (name: string) => readFileSync(join(cwd, `out.${name}`), 'utf8');
    const results = JSON.parse(out('sarif')).runs[0].results.filter(({ruleId}: {ruleId: string}) =>
      rules.includes(ruleId),
    );
    expect(
      results.map(({locations: [{physicalLocation: at}]}: {locations: [{physicalLocation: object}]}) => at),
    ).toEqual(
      expected.map(([startLine]) => ({
        artifactLocation: {uri: 'README.md', uriBaseId: '%SRCROOT%'},
        region: {startLine},
      })),
    );
    expect(out('github')).toContain(
      '::error title=provenance/card-licence,file=README.md,line=2::The card says `mit`, but 24 of 24',
    );
    expect(out('stylish')).toContain('README.md:10  provenance/card-size');
    expect(out('stylish')).not.toContain('raise with --max-findings');
    expect(out('junit')).toContain('README.md:2 The card says `mit`');
    expect(out('markdown')).toContain('README.md&#58;2');
    expect(out('html')).toContain('README.md:6');
  });

  test('and one that does not is left alone, as is data without a card', async () => {
    const honest = lying
      .replace('mit', 'cc-by-nc-4.0')
      .replace('language: fr', 'language: en')
      .replace('10K<n<100K', 'n<1K')
      .replace('[original]', '[harbour/log-books]')
      .replace('[expert-generated]', '[expert-generated, machine-generated]')
      .replace('40', '24');
    const cwd = folderWith({'README.md': honest, 'train.jsonl': jsonl(rows)});
    const {code, stdout} = await collapse(['check', '--format', 'json', ...flags], {cwd});
    expect([code, JSON.parse(stdout).roundFindings]).toEqual([0, undefined]);
    const bare = folderWith({'README.md': '# Logs\n', 'train.jsonl': jsonl(rows)});
    expect((await collapse(['check', ...flags], {cwd: bare})).code).toBe(0);
  });

  test('new records are held against it too, sizes are not', async () => {
    const {root, stage} = repo({'README.md': lying, 'train.jsonl': line('A first remark.')});
    stage({'train.jsonl': line('A first remark.') + jsonl(rows.slice(0, 2))});
    const {code, stdout} = await collapse(['check', '--staged', ...flags], {cwd: root});
    expect(code).toBe(1);
    expect(stdout).toContain('The card says `mit`, but 2 of 2 records say `CC-BY-NC-4.0` (2)');
    expect(stdout).not.toContain('card-size');
    stage({'train.jsonl': line('A first remark.') + line('A second one.')});
    const quiet = await collapse(['check', '--staged', ...flags], {cwd: root});
    expect([quiet.code, quiet.stdout]).toEqual([0, expect.not.stringContaining('card-')]);
  });

  test('what was said is kept when a run is judged again', async () => {
    const cwd = folderWith({'README.md': lying, 'train.jsonl': jsonl(rows)});
    await collapse(['filter', '--out', 'run', '--quiet', ...flags], {cwd});
    const {stdout} = await collapse(['gate', 'run', '--format', 'json', ...flags], {cwd});
    expect(JSON.parse(stdout).roundFindings.map(({place}: {place: {line: number}}) => place.line)).toEqual(
      expected.map(([at]) => at),
    );
  });
});
