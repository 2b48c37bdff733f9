import {createHash} from 'node:crypto';
import {type CorpusRecord, type Features, idOfPlace, type Place} from '../api.js';
import type {FieldMap} from '../config/config.js';
import {encodingOf, type Fields, parseLine} from '../corpus/jsonl.js';
import {compileShape, type Parts} from '../corpus/shape.js';

/** A record together with its bytes and what was derived from it so far. */
export class ScannedRecord implements CorpusRecord {
  readonly id: string;
  readonly fields: Fields;
  readonly place: Place;
  readonly text: string;
  declare readonly prompt?: string;
  declare readonly response?: string;
  declare readonly chosen?: string;
  declare readonly rejected?: string;
  declare readonly source?: string;
  declare readonly generator?: string;
  /** Features by name, each computed at most once. */
  readonly derived: Partial<Features> & Record<string, unknown> = {};
  readonly #bytes: Uint8Array;

  constructor(parts: Parts, fields: Fields, place: Place, bytes: Uint8Array) {
    this.text = parts.text;
    if (parts.prompt !== undefined) this.prompt = parts.prompt;
    if (parts.response !== undefined) this.response = parts.response;
    if (parts.chosen !== undefined) this.chosen = parts.chosen;
    if (parts.rejected !== undefined) this.rejected = parts.rejected;
    if (parts.source !== undefined) this.source = parts.source;
    if (parts.generator !== undefined) this.generator = parts.generator;
    this.id = parts.id ?? idOfPlace(place);
    this.fields = fields;
    this.place = place;
    this.#bytes = bytes;
  }

  /** Hashed on demand: most records are never named by their hash. */
  get hash(): string {
    return recordHash(this.#bytes);
  }
}

/** First 128 bits of the SHA-256 of a row's bytes, in hex. */
export function recordHash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}

/** Turns a stretch of bytes into a record, or says what is wrong with it. */
export type RecordParser = (
  bytes: Buffer,
  start: number,
  end: number,
  encoding: ReturnType<typeof encodingOf>,
  place: Place,
) => ScannedRecord | {readonly reason: string};

export function createRecordParser(fields: FieldMap): RecordParser {
  const shape = compileShape(fields);
  return (bytes, start, end, encoding, place) => {
    const parsed = parseLine(bytes, start, end, encoding);
    if ('reason' in parsed) return parsed;
    const parts = shape(parsed.fields);
    if ('reason' in parts) return parts as {reason: string};
    return new ScannedRecord(parts, parsed.fields, place, bytes.subarray(start, end));
  };
}

/** Parses one row that was read by itself. */
export function parseAlone(parser: RecordParser, bytes: Buffer, place: Place): ScannedRecord | undefined {
  const record = parser(bytes, 0, bytes.length, encodingOf(bytes), place);
  return record instanceof ScannedRecord ? record : undefined;
}
