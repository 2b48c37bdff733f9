import {gzipSync} from 'node:zlib';
import {parquetWriteBuffer} from 'hyparquet-writer';
import {beforeAll, expect, test} from 'vitest';
import {checkChange} from '../../../src/run/change/index.js';
import {pageCompressors} from '../../../src/run/sink.js';
import {lastingFolder, load} from '../../engine/rounds.js';
import {repo} from '../../git/repo.js';

beforeAll(() => {
  process.env.COLLAPSE_CACHE_DIR = lastingFolder();
});

const light = 'The light on the eastern rock is lit an hour before the sun goes down.';
const ferry = 'A ferry takes the mail across on Tuesdays when the tide lets it.';
const storm = 'In the storm of that winter the boats stayed in for nineteen days.';
const stove = 'Behind the stove hung the coats of three generations of pilots.';
const nets = 'Nets are mended on the quay by people who talk about other things.';

type Codec = 'SNAPPY' | 'GZIP' | 'UNCOMPRESSED';
function parquet(texts: readonly string[], codec: Codec = 'SNAPPY', rowGroupSize = 2): Buffer {
  const columnData = [
    {name: 'text', data: [...texts]},
    {name: 'n', data: texts.map(text => BigInt(text.length) + 2n ** 60n)},
  ];
  return Buffer.from(parquetWriteBuffer({columnData, codec, compressors: pageCompressors, rowGroupSize}));
}
const csv = (texts: readonly string[]) => `text\n${texts.join('\n')}\n`;
const json = (texts: readonly string[]) =>
  JSON.stringify(
    texts.map(text => ({text})),
    null,
    2,
  );

async function judge(cwd: string, patterns: readonly string[] = ['.']) {
  const places: string[] = [];
  const loaded = await load(cwd);
  const report = await checkChange(loaded, patterns, {staged: true}, {cwd, concurrency: 0}, ({evidence}) => {
    places.push(`${evidence.place.path}:${evidence.place.line}`);
  });
  return {report, places};
}

test.each([
  [
    'data.csv',
    csv,
    (texts: readonly string[]) =>
      csv(texts)
        .replaceAll(/^([A-Z].*)$/gm, '"$1"')
        .replaceAll('\n', '\r\n'),
  ],
  ['data.tsv', csv, (texts: readonly string[]) => csv(texts).replaceAll('\n', '\r\n')],
  ['data.parquet', parquet, (texts: readonly string[]) => parquet(texts, 'GZIP', 9)],
  [
    'data.json',
    json,
    (texts: readonly string[]) => `[\n${texts.map(text => JSON.stringify({text}, null, 2)).join(',\n')}]`,
  ],
  [
    'data.txt',
    (texts: readonly string[]) => texts.join('\n'),
    (texts: readonly string[]) => texts.join('\r\n\r\n'),
  ],
])(
  '%s: another order and other bytes bring no records, and a new one is found at its place',
  async (name, write, again) => {
    const {root, stage} = repo({[name]: write([light, ferry, storm])});
    const named = [name];
    stage({[name]: again([storm, light, ferry])});
    const moved = await judge(root, named);
    expect(moved.places).toEqual([]);
    expect(moved.report.change).toMatchObject({files: 1, added: 0, stayed: 3, gone: 0});
    stage({[name]: write([nets, light, `${ferry} ${ferry}`, storm, light])});
    const {places, report} = await judge(root, named);
    const lines = {'data.csv': [2, 4, 6], 'data.tsv': [2, 4, 6]}[name] ?? [1, 3, 5];
    expect(places).toEqual(lines.map(line => `${name}:${line}`));
    expect(report.change).toMatchObject({added: 3, stayed: 2, gone: 1});
    expect(
      report.findings.filter(({rule}) => rule === 'duplicate/exact').map(({record}) => record.line),
    ).toEqual([lines[2]]);
  },
);

test('a folder is searched for all formats; records that move from one to another are not new', async () => {
  const {root, stage} = repo({'a.jsonl': [light, ferry], 'b.parquet': parquet([storm])});
  stage({'a.jsonl': [light], 'c.csv.gz': gzipSync(csv([ferry])), 'd.tsv': csv([nets])});
  const {places, report} = await judge(root);
  expect(places).toEqual(['d.tsv:2']);
  expect(report.change).toMatchObject({added: 1, stayed: 2, gone: 0});
  expect(report.references).toMatchObject([{records: 3}]);
});

test('what is no record is told at its line, and only when it is new', async () => {
  const {root, stage} = repo({'a.csv': 'text,n\nA bell rings in the fog,1\nno cell\n'});
  stage({'a.csv': 'text,n\nA bell rings in the fog,1\n"Gulls\nsit on the quay",2\nno cell\none,two,three\n'});
  const {places, report} = await judge(root);
  expect(places).toEqual(['a.csv:3', 'a.csv:6']);
  expect(report.totals).toMatchObject({records: 2, malformed: 1});
  expect(report.findings.map(({record, message}) => [record.line, message.slice(0, 19)])).toContainEqual([
    6,
    'The row has 3 cells',
  ]);
});

test('in a folder without data, Markdown is the data: of files, sections, and a folder of it beside data', async () => {
  const prose = (text: string) => `# Notes\n\n${text}\n\n\`\`\`sh\necho ${storm}\n\`\`\`\n`;
  const {root, git, stage} = repo({
    'README.md': 'What this is.',
    'a.md': prose(light),
    'life/b.md': prose(ferry),
    'life/README.md': prose(nets),
  });
  stage({
    'README.md': light,
    // Code is no part of the record.
    'a.md': prose(light).replace('echo', 'printf'),
    'c.md': prose(ferry),
    '.d/e.md': prose(storm),
  });
  const prosed = await judge(root, ['.']);
  expect(prosed.places).toEqual(['c.md:1']);
  expect(prosed.report.change).toMatchObject({files: 2, added: 1, stayed: 1});
  expect(prosed.report.references).toMatchObject([{records: 3}]);
  expect(prosed.report.findings.map(({record, related}) => [record.path, related![0]!.record.path])).toEqual([
    ['c.md', 'life/b.md'],
  ]);
  git('commit', '--quiet', '-m', 'More');
  // What `check .` does with this folder: beside data, Markdown is about it.
  stage({'d.jsonl': [storm], 'life/c.md': prose(stove)});
  expect((await judge(root, ['.'])).places).toEqual(['d.jsonl:1']);
  expect((await judge(root, ['life'])).places).toEqual(['life/c.md:1']);
  expect((await judge(root, ['**/*.md'])).places).toEqual(['life/c.md:1']);
});

test('the folders of runs are no data, as in a folder on the disk', async () => {
  const {root, stage} = repo({'a.jsonl': [light]});
  stage({
    'out/manifest.json': '{}',
    'out/evidence.jsonl': '{}\n',
    'out/accepted.jsonl': [light],
    'b.jsonl': [ferry],
  });
  expect((await judge(root, ['.'])).places).toEqual(['b.jsonl:1']);
  expect((await judge(root, ['out/accepted.jsonl'])).places).toEqual(['out/accepted.jsonl:1']);
});
