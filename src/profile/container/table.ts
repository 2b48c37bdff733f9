import {padded} from './bytes.js';
import {shown} from './error.js';
import {
  broken,
  type ColumnType,
  headBytes,
  layoutOf,
  numberTypes,
  type Place,
  tableMagic,
} from './table-layout.js';
import {checkedText, isText, type TextColumn, textColumn} from './table-text.js';

export {requireTextSize, type TextColumn, textColumn} from './table-text.js';

/** The columns that a reader wants, by name. */
export type TableSchema = Readonly<Record<string, ColumnType>>;

/** Views on the payload: valid as long as it is, and changed with it. */
export type TableColumns<S extends TableSchema> = {readonly [Name in keyof S]: ColumnView<S[Name]>};

type ColumnView<T extends ColumnType> = T extends 'u8'
  ? Uint8Array<ArrayBuffer>
  : T extends 'u16'
    ? Uint16Array<ArrayBuffer>
    : T extends 'u32'
      ? Uint32Array<ArrayBuffer>
      : T extends 'f64'
        ? Float64Array<ArrayBuffer>
        : TextColumn;

export type Column = Uint8Array | Uint16Array | Uint32Array | Float64Array | TextColumn | readonly string[];

/** A payload for a section. The same columns in the same order give the same bytes. */
export function encodeTable(columns: Readonly<Record<string, Column>>): Uint8Array<ArrayBuffer> {
  const schema: unknown[] = [];
  const parts: ArrayBufferView[] = [];
  for (const [name, given] of Object.entries(columns)) {
    const column = Array.isArray(given) ? textColumn(given) : (given as Exclude<Column, readonly string[]>);
    if (isText(column)) {
      schema.push([name, 'text', column.length, column.utf8.length]);
      parts.push(column.offsets, column.utf8);
    } else {
      schema.push([name, typeOf(column), column.length]);
      parts.push(column);
    }
  }
  const head = headOf(schema);
  const table = new Uint8Array(parts.reduce((sum, part) => sum + padded(part.byteLength), head.length));
  table.set(head);
  let offset = head.length;
  for (const part of parts) {
    table.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), offset);
    offset += padded(part.byteLength);
  }
  return table;
}

function headOf(schema: readonly unknown[]): Uint8Array<ArrayBuffer> {
  const json = Buffer.from(JSON.stringify(schema));
  const head = new Uint8Array(headBytes + padded(json.length));
  head.fill(0x20, headBytes);
  head.set(json, headBytes);
  new DataView(head.buffer).setUint32(0, tableMagic, true);
  new DataView(head.buffer).setUint32(4, head.length - headBytes, true);
  return head;
}

/** Bytes that are too many for memory: in pieces, each valid until the next is asked for. */
export interface Streamed {
  /** Bytes in all. */
  readonly length: number;
  pieces(): Iterable<Uint8Array>;
}

/** A column of a table that is streamed: of numbers, or of text as its offsets and its UTF-8. */
export type StreamedColumn =
  | {readonly type: Exclude<ColumnType, 'text'>; readonly values: Streamed}
  | {readonly type: 'text'; readonly offsets: Streamed; readonly utf8: Streamed};

/** The bytes that `encodeTable` gives, without ever holding them. */
export function streamTable(columns: Readonly<Record<string, StreamedColumn>>): Streamed {
  const schema = Object.entries(columns).map(([name, column]) =>
    column.type === 'text'
      ? [name, 'text', column.offsets.length / 4 - 1, column.utf8.length]
      : [name, column.type, column.values.length / numberTypes[column.type].BYTES_PER_ELEMENT],
  );
  const parts = Object.values(columns).flatMap(column =>
    column.type === 'text' ? [column.offsets, column.utf8] : [column.values],
  );
  const head = headOf(schema);
  return {
    length: parts.reduce((sum, part) => sum + padded(part.length), head.length),
    *pieces() {
      yield head;
      for (const part of parts) {
        yield* part.pieces();
        yield new Uint8Array(padded(part.length) - part.length);
      }
    },
  };
}

/**
 * Lays the wanted columns on a payload, without copying when it starts at a multiple of 8 in its buffer, as
 * what `section` gives does. Other columns are passed over. `section` names it in messages. Throws
 * ProfileError when a column is missing or of another type, or when the payload is not a whole table.
 */
export function decodeTable<const S extends TableSchema>(
  section: string,
  payload: Uint8Array<ArrayBuffer>,
  schema: S,
): TableColumns<S> {
  const bytes = payload.byteOffset % 8 === 0 ? payload : payload.slice();
  const places = new Map(layoutOf(section, bytes).map(place => [place.name, place]));
  const columns = Object.entries(schema).map(([name, type]) => {
    const place = places.get(name);
    if (place?.type !== type) {
      const what = place ? `is of type ${place.type}, not ${type}` : 'is missing';
      throw broken(section, `column \`${shown(name)}\` ${what}`);
    }
    return [name, viewOf(section, bytes, place)] as const;
  });
  return Object.fromEntries(columns) as TableColumns<S>;
}

/**
 * Throws ProfileError unless columns have the lengths that a reader is going to rely on: so many rows, or so
 * many values for each.
 */
export function requireLengths(
  section: string,
  columns: Readonly<Record<string, {readonly length: number}>>,
  lengths: Readonly<Record<string, number>>,
): void {
  for (const [name, expected] of Object.entries(lengths)) {
    const actual = columns[name]?.length;
    if (actual === expected) continue;
    throw broken(section, `column \`${shown(name)}\` has ${actual ?? 'no'} values where ${expected} belong`);
  }
}

function viewOf(
  section: string,
  bytes: Uint8Array<ArrayBuffer>,
  place: Place,
): Exclude<Column, readonly string[]> {
  const {name, type, length, textBytes} = place;
  const start = bytes.byteOffset + place.offset;
  if (type !== 'text') return new numberTypes[type](bytes.buffer, start, length);
  const offsets = new Uint32Array(bytes.buffer, start, length + 1);
  const utf8 = new Uint8Array(bytes.buffer, start + padded(offsets.byteLength), textBytes);
  const text = checkedText(offsets, utf8);
  if (text === undefined)
    throw broken(section, `column \`${shown(name)}\` has offsets that do not fit its text`);
  return text;
}

function typeOf(column: Uint8Array | Uint16Array | Uint32Array | Float64Array): ColumnType {
  if (column instanceof Uint8Array) return 'u8';
  if (column instanceof Uint16Array) return 'u16';
  return column instanceof Uint32Array ? 'u32' : 'f64';
}
