import type {AsyncBuffer, ColumnMetaData, FileMetaData} from 'hyparquet';
import {deserializeTCompactProtocol} from 'hyparquet/src/thrift.js';

/** Bytes in which the header of a page is looked for: its statistics may hold long values. */
const headerWindow = 1 << 16;
const largestHeader = 1 << 24;

/**
 * Walks the headers of all pages of a row group, and throws for one that cannot be true. hyparquet believes
 * them: a size below zero sets it back to where it was, for ever, and values that are missing go unnoticed.
 */
export async function requirePages(
  file: AsyncBuffer,
  group: FileMetaData['row_groups'][number],
  limit: number,
): Promise<void> {
  for (const {meta_data: column} of group.columns) {
    if (column === undefined) throw new Error('a column has no metadata');
    const name = column.path_in_schema.join('.');
    const values = await valuesIn(file, column, limit);
    if (values !== Number(column.num_values)) {
      throw new Error(`column ${name} has ${values} of ${column.num_values} values`);
    }
  }
}

async function valuesIn(file: AsyncBuffer, column: ColumnMetaData, limit: number): Promise<number> {
  const start = Number(column.dictionary_page_offset || column.data_page_offset);
  const end = start + Number(column.total_compressed_size);
  if (start < 4 || end < start || end > file.byteLength) throw new Error('a column lies outside the file');
  let values = 0;
  for (let at = start; at < end; ) {
    const {header, size} = await headerAt(file, at, end);
    const [kind, plain, stored] = [header.field_1, header.field_2, header.field_3];
    const next = at + size + stored;
    if (!isCount(stored) || next > end) throw new Error(`the page at byte ${at} ends outside its column`);
    if (!isCount(plain) || plain > limit)
      throw new Error(`the page at byte ${at} says it has ${plain} bytes`);
    const [data, dictionary] = [header.field_5 ?? header.field_8, header.field_7];
    if (kind !== 0 && kind !== 1 && kind !== 2 && kind !== 3)
      throw new Error(`the page at byte ${at} is of no kind`);
    if (kind === 2 ? !isCount(dictionary?.field_1) : kind !== 1 && !isCount(data?.field_1)) {
      throw new Error(`the page at byte ${at} does not say how many values it has`);
    }
    // A dictionary has no more entries than bits.
    if (kind === 2 && dictionary.field_1 > 8 * plain)
      throw new Error(`the dictionary at byte ${at} is too short`);
    if (kind === 0 || kind === 3) values += data.field_1;
    if (values > Number(column.num_values)) throw new Error(`the page at byte ${at} has too many values`);
    at = next;
  }
  return values;
}

// biome-ignore lint/suspicious/noExplicitAny: fields of Thrift, by their numbers
type Header = Record<string, any>;

async function headerAt(file: AsyncBuffer, at: number, end: number): Promise<{header: Header; size: number}> {
  for (let length = headerWindow; ; length *= 16) {
    const whole = at + length >= end;
    const view = new DataView(await file.slice(at, Math.min(end, at + length)));
    const reader = {view, offset: 0};
    try {
      return {header: deserializeTCompactProtocol(reader), size: reader.offset};
    } catch (error) {
      if (whole || length >= largestHeader) throw error;
    }
  }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
