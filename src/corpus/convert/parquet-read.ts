import {asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema} from 'hyparquet';
import {maxRowGroupBytes, pageDecompressors} from './parquet-codecs.js';
import {NotUtf8, parsers, readAs, toJson} from './parquet-json.js';
import {requirePages} from './parquet-pages.js';
import {requireSchema, type Shape, shapeOf, unwritableType} from './parquet-schema.js';
import type {ParquetAnswer} from './parquet-thread.js';

/** Characters of rows that are handed over at once. */
const batchLength = 1 << 20;

const largeAdvice =
  'Write it again in smaller row groups: `pyarrow.parquet.write_table(table, path, row_group_size=50_000)`.';

/** Reads a file, one row group after the other. An error in it is its last answer. */
export async function* readParquet(path: string, onProgress: () => void): AsyncGenerator<ParquetAnswer> {
  let part = 'its footer';
  try {
    const file = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(file, {geoparquet: false});
    requireSchema(metadata);
    const columns = metadata.row_groups.flatMap(group => group.columns);
    const codecs = [...new Set(columns.flatMap(({meta_data: column}) => column?.codec ?? []))];
    const unwritable = unwritableType(metadata);
    yield {kind: 'file', codecs, ...(unwritable && {unwritable})};
    const options = {
      file,
      metadata: {...metadata, schema: metadata.schema.map(readAs)},
      compressors: pageDecompressors(onProgress),
      // biome-ignore lint/suspicious/noExplicitAny: they give what is written, not what hyparquet gives
      parsers: parsers as any,
      utf8: false,
      geoparquet: false,
      onPage: onProgress,
    };
    const shape = shapeOf(parquetSchema(metadata));
    let start = 0;
    for (const [index, group] of metadata.row_groups.entries()) {
      part = `row group ${index + 1}`;
      const large = tooLarge(part, Number(group.total_byte_size));
      if (large) return yield large;
      yield {kind: 'group', name: part, bytes: Number(group.total_byte_size)};
      const bytes = await requirePages(file, metadata, group, onProgress);
      const larger = tooLarge(part, bytes);
      if (larger) return yield larger;
      yield {kind: 'group', name: part, bytes};
      const end = start + Number(group.num_rows);
      const rows = await parquetReadObjects({...options, rowStart: start, rowEnd: end});
      if (rows.length !== end - start) throw new Error(`it has ${rows.length} of ${end - start} rows`);
      yield* batches(rows, shape, onProgress);
      start = end;
    }
    yield {kind: 'end'};
  } catch (error) {
    const why = (error as Error).message.replace(/\s+/g, ' ').slice(0, 200);
    yield {kind: 'damaged', why: `${part} cannot be read (${why})`};
  }
}

function tooLarge(part: string, bytes: number): ParquetAnswer | undefined {
  if (bytes <= maxRowGroupBytes) return undefined;
  const [has, limit] = [bytes, maxRowGroupBytes].map(size => Math.round(size / 2 ** 20));
  const why = `${part} has ${has} MiB, and at most ${limit} MiB are held in memory`;
  return {kind: 'refused', why, advice: largeAdvice};
}

type Row = Awaited<ReturnType<typeof parquetReadObjects>>[number];

function* batches(rows: Row[], shape: Shape, onProgress: () => void): Generator<ParquetAnswer> {
  let lines: string[] = [];
  let malformed: number[] = [];
  let length = 0;
  for (const [index, row] of rows.entries()) {
    let line = '';
    try {
      line = toJson(row, shape);
    } catch (error) {
      if (!(error instanceof NotUtf8)) throw error;
      malformed.push(lines.length);
    }
    lines.push(line);
    length += line.length;
    if (index % 1024 === 0) onProgress();
    if (length < batchLength) continue;
    yield {kind: 'rows', lines, malformed};
    [lines, malformed, length] = [[], [], 0];
  }
  yield {kind: 'rows', lines, malformed};
}
