import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {SchemaElement} from 'hyparquet';
import {parquetWriteBuffer} from 'hyparquet-writer';
import {filter} from '../../../src/run/filter.js';
import {pageCompressors} from '../../../src/run/sink.js';
import {folder, load} from '../../engine/rounds.js';

export const leaf = (name: string, type: SchemaElement['type'], more: Partial<SchemaElement> = {}) =>
  ({name, type, repetition_type: 'OPTIONAL', ...more}) as SchemaElement;
export const group = (name: string, num_children: number, repetition_type: string, more = {}) =>
  ({name, num_children, repetition_type, ...more}) as SchemaElement;
export const root = (num_children: number) => ({name: 'schema', num_children}) as SchemaElement;
export const text = {converted_type: 'UTF8', logical_type: {type: 'STRING'}} as const;
export const list = {converted_type: 'LIST', logical_type: {type: 'LIST'}} as const;

export const schema: SchemaElement[] = [
  root(6),
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
export const said = [
  {role: 'user', content: 'Is the ferry late?'},
  {role: 'assistant', content: null},
];
/** The third row repeats the text of the second, and nothing else in it is text. */
export const columns = {
  id: [9007199254740993n, -5n, null, 4n],
  text: ['The ferry leaves at nine.', 'A bell rings in fog.', 'A bell rings in fog.', 'Grüße vom Hafen.'],
  messages: [said, [], null, [{role: 'user', content: 'Where is the harbour office?'}]],
  at: [1700000000123456789n, null, 1n, 2n],
  big: [2n ** 63n - 1n, 0n, null, 7n],
  raw: [Uint8Array.of(0, 255), Uint8Array.of(), null, Uint8Array.of(97)],
};
export const kvMetadata = [{key: 'huggingface', value: '{"info":1}'}];

export function parquet(codec: 'UNCOMPRESSED' | 'SNAPPY' | 'GZIP' | 'BROTLI'): Buffer {
  const columnData = Object.entries(columns).map(([name, data]) => ({name, data}));
  const options = {schema, columnData, codec, compressors: pageCompressors, kvMetadata, rowGroupSize: 3};
  return Buffer.from(parquetWriteBuffer(options));
}

/** Runs `filter` on one file. */
export async function filterOne(content: Buffer, options = {}) {
  const cwd = folder();
  writeFileSync(join(cwd, 'a.parquet'), content);
  const loaded = await load(cwd, {maxMalformed: 9, gates: {duplication: 'off'}});
  const rest = {cwd, out: 'out', concurrency: 0, cache: false, ...options};
  return {...(await filter(loaded, ['a.parquet'], rest)), cwd};
}
