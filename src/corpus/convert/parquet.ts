import {brotliDecompressSync, gunzipSync} from 'node:zlib';
import {
  asyncBufferFromFile,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  type SchemaElement,
} from 'hyparquet';
import {compressors as libraries} from 'hyparquet-compressors';
import {InputError, quoted, visible} from '../errors.js';
import type {Source} from './index.js';
import {requirePages} from './parquet-pages.js';
import type {Spooler} from './spooler.js';

/** A row group is in memory at once. Writers make them of some 128 MiB. */
export const maxRowGroupBytes = 2 ** 30;

/** Spools the rows of a Parquet file, one row group after the other. A row's place is its number, from 1. */
export async function spoolParquet(source: Source, out: Spooler): Promise<number> {
  const {path, signal} = source;
  const file = await asyncBufferFromFile(source.file);
  const metadata = await guarded(path, 'its footer', () => parquetMetadataAsync(file));
  requireSmall(metadata, path);
  // Fewer rows than there are would pass for all of them.
  const total = metadata.row_groups.reduce((sum, group) => sum + group.num_rows, 0n);
  if (total !== metadata.num_rows) {
    throw damaged(path, 'its footer', `its row groups have ${total} rows, the file ${metadata.num_rows}`);
  }
  const columns = metadata.row_groups.flatMap(group => group.columns);
  out.traits.codecs = [...new Set(columns.flatMap(({meta_data: column}) => column?.codec ?? []))];
  const unwritable = metadata.schema.map(unwritableType).find(type => type !== undefined);
  if (unwritable !== undefined) out.traits.unwritable = unwritable;
  let row = 0;
  for (const [index, group] of metadata.row_groups.entries()) {
    signal?.throwIfAborted();
    const count = Number(group.num_rows);
    await guarded(path, `row group ${index + 1}`, () => requirePages(file, group, maxRowGroupBytes));
    const rows = await guarded(path, `row group ${index + 1}`, () =>
      parquetReadObjects({
        file,
        metadata,
        compressors,
        parsers,
        utf8: false,
        geoparquet: false,
        rowStart: row,
        rowEnd: row + count,
      }),
    );
    if (rows.length !== count)
      throw damaged(path, `row group ${index + 1}`, `it has ${rows.length} of ${count} rows`);
    for (const fields of rows) {
      const at = {number: row + 1, start: row, end: row};
      row++;
      let json: string;
      try {
        json = toJson(fields);
      } catch (error) {
        if (!(error instanceof NotUtf8)) throw error;
        await out.malformed(
          'A string of the row is not valid UTF-8; write the file again with its text as UTF-8',
          at,
        );
        continue;
      }
      await out.add(json, at);
    }
  }
  return 0;
}

function requireSmall({row_groups: groups}: FileMetaData, path: string): void {
  for (const [index, {total_byte_size: size}] of groups.entries()) {
    if (Number(size) <= maxRowGroupBytes) continue;
    throw new InputError(
      `Cannot read ${quoted(path)}`,
      `row group ${index + 1} has ${Math.round(Number(size) / 2 ** 20)} MiB, and at most ${maxRowGroupBytes / 2 ** 20} MiB are held in memory`,
      'Write it again in smaller row groups: `pyarrow.parquet.write_table(table, path, row_group_size=50_000)`.',
    );
  }
}

/** Types that do not come back as they were: maps are read as objects, whose keys are strings and differ. */
function unwritableType({type, converted_type: annotation, name}: SchemaElement): string | undefined {
  if (annotation === 'MAP' || annotation === 'MAP_KEY_VALUE') return `a column of maps (${visible(name)})`;
  if (type === 'INT96') return `a column of INT96 (${visible(name)})`;
  return undefined;
}

async function guarded<T>(path: string, part: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw damaged(path, part, (error as Error).message, error);
  }
}

function damaged(path: string, part: string, why: string, cause?: unknown): InputError {
  return new InputError(
    `Cannot read ${quoted(path)}`,
    `${part} cannot be read (${why.replace(/\s+/g, ' ').slice(0, 160)})`,
    'Fetch or write the file again.',
    {cause},
  );
}

/** Decompressors that hold a page to the size that it says it has. */
export const compressors = Object.fromEntries(
  Object.entries({
    ...libraries,
    GZIP: (input: Uint8Array, length: number) => gunzipSync(input, {maxOutputLength: Math.max(1, length)}),
    BROTLI: (input: Uint8Array, length: number) =>
      brotliDecompressSync(input, {maxOutputLength: Math.max(1, length)}),
  }).map(([codec, decompress]) => [
    codec,
    (input: Uint8Array, length: number) => {
      if (length > maxRowGroupBytes) throw new Error(`a page says that it has ${length} bytes`);
      // hyparquet-compressors does not know the LZ4 block that holds nothing.
      if (length === 0) return new Uint8Array(0);
      const plain = (decompress as (input: Uint8Array, length: number) => Uint8Array)(input, length);
      if (plain.length !== length) throw new Error(`a page has ${plain.length} bytes instead of ${length}`);
      return plain;
    },
  ]),
);

class NotUtf8 extends Error {}
const text = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});

/** What stands for a string that is none. */
const bad = {
  toJSON() {
    throw new NotUtf8();
  },
};

const parsers = {
  stringFromBytes(bytes: Uint8Array): unknown {
    if (!bytes) return bytes;
    try {
      return text.decode(bytes);
    } catch {
      return bad;
    }
  },
};

/** What a number of JavaScript cannot hold is written as a string: an id must keep its digits. */
function integer(value: bigint): string {
  const exact = value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER;
  return exact ? value.toString() : `"${value}"`;
}

/** JSON of a row: integers of 64 bits with all their digits, bytes that are text as text and others as base64. */
export function toJson(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'bigint') return integer(value);
  if (typeof value !== 'object') return JSON.stringify(value);
  if (value === bad) throw new NotUtf8();
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'null' : JSON.stringify(value);
  if (value instanceof Uint8Array) return JSON.stringify(textOf(value));
  if (Array.isArray(value)) return `[${value.map(toJson).join(',')}]`;
  if (ArrayBuffer.isView(value)) return toJson(Array.from(value as unknown as ArrayLike<unknown>));
  const fields = Object.entries(value).map(([name, field]) => `${JSON.stringify(name)}:${toJson(field)}`);
  return `{${fields.join(',')}}`;
}

/** Some writers do not say which byte arrays are text. */
function textOf(bytes: Uint8Array): string {
  try {
    return text.decode(bytes);
  } catch {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  }
}
