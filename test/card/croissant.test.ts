import {symlinkSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {readCroissant} from '../../src/card/croissant.js';
import {collapse} from '../cli/collapse.js';
import {folderWith} from '../corpus/folder.js';

const base = {
  '@context': {'@vocab': 'https://schema.org/', cr: 'http://mlcommons.org/croissant/'},
  '@type': 'Dataset',
  conformsTo: 'http://mlcommons.org/croissant/1.0',
  name: 'tides',
  url: 'https://example.org/tides',
};
const read = (value: object | string, name = 'croissant.json') => {
  const folder = folderWith({[name]: typeof value === 'string' ? value : JSON.stringify(value, null, 2)});
  return readCroissant(folder, folder);
};

describe('what is read of Croissant', () => {
  test('licence, creator, date and what it is based on, in all their forms', () => {
    const {fields} = read({
      ...base,
      license: [{'@type': 'CreativeWork', url: 'https://spdx.org/licenses/MIT.html'}, 'CC-BY-4.0'],
      'sc:creator': {'@type': 'Person', name: 'Aune', email: 'a@example.org'},
      dateCreated: '2026-01-02',
      'prov:wasDerivedFrom': [{'@id': 'log-17'}, 'log-18'],
      'rai:dataCollection': 'Copied by hand.',
      'prov:wasGeneratedBy': {
        'prov:wasAssociatedWith': [
          {'@type': 'prov:Person', name: 'Aune'},
          {'@type': 'prov:SoftwareAgent', name: 'tern-1'},
        ],
      },
    })!;
    expect(fields).toEqual({
      license: ['https://spdx.org/licenses/MIT.html', 'CC-BY-4.0'],
      creator: {name: 'Aune'},
      dateCreated: '2026-01-02',
      isBasedOn: [{'@id': 'log-17'}, 'log-18'],
      method: 'Copied by hand.',
      source: {name: 'tides', url: 'https://example.org/tides'},
      generator: {name: 'tern-1'},
    });
  });

  test('keys have lines', () => {
    const found = read({...base, license: 'MIT'})!;
    expect([found.path, found.line('license'), found.line('creator'), found.line()]).toEqual([
      'croissant.json',
      10,
      1,
      1,
    ]);
  });

  test('the files that it is about', () => {
    const about = (distribution: unknown) => read({...base, distribution})!.isAbout;
    const some = about([
      {contentUrl: 'data/a.jsonl'},
      {includes: ['more/*.csv']},
      {contentUrl: '../../etc/passwd'},
    ]);
    expect(['data/a.jsonl', 'data/b.jsonl', 'more/c.csv', 'etc/passwd'].map(some)).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect(about([{contentUrl: 'https://example.org/a.zip'}])('data/b.jsonl')).toBe(true);
    expect(about(undefined)('a.jsonl')).toBe(true);
  });

  test('other files of that name, links out of the folder and lists are none', () => {
    expect(read('{"name": "tides"', 'metadata.json')).toBeUndefined();
    expect(read(base, 'metadata.json')?.path).toBe('metadata.json');
    const elsewhere = folderWith({'croissant.json': JSON.stringify(base)});
    const folder = folderWith({'a.jsonl': '{}'});
    symlinkSync(join(elsewhere, 'croissant.json'), join(folder, 'croissant.json'));
    expect(readCroissant(folder, folder)).toBeUndefined();
  });

  test.each([
    ['{\n  "conformsTo": "http://mlcommons.org/croissant/1.0",\n  "license": MIT\n}', '3:14'],
    ['["http://mlcommons.org/croissant/1.0"]', '1:1'],
    [`{"c": "http://mlcommons.org/croissant/1.0", "a": ${'['.repeat(200_000)}`, '1:'],
  ])('broken: %j', (text, place) => {
    expect(() => read(text)).toThrow(`Cannot read the Croissant \`croissant.json:${place}`);
  });

  test('hostile values are passed over', () => {
    const {fields} = read(
      JSON.stringify({
        ...base,
        license: {a: {b: 1}},
        creator: [[['x']], 3, null],
        dateCreated: '',
        isBasedOn: 7,
      }).replace('"name"', '"__proto__": {"license": "x"}, "name"'),
    )!;
    expect(fields).toEqual({source: {name: 'tides', url: 'https://example.org/tides'}});
  });
});

describe('Croissant beside the data', () => {
  const row = (more: object) => `${JSON.stringify({text: 'The lamp was lit at dusk.', ...more})}\n`;
  const flags = ['--rule', '*=off', '--rule', 'provenance/declared=error', '--gate', 'attribution=on'];
  const whole = {...base, license: 'CC-BY-4.0', creator: {name: 'Aune'}, dateCreated: '2026-01-02'};

  test('stands in for what records do not say, for the gate too', async () => {
    const rows = row({}) + row({license: null, source: 'log'}) + row({dateCreated: 'last spring'});
    const cwd = folderWith({'data/a.jsonl': rows, 'croissant.json': JSON.stringify(whole)});
    const {stdout} = await collapse(['check', '--format', 'json', ...flags], {cwd});
    const {totals, findings} = JSON.parse(stdout);
    expect(totals).toMatchObject({records: 3, accepted: 2, rejected: 1});
    expect(findings.map(({record}: {record: {line: number}}) => record.line)).toContain(3);
    const bare = folderWith({'data/a.jsonl': rows});
    const without = await collapse(['check', '--format', 'json', ...flags], {cwd: bare});
    expect(JSON.parse(without.stdout).totals).toMatchObject({accepted: 0, rejected: 3});
  });

  test('holds for its files alone, at any number of threads', async () => {
    const about = {...whole, distribution: [{'@type': 'cr:FileObject', contentUrl: 'a.jsonl'}]};
    const cwd = folderWith({'a.jsonl': row({}), 'b.jsonl': row({}), 'croissant.json': JSON.stringify(about)});
    const [one, two] = await Promise.all(
      ['1', '2'].map(threads =>
        collapse(['check', '--format', 'json', '--concurrency', threads, ...flags], {cwd}),
      ),
    );
    expect(one!.stdout).toBe(two!.stdout);
    const refused = JSON.parse(one!.stdout).findings.map(({record}: {record: {path: string}}) => record.path);
    expect([...new Set(refused)]).toEqual(['b.jsonl']);
  });

  test('is held against the card', async () => {
    const cwd = folderWith({
      'README.md': '---\nlicense: mit\nsource_datasets: original\n---\n',
      'train.jsonl': row({}),
      'croissant.json': JSON.stringify({...whole, isBasedOn: 'https://huggingface.co/datasets/harbour/logs'}),
    });
    const rules = ['--rule', 'provenance/card-licence=warn', '--rule', 'provenance/card-sources=warn'];
    const {stdout} = await collapse(['check', '--format', 'json', '--rule', '*=off', ...rules], {cwd});
    expect(JSON.parse(stdout).roundFindings.map(({message}: {message: string}) => message)).toEqual([
      'The card says `mit`, but croissant.json says `CC-BY-4.0`',
      '`source_datasets` says `original`, but croissant.json names `harbour/logs`',
    ]);
  });

  test('that is broken stops the run with its place', async () => {
    const cwd = folderWith({'a.jsonl': row({}), 'croissant.json': '{"c": "mlcommons.org/croissant", }'});
    const {code, stderr} = await collapse(['check'], {cwd});
    expect(code).toBe(2);
    expect(stderr).toMatch(/^Cannot read the Croissant `croissant\.json:1:\d+`: .*Mend it/);
  });
});
