import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import fc from 'fast-check';
import {asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, type SchemaElement} from 'hyparquet';
import {parquetWriteBuffer} from 'hyparquet-writer';
import {expect, test} from 'vitest';
import {InputError} from '../../src/corpus/errors.js';
import {openInput} from '../../src/corpus/open.js';
import {RunError} from '../../src/run/error.js';
import {filter} from '../../src/run/filter.js';
import {pageCompressors} from '../../src/run/sink.js';
import {folder, load} from '../engine/rounds.js';

const leaf = (name: string, type: SchemaElement['type'], more: Partial<SchemaElement> = {}): SchemaElement =>
  ({name, type, repetition_type: 'OPTIONAL', ...more}) as SchemaElement;
const text = {converted_type: 'UTF8', logical_type: {type: 'STRING'}} as const;
const list = {converted_type: 'LIST', logical_type: {type: 'LIST'}} as const;
const group = (name: string, num_children: number, repetition_type: string, more = {}) =>
  ({name, num_children, repetition_type, ...more}) as SchemaElement;

const schema: SchemaElement[] = [
  {name: 'schema', num_children: 6} as SchemaElement,
  leaf('id', 'INT64'),
  leaf('text', 'BYTE_ARRAY', text),
  group('messages', 1, 'OPTIONAL', list),
  group('list', 1, 'REPEATED'),
  group('element', 2, 'OPTIONAL'),
  leaf('role', 'BYTE_ARRAY', text),
  leaf('content', 'BYTE_ARRAY', text),
  leaf('at', 'INT64', {logical_type: {type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'NANOS'}}),
  leaf('big', 'INT64', {
    converted_type: 'UINT_64',
    logical_type: {type: 'INTEGER', bitWidth: 64, isSigned: false},
  }),
  leaf('raw', 'BYTE_ARRAY'),
];
const said = [
  {role: 'user', content: 'Is the ferry late?'},
  {role: 'assistant', content: null},
];
const columns = {
  id: [9007199254740993n, -5n, null, 4n],
  text: ['The ferry leaves at nine.', 'A bell rings in fog.', 'A bell rings in fog.', 'Grüße vom Hafen.'],
  messages: [said, [], null, said.slice(0, 1)],
  at: [1700000000123456789n, null, 1n, 2n],
  big: [2n ** 63n - 1n, 0n, null, 7n],
  raw: [Uint8Array.of(0, 255), Uint8Array.of(), null, Uint8Array.of(97)],
};
const kvMetadata = [{key: 'huggingface', value: '{"info":1}'}];

function parquet(codec: 'UNCOMPRESSED' | 'SNAPPY' | 'GZIP' | 'BROTLI'): Buffer {
  const columnData = Object.entries(columns).map(([name, data]) => ({name, data}));
  const options = {schema, columnData, codec, compressors: pageCompressors, kvMetadata, rowGroupSize: 3};
  return Buffer.from(parquetWriteBuffer(options));
}

/** What is stored, read without what it means: nothing is rounded on the way. */
async function stored(path: string) {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  const bare = metadata.schema.map(({converted_type, logical_type, ...rest}) =>
    rest.num_children ? {...rest, ...(converted_type && {converted_type})} : rest,
  );
  const rows = await parquetReadObjects({
    file,
    metadata: {...metadata, schema: bare},
    compressors: {},
    utf8: false,
  });
  return {metadata, rows};
}

async function run(content: Buffer, options = {}) {
  const cwd = folder();
  writeFileSync(join(cwd, 'a.parquet'), content);
  const loaded = await load(cwd, {maxMalformed: 9, gates: {duplication: 'off'}});
  const filtered = await filter(loaded, ['a.parquet'], {
    cwd,
    out: 'out',
    concurrency: 0,
    cache: false,
    ...options,
  });
  return {...filtered, cwd};
}

test.each(['UNCOMPRESSED', 'SNAPPY'] as const)(
  'Parquet, %s: same schema, metadata and stored values, and rows as places',
  async codec => {
    const {report, cwd} = await run(parquet(codec));
    expect(report.findings.map(({record}) => [record.line, record.id])).toEqual([
      [3, 'line:3'],
      [4, '4'],
    ]);
    const before = await stored(join(cwd, 'a.parquet'));
    const accepted = await stored(join(cwd, 'out/accepted.parquet'));
    const rejected = await stored(join(cwd, 'out/rejected.parquet'));
    expect(accepted.rows).toEqual([0, 1, 3].map(row => before.rows[row]));
    expect(rejected.rows).toEqual([before.rows[2]]);
    expect(accepted.rows[0]).toMatchObject({id: 9007199254740993n, at: 1700000000123456789n});
    expect(accepted.metadata.key_value_metadata).toEqual(kvMetadata);
    // The newer name of an integer's width is left to the older one, which says the same.
    const named = ({name, type, converted_type, repetition_type}: SchemaElement) =>
      [name, type, converted_type, repetition_type].join(' ');
    expect(accepted.metadata.schema.map(named)).toEqual(before.metadata.schema.map(named));
    expect(accepted.metadata.row_groups[0]!.columns[0]!.meta_data!.codec).toBe(codec);
  },
);

test.each(['GZIP', 'BROTLI'] as const)('%s is written as %s', async codec => {
  const {cwd} = await run(parquet(codec));
  const file = await asyncBufferFromFile(join(cwd, 'out/accepted.parquet'));
  const metadata = await parquetMetadataAsync(file);
  expect(metadata.row_groups[0]!.columns.map(({meta_data}) => meta_data!.codec)).toEqual(
    Array(7).fill(codec),
  );
  const input = await openInput(join(cwd, 'out/accepted.parquet'), {spoolDir: join(cwd, 'spool'), cwd});
  const [first] = readFileSync(input.file, 'utf8').split('\n');
  expect(JSON.parse(first!)).toMatchObject({id: '9007199254740993', text: columns.text[0], messages: said});
});

test('what cannot be written exactly is refused before the scan', async () => {
  const map = Buffer.from(
    parquetWriteBuffer({
      schema: [
        {name: 'schema', num_children: 2} as SchemaElement,
        leaf('text', 'BYTE_ARRAY', text),
        group('meta', 1, 'OPTIONAL', {converted_type: 'MAP'}),
        group('key_value', 2, 'REPEATED'),
        {...leaf('key', 'BYTE_ARRAY', text), repetition_type: 'REQUIRED'},
        leaf('value', 'INT32'),
      ],
      columnData: [
        {name: 'text', data: ['A bell.']},
        {name: 'meta', data: [{a: 1}]},
      ],
    }),
  );
  const refused = await run(map).catch(error => error);
  expect(refused).toBeInstanceOf(RunError);
  expect(refused.message).toContain('a column of maps (meta)');
});

test('damaged Parquet is refused or read, never a crash', async () => {
  const cwd = folder();
  const good = parquet('SNAPPY');
  let files = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.integer({min: 0, max: 7}), fc.boolean(), async (at, bit, cut) => {
      const bytes = Buffer.from(cut ? good.subarray(0, at % good.length) : good);
      if (!cut) bytes[at % good.length]! ^= 1 << bit;
      const path = join(cwd, `${files++}.parquet`);
      writeFileSync(path, bytes);
      const input = await openInput(path, {spoolDir: join(cwd, 'spool'), cwd}).catch(error => error);
      if (cut) expect(input).toBeInstanceOf(InputError);
      if (input instanceof Error) expect(input).toBeInstanceOf(InputError);
      else expect(input.origin!.places.count).toBe(4);
    }),
    {seed: 7, numRuns: 300},
  );
});
