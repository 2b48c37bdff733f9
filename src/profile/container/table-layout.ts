import {padded} from './bytes.js';
import {ProfileError, shown} from './error.js';

/*
 * A table of columns in one section, all little-endian, every part padded to a multiple of 8:
 *
 *   magic u32 | bytes of the schema u32 | schema: JSON [[name, type, length], …], padded with spaces
 *   for a number column   its values
 *   for a text column     offsets u32, length + 1 of them | UTF-8 bytes; its schema entry has the number of
 *                         these bytes as a fourth item
 *
 * Where a column stands follows from the lengths before it, so columns cannot overlap or point outside.
 */

export const tableMagic = 0x31544743; // "CGT1"
export const headBytes = 8;

export const numberTypes = {u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, f64: Float64Array} as const;

export type ColumnType = keyof typeof numberTypes | 'text';

export interface Place {
  readonly name: string;
  readonly type: ColumnType;
  readonly length: number;
  /** Of the text of a text column; else 0. */
  readonly textBytes: number;
  readonly offset: number;
}

/** Where each column stands. Nothing is believed that does not fit the payload. */
export function layoutOf(section: string, bytes: Uint8Array<ArrayBuffer>): Place[] {
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < headBytes || head.getUint32(0, true) !== tableMagic)
    throw broken(section, 'it is not a table');
  let offset = headBytes + head.getUint32(4, true);
  if (offset > bytes.length || offset % 8 !== 0) throw broken(section, 'its schema does not fit');
  const schema = parseSchema(bytes.subarray(headBytes, offset));
  if (schema === undefined) throw broken(section, 'its schema is not one');
  const places = schema.map(([name, type, length, textBytes = 0]) => {
    const place = {name, type, length, textBytes, offset};
    const values = type === 'text' ? 4 * (length + 1) : length * numberTypes[type].BYTES_PER_ELEMENT;
    offset += padded(values) + padded(textBytes);
    // Checked at every step, before the sum could leave the range in which integers are exact.
    if (offset > bytes.length) throw broken(section, `column \`${shown(name)}\` is longer than the section`);
    return place;
  });
  if (offset !== bytes.length) throw broken(section, 'it is longer than its columns');
  return places;
}

type SchemaEntry = readonly [name: string, type: ColumnType, length: number, textBytes?: number];

function parseSchema(json: Uint8Array): readonly SchemaEntry[] | undefined {
  try {
    const schema: unknown = JSON.parse(new TextDecoder().decode(json));
    if (!Array.isArray(schema) || !schema.every(isSchemaEntry)) return undefined;
    return new Set(schema.map(entry => entry[0])).size === schema.length ? schema : undefined;
  } catch {
    return undefined;
  }
}

function isSchemaEntry(entry: unknown): entry is SchemaEntry {
  if (!Array.isArray(entry) || typeof entry[0] !== 'string' || typeof entry[1] !== 'string') return false;
  const isText = entry[1] === 'text';
  const isKnown = isText || Object.hasOwn(numberTypes, entry[1]);
  return isKnown && entry.length === (isText ? 4 : 3) && entry.slice(2).every(isCount);
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

export function broken(section: string, what: string): ProfileError {
  return new ProfileError(
    `Section \`${shown(section)}\` of a profile is damaged: ${what}. Rebuild the profile.`,
  );
}
