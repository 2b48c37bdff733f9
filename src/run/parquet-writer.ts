import {
  asyncBufferFromFile,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  type SchemaElement,
} from 'hyparquet';
import {ByteWriter, ParquetWriter} from 'hyparquet-writer';
import {pageDecompressors} from '../corpus/convert/parquet-codecs.js';
import type {Origin} from '../corpus/input.js';
import type {SetWriter, SetWriters, Write} from './set-writers.js';
import {pageCompressors, writableCodecs} from './sink.js';

/**
 * Rows are read and written as what they are stored as: a timestamp as its integer, a decimal as its bytes. So
 * what no type of JavaScript can hold comes back as it was, and the schema is written as it was read.
 */
export async function openParquetWriters(origin: Origin): Promise<SetWriters> {
  const file = await asyncBufferFromFile(origin.file);
  const metadata = await parquetMetadataAsync(file);
  const stored: FileMetaData = {...metadata, schema: metadata.schema.map(unannotated)};
  const ends: number[] = [];
  for (const group of metadata.row_groups) ends.push((ends.at(-1) ?? 0) + Number(group.num_rows));
  /** Sets take turns, mostly within one row group. */
  let held: {group: number; rows: Record<string, unknown>[]} | undefined;

  async function groupOf(group: number) {
    if (held?.group === group) return held.rows;
    const rowStart = ends[group - 1] ?? 0;
    const rows = await parquetReadObjects({
      file,
      metadata: stored,
      compressors: pageDecompressors(),
      utf8: false,
      geoparquet: false,
      rowStart,
      rowEnd: ends[group]!,
    });
    held = {group, rows};
    return rows;
  }

  return {
    open: async write => {
      const bytes = new ByteWriter();
      const writer = new ParquetWriter({
        writer: bytes,
        schema: stored.schema,
        compressors: pageCompressors,
        // The order of stored values need not be that of what they mean.
        statistics: false,
        ...(metadata.key_value_metadata && {kvMetadata: metadata.key_value_metadata}),
      });
      const names = columnsOf(metadata.schema);
      let waiting: Record<string, unknown>[] = [];
      let group = -1;

      async function flush(): Promise<void> {
        if (waiting.length > 0) {
          const rows = waiting;
          waiting = [];
          const columnData = names.map(name => ({
            name,
            data: rows.map(row => row[name]),
            codec: codecOf(metadata, name),
          }));
          await writer.write({columnData, rowGroupSize: rows.length});
        }
        await drain(bytes, write);
      }

      const set: SetWriter = {
        async write(first, end) {
          for (let row = first; row < end; ) {
            const at = ends.findIndex(last => row < last);
            if (at !== group) await flush();
            group = at;
            const rows = await groupOf(at);
            const start = ends[at - 1] ?? 0;
            const stop = Math.min(end, ends[at]!);
            for (; row < stop; row++) waiting.push(rows[row - start]!);
          }
        },
        async end() {
          await flush();
          writer.schema = metadata.schema.map(writtenAs);
          await writer.finish();
          await drain(bytes, write);
        },
      };
      return set;
    },
    close: async () => {},
  };
}

async function drain(bytes: ByteWriter, write: Write): Promise<void> {
  if (bytes.index > 0) await write(Buffer.from(bytes.getBytes()));
  bytes.index = 0;
}

/** A leaf as it is stored, without what it means. Groups keep what makes them lists. */
function unannotated(element: SchemaElement): SchemaElement {
  if (element.num_children) return element;
  const {converted_type: _, logical_type: __, ...stored} = element;
  return stored;
}

/**
 * hyparquet-writer writes the width of an integer as 32 bits where Thrift has 8, which other readers refuse.
 * The older annotation says the same.
 */
function writtenAs(element: SchemaElement): SchemaElement {
  const {logical_type: logical, ...rest} = element;
  if (logical?.type !== 'INTEGER') return element;
  const named = `${logical.isSigned ? 'INT' : 'UINT'}_${logical.bitWidth}` as NonNullable<
    SchemaElement['converted_type']
  >;
  return {...rest, converted_type: named};
}

function columnsOf(schema: readonly SchemaElement[]): string[] {
  const names: string[] = [];
  for (let at = 1; at < schema.length; at = after(schema, at)) names.push(schema[at]!.name);
  return names;
}

function after(schema: readonly SchemaElement[], at: number): number {
  let next = at + 1;
  for (let child = 0; child < (schema[at]!.num_children ?? 0); child++) next = after(schema, next);
  return next;
}

function codecOf({row_groups: [group]}: FileMetaData, name: string) {
  const column = group?.columns.find(({meta_data: found}) => found?.path_in_schema[0] === name);
  const codec = column?.meta_data?.codec;
  return codec !== undefined && writableCodecs.has(codec) ? codec : 'SNAPPY';
}
