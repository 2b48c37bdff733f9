import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import fc from 'fast-check';
import {parquetMetadata, type SchemaElement} from 'hyparquet';
import {deserializeTCompactProtocol} from 'hyparquet/src/thrift.js';
import {parquetWriteBuffer} from 'hyparquet-writer';
import {expect, test} from 'vitest';
import {toJson} from '../../src/corpus/convert/parquet-json.js';
import {InputError} from '../../src/corpus/errors.js';
import {openInput} from '../../src/corpus/open.js';
import {folder} from '../engine/rounds.js';
import {leaf, parquet, root, text} from '../run/parquet/samples.js';

async function read(content: Uint8Array) {
  const cwd = folder();
  writeFileSync(join(cwd, 'a.parquet'), content);
  const input = await openInput(join(cwd, 'a.parquet'), {spoolDir: join(cwd, 'spool'), cwd});
  return {input, lines: readFileSync(input.file, 'utf8').trimEnd().split('\n')};
}

const one = (element: SchemaElement, data: unknown[], codec: 'SNAPPY' | 'UNCOMPRESSED' = 'SNAPPY') =>
  Buffer.from(
    parquetWriteBuffer({
      schema: [root(1), element],
      columnData: [{name: element.name, data: data as never}],
      codec,
    }),
  );

const utc = {isAdjustedToUTC: true} as const;
test.each<[string, SchemaElement, unknown, string]>([
  ['an integer beyond 2^53', leaf('v', 'INT64'), 9007199254740993n, '"9007199254740993"'],
  ['an integer within 2^53', leaf('v', 'INT64'), -9007199254740991n, '-9007199254740991'],
  [
    'nanoseconds',
    leaf('v', 'INT64', {logical_type: {type: 'TIMESTAMP', unit: 'NANOS', ...utc}}),
    -1n,
    '"1969-12-31T23:59:59.999999999Z"',
  ],
  [
    'microseconds',
    leaf('v', 'INT64', {converted_type: 'TIMESTAMP_MICROS'}),
    1n,
    '"1970-01-01T00:00:00.000001Z"',
  ],
  ['days', leaf('v', 'INT32', {converted_type: 'DATE'}), 19782, '"2024-02-29"'],
  ['bytes that are text', leaf('v', 'BYTE_ARRAY'), Uint8Array.of(97), '"a"'],
  ['bytes that are not', leaf('v', 'BYTE_ARRAY'), Uint8Array.of(255), '"/w=="'],
  ['no value', leaf('v', 'DOUBLE'), null, 'null'],
])('%s', async (_, element, value, json) => {
  const {lines} = await read(one(element, [value]));
  expect(lines).toEqual([`{"v":${json}}`]);
});

test('JSON in a column keeps its digits, and what is none is text', async () => {
  const bytes = (json: string) => new TextEncoder().encode(json);
  const column = leaf('v', 'BYTE_ARRAY');
  const content = one(column, [bytes('{"n":9007199254740993,\n"m":1.10}'), bytes('{')]);
  // The writer takes values of JSON; what a file really holds need not be any.
  const marked = withJson(content);
  expect((await read(marked)).lines).toEqual(['{"v":{"n":9007199254740993, "m":1.10}}', '{"v":"{"}']);
});

/** Marks the only column as JSON: field 6 of its schema element, between its name and the end. */
function withJson(content: Buffer): Buffer {
  const length = content.readUInt32LE(content.length - 8);
  const start = content.length - 8 - length;
  const footer = content.subarray(start, content.length - 8);
  const at = footer.indexOf(Buffer.from([0x18, 0x01, 0x76, 0x00])) + 3;
  const longer = Buffer.concat([footer.subarray(0, at), Buffer.from([0x25, 0x26]), footer.subarray(at)]);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(longer.length);
  return Buffer.concat([content.subarray(0, start), longer, size, Buffer.from('PAR1')]);
}

test('text that is not UTF-8 makes its row malformed, and no other', async () => {
  const content = one(leaf('text', 'BYTE_ARRAY', text), ['A bell.', 'A gxll.', 'A gull.']);
  content[content.indexOf('gxll') + 1] = 0xff;
  const {input} = await read(content);
  expect(input.origin!.places.count).toBe(3);
  expect([...input.origin!.places.reasons.keys()]).toEqual([1]);
});

test('columns that would be taken for another are refused', async () => {
  const twin = Buffer.from(
    parquetWriteBuffer({
      schema: [root(2), leaf('a', 'INT32'), leaf('b', 'INT32')],
      columnData: [
        {name: 'a', data: [1]},
        {name: 'b', data: [2]},
      ],
    }),
  );
  for (let at = twin.indexOf('\u0001b'); at >= 0; at = twin.indexOf('\u0001b', at)) twin[at + 1] = 0x61;
  await expect(read(twin)).rejects.toThrow('two columns are called a');
  const proto = one(leaf('__proto__', 'INT32'), [1]);
  await expect(read(proto)).rejects.toThrow('a column is called __proto__');
});

test('a row group over the limit is refused with the way out, before it is read', async () => {
  const content = one(leaf('text', 'BYTE_ARRAY', text), ['A bell.']);
  const [{total_byte_size: size} = {total_byte_size: 0n}] = parquetMetadata(
    content.buffer.slice(content.byteOffset, content.byteOffset + content.length) as ArrayBuffer,
  ).row_groups;
  const large = replaced(content, zigzag(size), zigzag(2n ** 31n));
  const error = await read(large).catch(caught => caught);
  expect(error).toBeInstanceOf(InputError);
  expect(error.message).toContain('row group 1 has 2048 MiB, and at most 1024 MiB are held in memory');
  expect(error.message).toContain('row_group_size=');
});

function zigzag(value: bigint): Buffer {
  const bytes: number[] = [];
  for (let left = value * 2n; ; left >>= 7n) {
    if (left < 128n) return Buffer.from([...bytes, Number(left)]);
    bytes.push(Number(left & 127n) | 128);
  }
}

/** The total size of the last row group: field 2, before the number of its rows. */
function replaced(content: Buffer, from: Buffer, to: Buffer): Buffer {
  const start = content.length - 8 - content.readUInt32LE(content.length - 8);
  const mark = Buffer.concat([Buffer.from([0x26 - 0x10]), from]);
  const at = content.lastIndexOf(mark);
  const footer = Buffer.concat([content.subarray(start, at + 1), to, content.subarray(at + mark.length, -8)]);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(footer.length);
  return Buffer.concat([content.subarray(0, start), footer, size, Buffer.from('PAR1')]);
}

test('another number of nulls than there are stops the reading', async () => {
  const content = one(leaf('text', 'BYTE_ARRAY', text), ['A bell.', null]);
  // Of the header: two values, one null, two rows.
  const at = content.indexOf(Buffer.from([0x5c, 0x15, 4, 0x15, 2, 0x15, 4]));
  content[at + 4] = 0;
  await expect(read(content)).rejects.toThrow('has another number of nulls than its header says');
});

test('a leaf without a value is damage, a list or struct without one is null', () => {
  const shape = {
    fields: new Map([
      ['leaf', {leaf: true}],
      ['list', {element: {leaf: true}}],
    ]),
  };
  expect(toJson({leaf: null, list: undefined}, shape)).toBe('{"leaf":null,"list":null}');
  expect(() => toJson({leaf: undefined, list: null}, shape)).toThrow('a value is missing');
  expect(() => toJson({leaf: 1, list: [undefined]}, shape)).toThrow('a value is missing');
});

test('a file that sends hyparquet round in circles is given up', async () => {
  const values = Array.from({length: 400}, (_, at) => ['bell', 'gull', 'buoy'][(at * at + (at >> 2)) % 3]);
  const content = one(leaf('text', 'BYTE_ARRAY', text), values, 'UNCOMPRESSED');
  const buffer = content.buffer.slice(content.byteOffset, content.byteOffset + content.length) as ArrayBuffer;
  const {data_page_offset: start} = parquetMetadata(buffer).row_groups[0]!.columns[0]!.meta_data!;
  const reader = {view: new DataView(buffer), offset: Number(start)};
  const {field_8: header} = deserializeTCompactProtocol(reader);
  // Indexes of no bits, and a run of so many that it is less than none.
  content.set([0, 0xff, 0xff, 0xff, 0xff, 0x0f], reader.offset + header.field_5 + header.field_6);
  await expect(read(content)).rejects.toThrow(
    'Cannot read `a.parquet`: row group 1 cannot be read (it sends the reader round in circles)',
  );
}, 120_000);

test('a flipped bit in a page with a checksum stops the reading', async () => {
  const good = readFileSync(join(import.meta.dirname, 'data/checksum.parquet'));
  expect((await read(good)).lines[1]).toBe('{"text":"A bell rings in fog."}');
  const start = good.indexOf('The ferry');
  const end = good.indexOf('the quay.');
  for (let at = start; at < end; at += 7) {
    const bad = Buffer.from(good);
    bad[at]! ^= 1;
    await expect(read(bad)).rejects.toThrow(
      'row group 1 cannot be read (the page at byte 4 is not what its checksum says)',
    );
  }
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
    {seed: 7, numRuns: 60},
  );
}, 120_000);
