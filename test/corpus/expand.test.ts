import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {InputError} from '../../src/corpus/errors.js';
import {expandInputs} from '../../src/corpus/expand.js';
import {displayPath} from '../../src/corpus/place.js';
import {folderWith} from './folder.js';

const files = {
  'data/a.jsonl': '',
  'data/b.ndjson': '',
  'data/B.JSONL': '',
  'data/c.jsonl.gz': '',
  'data/deep/er/d.jsonl': '',
  'data/skip/e.jsonl': '',
  'data/notes.md': '',
  'data/f.json': '',
  'data/.hidden/g.jsonl': '',
  'data/node_modules/h.jsonl': '',
  'one [x].jsonl': '',
};

async function expanded(folder: string, patterns: string[], ignore: string[] = [], root = folder) {
  const found = await expandInputs(patterns, {cwd: folder, ignore, root});
  return found.map(file => (file === '-' ? file : displayPath(file, folder)));
}

const unix = process.platform !== 'win32';

describe('expandInputs', () => {
  it('finds the readable files of a folder, in the order of their bytes', async () => {
    const folder = folderWith(files);
    expect(await expanded(folder, ['data'])).toEqual([
      'data/B.JSONL',
      'data/a.jsonl',
      'data/b.ndjson',
      'data/c.jsonl.gz',
      'data/deep/er/d.jsonl',
      'data/skip/e.jsonl',
    ]);
  });

  it('finds the Markdown of a folder without data, not what a project says about itself', async () => {
    const folder = folderWith({
      'README.md': '',
      'a.md': '',
      'guide/b.mdx': '',
      'guide/README.md': '',
      'notes.txt': '',
      'mixed/c.md': '',
      'mixed/d.jsonl': '',
    });
    expect(await expanded(folder, ['guide'])).toEqual(['guide/b.mdx']);
    expect(await expanded(folder, ['.'], ['mixed/**'])).toEqual(['a.md', 'guide/README.md', 'guide/b.mdx']);
    expect(await expanded(folder, ['.'])).toEqual(['mixed/d.jsonl']);
    expect(await expanded(folder, ['README.md'])).toEqual(['README.md']);
  });

  it('leaves out the folders of earlier runs, unless one is named itself', async () => {
    const folder = folderWith({
      'data/a.jsonl': '',
      'data/run/accepted.jsonl': '',
      'data/run/evidence.jsonl': '',
      'data/run/manifest.json': '{}',
      'data/notes/evidence.jsonl': '',
    });
    expect(await expanded(folder, ['data'])).toEqual(['data/a.jsonl', 'data/notes/evidence.jsonl']);
    expect(await expanded(folder, ['data/run'])).toEqual([
      'data/run/accepted.jsonl',
      'data/run/evidence.jsonl',
    ]);
  });

  it('takes files, folders, globs and standard input together, each file once', async () => {
    const folder = folderWith(files);
    const patterns = ['data/f.json', 'data/deep', '-', 'data/**/d.jsonl', './data/../data/f.json', '-'];
    expect(await expanded(folder, patterns)).toEqual(['-', 'data/deep/er/d.jsonl', 'data/f.json']);
  });

  it('gives absolute paths, `-` excepted', async () => {
    const folder = folderWith({'a.jsonl': ''});
    const options = {cwd: folder, ignore: [], root: folder};
    expect(await expandInputs(['*.jsonl', '-'], options)).toEqual(['-', join(folder, 'a.jsonl')]);
  });

  it('orders by code points, where UTF-16 would not', async () => {
    const folder = folderWith({'\u{1f600}.jsonl': '', '\ufb01.jsonl': '', 'z.jsonl': ''});
    expect(await expanded(folder, ['.'])).toEqual(['z.jsonl', '\ufb01.jsonl', '\u{1f600}.jsonl']);
  });

  it('takes an existing file literally, whatever its name', async () => {
    const folder = folderWith(files);
    expect(await expanded(folder, ['one [x].jsonl', 'data/.hidden/g.jsonl'])).toEqual([
      'data/.hidden/g.jsonl',
      'one [x].jsonl',
    ]);
  });

  it('looks into folders whose names look like patterns, or that are hidden themselves', async () => {
    const folder = folderWith({'a[1]{b}(c)!/x.jsonl': '', '.h/y.jsonl': '', 'node_modules/p/z.jsonl': ''});
    const patterns = ['a[1]{b}(c)!', '.h', 'node_modules/p'];
    const found = ['.h/y.jsonl', 'a[1]{b}(c)!/x.jsonl', 'node_modules/p/z.jsonl'];
    expect(await expanded(folder, patterns)).toEqual(found);
  });

  it.each(['a[1]{b}(c)!', "it's", 'a+(b)', '@(x)', 'data (copy)', 'a,b', '\u{1f600} ü', '#1 $x %y ^z'])(
    'looks into a folder called %s, and only there',
    async name => {
      const folder = folderWith({[`${name}/x.jsonl`]: '', [`${name}/y.jsonl`]: ''});
      const beside = join(folder, name.replaceAll(/[^\w]/g, '_'));
      mkdirSync(beside, {recursive: true});
      writeFileSync(join(beside, 'x.jsonl'), '');
      const inside = join(folder, name);
      expect(await expanded(folder, [name])).toEqual([`${name}/x.jsonl`, `${name}/y.jsonl`]);
      expect(await expanded(inside, ['*.jsonl'], ['y*'])).toEqual(['x.jsonl']);
      expect(await expanded(inside, ['.'], ['y.jsonl'])).toEqual(['x.jsonl']);
      expect(await expanded(inside, ['../**/y.*'])).toEqual(['y.jsonl']);
    },
  );

  it.each<[pattern: string, found: string[]]>([
    ['round?/*.jsonl', ['round1/a.jsonl', 'round2/b.jsonl']],
    ['round[12]/?.jsonl', ['round1/a.jsonl', 'round2/b.jsonl']],
    ['round{1,x}/**', ['round1/a.jsonl']],
    ['*/@(a|c).jsonl', ['round1/a.jsonl']],
    ['./round2/../round1/*', ['round1/a.jsonl']],
    ['round1/a?(x).jsonl', ['round1/a.jsonl']],
  ])('understands %s', async (pattern, found) => {
    const folder = folderWith({'round1/a.jsonl': '', 'round2/b.jsonl': '', 'round/10/c.jsonl': ''});
    expect(await expanded(folder, [pattern])).toEqual(found);
    expect(await expanded(folder, [join(folder, pattern)])).toEqual(found);
    const rest = (await expanded(folder, ['.'])).filter(file => !found.includes(file));
    expect(await expanded(folder, ['.'], [pattern])).toEqual(rest);
  });

  it('leaves out what `ignore` names, relative to `root`, but not a file that is named', async () => {
    const folder = folderWith(files);
    const data = join(folder, 'data');
    expect(await expanded(data, ['.'], ['data/skip', 'data/*.gz', '**/*.ndjson'], folder)).toEqual([
      'B.JSONL',
      'a.jsonl',
      'deep/er/d.jsonl',
    ]);
    expect(await expanded(folder, ['data/*/*.jsonl'], ['data/skip/**'])).toEqual([]);
    expect(await expanded(folder, ['data/skip/e.jsonl'], ['data/skip'])).toEqual(['data/skip/e.jsonl']);
  });

  it('yields nothing for a folder or pattern without files', async () => {
    const folder = folderWith(files);
    mkdirSync(join(folder, 'empty'));
    expect(await expanded(folder, ['empty', '*.nothing', 'gone/*.jsonl'])).toEqual([]);
  });

  it('says that a file is not there, and which one may be meant', async () => {
    const folder = folderWith({'data/train.jsonl': '', 'data/other.jsonl': ''});
    const failure = expanded(folder, ['data/trian.jsonl']);
    await expect(failure).rejects.toThrow(InputError);
    await expect(failure).rejects.toThrow(
      'Cannot read `data/trian.jsonl`: there is no such file. Did you mean `data/train.jsonl`?',
    );
    await expect(expanded(folder, ['quite/different'])).rejects.toThrow('Check the spelling');
    await expect(expanded(folder, ['data/train.jsonl/x'])).rejects.toThrow(
      'Cannot read `data/train.jsonl/x`',
    );
    await expect(expanded(folder, ['!data/other.jsonl'])).rejects.toThrow('under `ignore` in .collapserc');
  });

  it.each(['x.arrow', 'x.PDF.gz', 'x.html.zst', 'x.zip'])('refuses %s', async name => {
    const folder = folderWith({[name]: ''});
    await expect(expanded(folder, [name])).rejects.toThrow(/not yet readable; JSONL is\. Convert it/);
    await expect(expanded(folder, ['x.*'])).rejects.toThrow(`Cannot read \`${name}\``);
    expect(await expanded(folder, ['.'])).toEqual([]);
  });

  it('takes a thousand files', async () => {
    const many = Object.fromEntries(Array.from({length: 1000}, (_, i) => [`d${i % 7}/${i}.jsonl`, '']));
    const folder = folderWith(many);
    const found = await expanded(folder, ['.']);
    expect(found).toHaveLength(1000);
    expect(await expanded(folder, found.toReversed())).toEqual(found);
  });

  it.runIf(unix)('follows links, but not in circles', async () => {
    const folder = folderWith({'data/a.jsonl': '', 'store/b.jsonl': ''});
    symlinkSync('../store', join(folder, 'data/linked'));
    symlinkSync('..', join(folder, 'data/up'));
    symlinkSync('../data', join(folder, 'store/back'));
    symlinkSync('../store/b.jsonl', join(folder, 'data/c.jsonl'));
    symlinkSync('nowhere', join(folder, 'data/dangling'));
    expect(await expanded(folder, ['data'])).toEqual(['data/a.jsonl', 'data/c.jsonl', 'data/linked/b.jsonl']);
  });

  it.runIf(unix)('says that a link leads to data that is not there, unless nobody asked for it', async () => {
    const folder = folderWith({'data/a.jsonl': ''});
    symlinkSync('../gone/b.jsonl', join(folder, 'data/b.jsonl'));
    const why = /b\.jsonl`: it is a link to `\.\.\/gone\/b\.jsonl`, and there is nothing\. .*`ignore`/;
    for (const pattern of ['data', 'data/b.jsonl', 'data/*.jsonl'])
      await expect(expanded(folder, [pattern])).rejects.toThrow(why);
    expect(await expanded(folder, ['data'], ['data/b.*'])).toEqual(['data/a.jsonl']);
    expect(await expanded(folder, ['data/a*'])).toEqual(['data/a.jsonl']);
    symlinkSync('.git/annex/objects/x', join(folder, 'data/c.csv'));
    await expect(expanded(folder, ['data/c.csv'])).rejects.toThrow(/Run `git annex get` on it/);
  });
});

describe('displayPath', () => {
  it('is relative inside the working folder only', () => {
    expect(displayPath('/a/b/c.jsonl', '/a')).toBe('b/c.jsonl');
    expect(displayPath('b/../c.jsonl', '/a')).toBe('c.jsonl');
    expect(displayPath('/a/..b/c.jsonl', '/a')).toBe('..b/c.jsonl');
    expect(displayPath('../d/c.jsonl', '/a').endsWith('/d/c.jsonl')).toBe(true);
    expect(displayPath('../d/c.jsonl', '/a')).not.toContain('..');
  });
});
