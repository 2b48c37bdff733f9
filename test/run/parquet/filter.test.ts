import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, type SchemaElement} from 'hyparquet';
import {parquetWriteBuffer} from 'hyparquet-writer';
import {expect, test} from 'vitest';
import {unwritableType} from '../../../src/corpus/convert/parquet-schema.js';
import {openInput} from '../../../src/corpus/open.js';
import {RunError} from '../../../src/run/error.js';
import {columns, filterOne, group, kvMetadata, leaf, list, parquet, root, said, text} from './samples.js';

/** What is stored, read without what it means: nothing is rounded on the way. */
async function stored(path: string) {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  const bare = metadata.schema.map(({converted_type, logical_type, ...rest}) =>
    rest.num_children ? {...rest, ...(converted_type && {converted_type})} : rest,
  );
  const rows = await parquetReadObjects({file, metadata: {...metadata, schema: bare}, utf8: false});
  return {metadata, rows};
}

test.each(['UNCOMPRESSED', 'SNAPPY'] as const)(
  'Parquet, %s: same schema, metadata and stored values, and rows as places',
  async codec => {
    const {report, cwd} = await filterOne(parquet(codec));
    expect(report.findings.map(({rule, record}) => [rule, record.line, record.id])).toEqual([
      ['duplicate/exact', 3, 'row:3'],
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

test.each(['GZIP', 'BROTLI'] as const)('%s stays what it is', async codec => {
  const {cwd} = await filterOne(parquet(codec));
  const file = await asyncBufferFromFile(join(cwd, 'out/accepted.parquet'));
  const metadata = await parquetMetadataAsync(file);
  expect(metadata.row_groups[0]!.columns.map(({meta_data}) => meta_data!.codec)).toEqual(
    Array(7).fill(codec),
  );
  const input = await openInput(join(cwd, 'out/accepted.parquet'), {spoolDir: join(cwd, 'spool'), cwd});
  const [first] = readFileSync(input.file, 'utf8').split('\n');
  expect(JSON.parse(first!)).toMatchObject({id: '9007199254740993', text: columns.text[0], messages: said});
});

const textLeaf = leaf('text', 'BYTE_ARRAY', text);

test('maps are refused before the scan', async () => {
  const schema = [
    root(2),
    textLeaf,
    group('extra', 1, 'OPTIONAL', {converted_type: 'MAP'}),
    group('key_value', 2, 'REPEATED'),
    leaf('key', 'BYTE_ARRAY', {...text, repetition_type: 'REQUIRED'}),
    leaf('value', 'INT32'),
  ];
  const columnData = [
    {name: 'text', data: ['A bell.']},
    {name: 'extra', data: [{a: 1}]},
  ];
  const refused = await filterOne(Buffer.from(parquetWriteBuffer({schema, columnData}))).catch(
    error => error,
  );
  expect(refused).toBeInstanceOf(RunError);
  expect(refused.message).toContain('a column of maps (extra)');
});

const repeated = {repetition_type: 'REPEATED'} as const;
test.each<[string | undefined, SchemaElement[]]>([
  ['a list of an old kind (extra)', [group('extra', 1, 'OPTIONAL', list), leaf('array', 'INT32', repeated)]],
  ['a repeated column that is no list (extra)', [leaf('extra', 'INT32', repeated)]],
  ['a column of INT96 (extra)', [leaf('extra', 'INT96')]],
  [
    'a column of VARIANT (extra)',
    [group('extra', 1, 'OPTIONAL', {logical_type: {type: 'VARIANT'}}), leaf('value', 'BYTE_ARRAY')],
  ],
  [undefined, [group('extra', 1, 'OPTIONAL', list), group('list', 1, 'REPEATED'), leaf('element', 'INT32')]],
])('cannot be written: %s', (words, extra) => {
  expect(unwritableType({schema: [root(2), textLeaf, ...extra]})).toBe(words);
});

test('a codec that cannot be written is refused before the scan, or replaced by the one named', async () => {
  // Nothing here encodes LZ4; a page that is too short for it is as good.
  const content = Buffer.from(
    parquetWriteBuffer({
      schema: [root(1), textLeaf],
      columnData: [{name: 'text', data: ['A bell.', 'A gull.']}],
      codec: 'LZ4_RAW',
      compressors: {LZ4_RAW: literal},
    }),
  );
  const refused = await filterOne(content).catch(error => error);
  expect(refused).toBeInstanceOf(RunError);
  expect(refused.message).toContain('LZ4_RAW');
  expect(refused.message).toContain('`--replace-codec` to write Snappy');
  const {cwd} = await filterOne(content, {replaceCodec: true});
  const {metadata, rows} = await stored(join(cwd, 'out/accepted.parquet'));
  expect(metadata.row_groups[0]!.columns[0]!.meta_data!.codec).toBe('SNAPPY');
  expect(rows.map(({text: bytes}) => Buffer.from(bytes).toString())).toEqual(['A bell.', 'A gull.']);
});

/** An LZ4 block of one literal. */
function literal(bytes: Uint8Array): Uint8Array {
  if (bytes.length < 15) return Uint8Array.of(bytes.length << 4, ...bytes);
  return Uint8Array.of(0xf0, bytes.length - 15, ...bytes);
}
