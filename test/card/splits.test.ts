import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {openFolder} from '../../src/card/folder.js';
import {inferred, isEvaluation} from '../../src/card/splits.js';
import {folderWith} from '../corpus/folder.js';

const row = '{"text":"The lamp was lit at dusk."}\n';

function opened(files: Readonly<Record<string, string>>, subset?: string) {
  const folder = folderWith(files);
  return openFolder(folder, {cwd: folder, ignore: [], root: folder, subset});
}

const card = (yaml: string) => `---\nlicense: mit\n${yaml}\n---\n# Lamps\n`;
const splitsOf = (found: Awaited<ReturnType<typeof opened>>) =>
  Object.fromEntries(found!.splits.map(({name, files}) => [name, files]));

describe('names of files say which split they are', () => {
  const names = (files: readonly string[]) =>
    Object.fromEntries(inferred(files).map(split => [split.name, split.files]));

  test('shards in data/ come first, with the names that they give', () => {
    const files = ['data/gold-00000-of-00001.parquet', 'data/train-00000-of-00002-abc.parquet', 'test.csv'];
    expect(names(files)).toEqual({train: [files[1]], gold: [files[0]]});
    expect(names(['shards/train-00000-of-00002.parquet', 'b.csv'])).toEqual({
      train: ['shards/train-00000-of-00002.parquet'],
    });
  });

  test('then folders, then files', () => {
    expect(names(['train/a.csv', 'my-dev set/b.csv', 'test.csv'])).toEqual({
      train: ['train/a.csv'],
      validation: ['my-dev set/b.csv'],
    });
    expect(names(['a/train.csv', 'a/lamps_eval.csv', 'valid1.csv', 'trainer.csv', 'retest.csv'])).toEqual({
      train: ['a/train.csv'],
      validation: ['valid1.csv'],
      test: ['a/lamps_eval.csv'],
    });
  });

  test('and without any, all is one split', () => {
    expect(names(['b.csv', 'a.csv', 'dataset_infos.json'])).toEqual({train: ['b.csv', 'a.csv']});
    expect(inferred([])).toEqual([]);
  });

  test('splits for evaluation are known by their words', () => {
    for (const name of ['test', 'validation', 'dev', 'test_sft', 'eval-small', 'val.1'])
      expect(isEvaluation(name), name).toBe(true);
    for (const name of ['train', 'train_dev', 'train_sft', 'latest', 'prefs', 'devil'])
      expect(isEvaluation(name), name).toBe(false);
  });
});

describe('`data_files` of a card', () => {
  const files = {'a.jsonl': row, 'x/b.jsonl': row, 'x/y/c.jsonl': row, 'x/y/d.json': row, 'e.bin': row};
  const of = async (dataFiles: string, more = '') =>
    splitsOf(
      await opened({
        ...files,
        'README.md': card(`configs:\n- config_name: c\n${more}  data_files: ${dataFiles}`),
      }),
    );

  test('a pattern, a list, by split as a list and as a mapping', async () => {
    expect(await of('a.jsonl')).toEqual({train: ['a.jsonl']});
    expect(await of('["*.jsonl", "x/y/*.json"]')).toEqual({train: ['a.jsonl', 'x/y/d.json']});
    expect(await of('[{split: train, path: "x/**"}, {split: test, path: [a.jsonl]}]')).toEqual({
      train: ['x/b.jsonl', 'x/y/c.jsonl', 'x/y/d.json'],
      test: ['a.jsonl'],
    });
    expect(await of('{fit: "**/c.jsonl", dev: ./a.jsonl}')).toEqual({fit: ['x/y/c.jsonl'], dev: ['a.jsonl']});
  });

  test('are looked for in `data_dir`', async () => {
    expect(await of('"*.jsonl"', '  data_dir: x/y\n')).toEqual({train: ['x/y/c.jsonl']});
    const found = await opened({...files, 'README.md': card('configs:\n- config_name: c\n  data_dir: x')});
    expect(splitsOf(found)).toEqual({train: ['x/b.jsonl', 'x/y/c.jsonl', 'x/y/d.json']});
  });

  test.each([
    ['configs: 3', '3:1', '`configs` is no list'],
    ['configs: [3]', '3:11', 'is no mapping'],
    ['configs:\n- data_files: ../a.jsonl', '4:3', '`../a.jsonl` leads out of the folder'],
    ['configs:\n- data_files:\n  - a.jsonl\n  - /etc/passwd', '6:5', '`/etc/passwd` leads out'],
    ['configs:\n- data_dir: x/../..\n  data_files: a', '4:3', 'leads out'],
    ['configs:\n- data_files: [{path: a.jsonl}]', '4:16', 'needs `split` and `path`'],
    ['configs:\n- data_files: [{split: t, path: a}, {split: t, path: b}]', '4:37', '`t` is there twice'],
    ['configs:\n- data_files: [[a]]', '4:16', 'is no text'],
    ['configs:\n- data_files: "[a.jsonl"', '4:3', '`[` has no `]`'],
    ['configs:\n- data_files: b.jsonl', '4:3', 'match no file here'],
    ['configs:\n- data_files: s3://bucket/a.jsonl', '4:3', 'match no file here'],
  ])('%j is refused, with its place', async (yaml, place, why) => {
    const error = await opened({...files, 'README.md': card(yaml)}).catch(String);
    expect(error).toContain(`README.md:${place}\``);
    expect(error).toContain(why);
  });
});

describe('the configuration', () => {
  const configs = (...marks: string[]) =>
    card(
      `configs:\n${marks.map((mark, at) => `- config_name: ${mark}\n  data_files: ${at}.jsonl`).join('\n')}`,
    );
  const files = {'0.jsonl': row, '1.jsonl': row, '2.jsonl': row, 'loose.csv': 'text\na\n'};

  test.each([
    [['a', 'b', 'default'], 'default'],
    [['a', 'b\n  default: true', 'c'], 'b'],
    [['a', 'b'], 'a'],
  ])('of %j is %s', async (marks, name) => {
    const found = await opened({...files, 'README.md': configs(...marks)});
    expect(found!.config?.name).toBe(name);
    expect(found!.others).toHaveLength(marks.length - 1);
    expect(found!.unused).toContain('loose.csv');
  });

  test('can be chosen, by a name that is there', async () => {
    const readme = {...files, 'README.md': configs('a', 'b')};
    expect(splitsOf(await opened(readme, 'b'))).toEqual({train: ['1.jsonl']});
    await expect(opened(readme, 'c')).rejects.toThrow('its `configs` are `a`, `b`');
  });
});

describe('a README is no card of a data set', () => {
  test.each([
    ['without front matter', '# Lamps\n\nlicense: mit\n'],
    ['of a model', '---\nlicense: mit\nlibrary_name: lamps\n---\n'],
    ['of a page', '---\ntitle: Lamps\nlayout: page\n---\n'],
    ['that is not closed', '---\nlicense: mit\n'],
    ['with YAML of others that is broken', '---\ntitle: [\n---\n'],
  ])('%s', async (_, text) => {
    expect(await opened({'README.md': text, 'a.jsonl': row})).toBeUndefined();
  });

  test('that is a link out of the folder', async () => {
    const elsewhere = folderWith({'README.md': card('tags: [a]')});
    const folder = folderWith({'a.jsonl': row});
    symlinkSync(join(elsewhere, 'README.md'), join(folder, 'README.md'));
    expect(await openFolder(folder, {cwd: folder, ignore: [], root: folder})).toBeUndefined();
  });
});

describe('hostile cards', () => {
  test.each([
    ['broken', 'configs: [', /README\.md:\d+:\d+`: /],
    ['aliases of aliases', bomb(), /README\.md:2:1`: it has aliases that grow without bound/],
    ['an alias of nothing', 'configs: *nothing', /README\.md:\d+:\d+`: /],
    ['deep', `configs: ${'['.repeat(3000)}${']'.repeat(3000)}`, /nested more than 64 levels/],
    ['huge', `tags: [${'lamp, '.repeat(200_000)}]`, /larger than 1 MiB/],
    ['a list', '- license: mit', undefined],
  ])('%s: an error with its place, or nothing', async (_, yaml, message) => {
    const found = await opened({'README.md': `---\nlicense: mit\n${yaml}\n---\n`, 'a.jsonl': row}).catch(
      String,
    );
    if (message !== undefined) expect(found).toMatch(message);
  });

  test('one that stands in itself is read as far as it goes', async () => {
    const readme = card('configs: &all\n- config_name: a\n  data_files: a.jsonl\n  more: *all');
    const found = await opened({'README.md': readme, 'a.jsonl': row}).catch(String);
    if (typeof found !== 'string') expect(splitsOf(found)).toEqual({train: ['a.jsonl']});
    else expect(found).toContain('README.md:');
  });

  test('links that lead out of the folder are not read, those of the cache of the Hub are', async () => {
    const root = folderWith({
      'secret/s.jsonl': row,
      'blobs/1f': row,
      'snapshots/v1/README.md': card('tags: [a]'),
      'snapshots/v1/kept.jsonl': row,
    });
    const folder = join(root, 'snapshots/v1');
    mkdirSync(join(folder, 'in'));
    writeFileSync(join(folder, 'in/b.jsonl'), row);
    symlinkSync('../../secret/s.jsonl', join(folder, 'out.jsonl'));
    symlinkSync('../../secret', join(folder, 'away'));
    symlinkSync('../..', join(folder, 'loop'));
    symlinkSync('../../blobs/1f', join(folder, 'cached.jsonl'));
    const found = await openFolder(folder, {cwd: root, ignore: [], root});
    expect(splitsOf(found)).toEqual({train: ['cached.jsonl', 'in/b.jsonl', 'kept.jsonl']});
    expect(found!.outside).toEqual(['away', 'out.jsonl']);
  });
});

function bomb(): string {
  const lines = ['a: &a [x, x, x, x, x, x, x, x, x]'];
  for (let at = 1; at < 12; at++) {
    const [name, before] = [String.fromCharCode(97 + at), String.fromCharCode(96 + at)];
    lines.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(', ')}]`);
  }
  return lines.join('\n');
}
