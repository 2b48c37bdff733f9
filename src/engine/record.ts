import type {Place} from '../api.js';
import type {FieldMap} from '../config/config.js';
import {type Encoding, encodingOf, parseLine} from '../corpus/jsonl.js';
import {compileShape} from '../corpus/shape.js';
import {ScannedRecord} from './scanned-record.js';

export {recordHash, ScannedRecord} from './scanned-record.js';

/** Turns a stretch of bytes into a record, or says what is wrong with it. */
export type RecordParser = (
  bytes: Buffer,
  start: number,
  end: number,
  encoding: Encoding,
  place: Place,
) => ScannedRecord | {readonly reason: string};

export function createRecordParser(fields: FieldMap): RecordParser {
  const shape = compileShape(fields);
  return (bytes, start, end, encoding, place) => {
    const parsed = parseLine(bytes, start, end, encoding);
    if ('reason' in parsed) return parsed;
    const parts = shape(parsed.fields);
    if ('reason' in parts) return parts as {reason: string};
    return new ScannedRecord(place, {bytes, start, end}, {parts, fields: parsed.fields});
  };
}

/** Parses one row that was read by itself. */
export function parseAlone(parser: RecordParser, bytes: Buffer, place: Place): ScannedRecord | undefined {
  const record = parser(bytes, 0, bytes.length, encodingOf(bytes), place);
  return record instanceof ScannedRecord ? record : undefined;
}
