import {idOfPlace, type RecordRef} from '../api.js';
import type {Input} from '../corpus/input.js';
import {recordReader} from '../corpus/read.js';
import type {Plan} from './plan.js';
import {createRecordParser, parseAlone, type ScannedRecord} from './record.js';
import type {Rows} from './rows.js';

/** Reads single rows of the round again, after the scan has passed them. */
export interface RowReader {
  read(row: number): ScannedRecord | undefined;
  name(row: number): RecordRef;
  close(): void;
}

export function createRowReader(plan: Plan, inputs: readonly Input[], rows: Rows): RowReader {
  const parse = createRecordParser(plan.config.fields);
  const reader = recordReader();

  function read(row: number): ScannedRecord | undefined {
    const input = inputs[rows.input(row)]!;
    const bytes: readonly [number, number] = [rows.start(row), rows.end(row)];
    return parseAlone(parse, reader.read(input, ...bytes), {path: input.path, line: rows.line(row), bytes});
  }

  return {
    read,
    name(row) {
      const {path} = inputs[rows.input(row)]!;
      const line = rows.line(row);
      const record = read(row);
      return record === undefined
        ? {id: idOfPlace({path, line}), path, line}
        : {id: record.id, path, line, hash: record.hash};
    },
    close: () => reader.close(),
  };
}
