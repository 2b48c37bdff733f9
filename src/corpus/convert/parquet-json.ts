import type {SchemaElement} from 'hyparquet';
import type {Shape} from './parquet-schema.js';

/** A string of a row that is none. */
export class NotUtf8 extends Error {}

/** What stands for it until its row is written. */
const bad = Symbol('not UTF-8');

/** JSON in a column of JSON: it keeps its bytes, so that no number in it is rounded. */
class Json {
  constructor(readonly text: string) {}
}

const utf8 = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Times with all digits that they are stored with: records that differ in a nanosecond differ. */
function time(value: bigint | number, digits: 3 | 6 | 9): string | null {
  const unit = 10n ** BigInt(digits);
  const stored = BigInt(value);
  const seconds = (stored - (((stored % unit) + unit) % unit)) / unit;
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime())) return String(stored);
  const fraction = (stored - seconds * unit).toString().padStart(digits, '0');
  return `${date.toISOString().slice(0, -5)}.${fraction}Z`;
}

export const parsers = {
  stringFromBytes: (bytes: Uint8Array): unknown => (bytes ? (textOf(bytes) ?? bad) : bytes),
  jsonFromBytes(bytes: Uint8Array): unknown {
    if (!bytes) return bytes;
    const text = textOf(bytes);
    if (text === undefined) return bad;
    try {
      JSON.parse(text);
    } catch {
      return text;
    }
    return new Json(text.replace(/[\r\n]/g, ' '));
  },
  timestampFromMilliseconds: (value: bigint | number) => time(value, 3),
  timestampFromMicroseconds: (value: bigint | number) => time(value, 6),
  timestampFromNanoseconds: (value: bigint | number) => time(value, 9),
  dateFromDays(days: number): string {
    const date = new Date(days * 86_400_000);
    return Number.isNaN(date.getTime()) ? String(days) : date.toISOString().slice(0, 10);
  },
};

/** Of types that hyparquet does not read the bytes are taken. */
export function readAs(element: SchemaElement): SchemaElement {
  const {converted_type: type, ...rest} = element;
  return type === 'BSON' || type === 'INTERVAL' ? rest : element;
}

/** What a number of JavaScript cannot hold is written as a string: an id must keep its digits. */
function integer(value: bigint): string {
  const exact = value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER;
  return exact ? value.toString() : `"${value}"`;
}

/**
 * JSON of a row: integers of 64 bits with all their digits, bytes that are text as text and others as base64,
 * since some writers do not say which byte arrays are text. Throws for a value that is not there, which
 * hyparquet tells from a null in leaves only.
 */
export function toJson(value: unknown, shape?: Shape): string {
  if (value === undefined && shape?.leaf === true) throw new Error('a value is missing');
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (value === bad) throw new NotUtf8();
  if (typeof value === 'bigint') return integer(value);
  if (typeof value !== 'object') return JSON.stringify(value);
  if (value instanceof Json) return value.text;
  if (value instanceof Uint8Array) {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return JSON.stringify(textOf(bytes) ?? bytes.toString('base64'));
  }
  if (Array.isArray(value)) return `[${value.map(one => toJson(one, shape?.element)).join(',')}]`;
  if (ArrayBuffer.isView(value)) return toJson(Array.from(value as unknown as ArrayLike<unknown>));
  const fields = Object.entries(value).map(
    ([name, field]) => `${JSON.stringify(name)}:${toJson(field, shape?.fields?.get(name))}`,
  );
  return `{${fields.join(',')}}`;
}
