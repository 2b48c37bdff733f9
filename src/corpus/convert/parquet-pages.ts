import zlib from 'node:zlib';
import type {AsyncBuffer, ColumnMetaData, FileMetaData, SchemaElement} from 'hyparquet';
import {deserializeTCompactProtocol} from 'hyparquet/src/thrift.js';
import {highestLevel, type Levels, nullsAgree} from './parquet-levels.js';

const [dataPage, indexPage, dictionaryPage, dataPageV2] = [0, 1, 2, 3];

/**
 * Walks the pages of a row group, and throws for one that cannot be true or whose checksum is not its own.
 * hyparquet believes what a header says: a size below zero sets it back to where it was, for ever, and values
 * that are missing go unnoticed. Gives the bytes that the pages have when they are decompressed.
 */
export async function requirePages(
  file: AsyncBuffer,
  {schema}: Pick<FileMetaData, 'schema'>,
  group: FileMetaData['row_groups'][number],
  onPage: () => void,
): Promise<number> {
  let bytes = 0;
  for (const {meta_data: column} of group.columns) {
    if (column === undefined) throw new Error('a column has no metadata, or is encrypted');
    const pages = await pagesOf(file, schema, column, onPage);
    bytes += pages.bytes;
    if (pages.values !== Number(column.num_values)) {
      const name = column.path_in_schema.join('.');
      throw new Error(`column ${name} has ${pages.values} of ${column.num_values} values`);
    }
  }
  return bytes;
}

async function pagesOf(
  file: AsyncBuffer,
  schema: SchemaElement[],
  column: ColumnMetaData,
  onPage: () => void,
) {
  const highest = highestLevel(schema, column.path_in_schema);
  const offsets = [column.dictionary_page_offset, column.data_page_offset].map(Number);
  const start = Math.min(...offsets.filter(offset => offset > 0));
  const size = Number(column.total_compressed_size);
  if (!(start >= 4 && size >= 0 && start + size <= file.byteLength))
    throw new Error('a column lies outside the file');
  const view = new DataView(await file.slice(start, start + size));
  const found = {values: 0, bytes: 0};
  for (let at = 0; at < size; ) {
    onPage();
    const reader = {view, offset: at};
    const page = requireHeader(deserializeTCompactProtocol(reader), `the page at byte ${start + at}`);
    const end = reader.offset + page.stored;
    if (end > size) throw new Error(`${page.name} ends outside its column`);
    const body = new Uint8Array(view.buffer, view.byteOffset + reader.offset, page.stored);
    if (page.crc !== undefined && zlib.crc32(body) !== page.crc >>> 0)
      throw new Error(`${page.name} is not what its checksum says`);
    if (page.levels && !nullsAgree(body, page.levels, highest))
      throw new Error(`${page.name} has another number of nulls than its header says`);
    found.values += page.values;
    found.bytes += page.plain;
    if (found.values > Number(column.num_values)) throw new Error(`${page.name} has too many values`);
    at = end;
  }
  return found;
}

// biome-ignore lint/suspicious/noExplicitAny: fields of Thrift, by their numbers
type Fields = Record<string, any>;

/** The fields of a page header that are relied on, each within what it can be. */
function requireHeader(header: Fields, name: string) {
  const {field_1: kind, field_2: plain, field_3: stored, field_4: crc, field_7: dictionary} = header;
  const data: Fields | undefined = header.field_5 ?? header.field_8;
  if (!isCount(stored)) throw new Error(`${name} has a size below zero`);
  if (!isCount(plain)) throw new Error(`${name} says that it has ${plain} bytes`);
  const page = {name, plain, stored, crc, values: 0, levels: undefined};
  if (kind === indexPage) return page;
  if (kind === dictionaryPage) {
    if (!isCount(dictionary?.field_1)) throw new Error(`${name} does not say how many values it has`);
    // A dictionary has no more entries than bits.
    if (dictionary.field_1 > 8 * plain) throw new Error(`${name} is too short for a dictionary`);
    return page;
  }
  if (kind !== dataPage && kind !== dataPageV2) throw new Error(`${name} is of no kind`);
  if (!isCount(data?.field_1)) throw new Error(`${name} does not say how many values it has`);
  const levels = kind === dataPageV2 ? levelsOf(data, plain, stored, name) : undefined;
  return {...page, values: data.field_1 as number, levels};
}

function levelsOf(data: Fields, plain: number, stored: number, name: string): Levels {
  const {field_1: values, field_2: nulls, field_3: rows, field_5: definitions, field_6: repetitions} = data;
  if (![nulls, rows, definitions, repetitions].every(isCount) || nulls > values || rows > values)
    throw new Error(`${name} has numbers that contradict each other`);
  if (definitions + repetitions > Math.min(plain, stored))
    throw new Error(`${name} is too short for its levels`);
  return {values, nulls, definitions, repetitions};
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
