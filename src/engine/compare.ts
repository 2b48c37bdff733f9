import {type PartName, placeName} from '../api.js';
import type {FieldMap} from '../config/config.js';
import type {RecordReader} from '../corpus/read.js';
import {createTextAnalyser} from '../features/text.js';
import {type ComparedText, compareTexts, readText} from '../neighbours/verify.js';
import {EngineError} from './errors.js';
import type {Plan} from './plan.js';
import {createRecordParser, parseAlone, type RecordParser, type ScannedRecord} from './record.js';
import type {RowName} from './scanner.js';

/** Where a row's bytes are. */
export interface RowPlace {
  /** As shown to people. */
  readonly path: string;
  /** The plain file. */
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

export interface Pair {
  readonly part: PartName;
  readonly here: RowPlace;
  readonly there: RowPlace;
  readonly withRuns: boolean;
  /** Set for a record of a reference: its own field mapping, and the exact hash that its text must still have. */
  readonly reference?: {readonly fields: FieldMap; readonly exact: readonly [low: number, high: number]};
}

/** The name of the row at hand, and what it has in common with the other where that one is at hand. */
export interface Compared {
  readonly here: RowName;
  readonly there: Common | undefined;
}

export interface Common extends RowName {
  readonly same: boolean;
  readonly near: number;
  readonly inside: number;
  readonly holds: number;
  readonly words: number;
}

/** Compares rows on their texts. */
export type Comparer = (pairs: readonly Pair[]) => Compared[];

export function createComparer(plan: Plan, reader: RecordReader): Comparer {
  const parsers = new Map<string, RecordParser>();
  const analyser = createTextAnalyser();

  function read({file, path, start, end, line}: RowPlace, fields: FieldMap): ScannedRecord | undefined {
    const key = JSON.stringify(fields);
    let parse = parsers.get(key);
    if (parse === undefined) {
      parse = createRecordParser(fields);
      parsers.set(key, parse);
    }
    const bytes = reader.read({file, path} as never, start, end);
    return parseAlone(parse, bytes, {path, line, bytes: [start, end]});
  }

  function textOf(record: ScannedRecord | undefined, part: PartName): ComparedText | undefined {
    const text = record?.[part];
    return text === undefined ? undefined : readText(analyser, text);
  }

  /** References are allowed to be gone, or to have changed. */
  function readThere({
    there,
    part,
    reference,
  }: Pair): {record: ScannedRecord; text: ComparedText} | undefined {
    let record: ScannedRecord | undefined;
    try {
      record = read(there, reference?.fields ?? plan.config.fields);
    } catch (error) {
      if (reference === undefined) throw error;
    }
    const text = textOf(record, part);
    if (record === undefined || text === undefined) return undefined;
    const stale =
      reference !== undefined &&
      (text.exact[0] !== reference.exact[0] || text.exact[1] !== reference.exact[1]);
    return stale ? undefined : {record, text};
  }

  return pairs => {
    // The pairs of one row follow each other: it is read once.
    let last: Pair | undefined;
    let here: ScannedRecord | undefined;
    let left: ComparedText | undefined;
    return pairs.map(pair => {
      if (
        last?.here.file !== pair.here.file ||
        last.here.start !== pair.here.start ||
        last.part !== pair.part
      ) {
        here = read(pair.here, plan.config.fields);
        left = textOf(here, pair.part);
        last = pair;
      }
      if (here === undefined || left === undefined) {
        throw new EngineError(`${placeName(pair.here)} changed during the scan.`);
      }
      const name = {id: here.id, hash: here.hash};
      const there = readThere(pair);
      if (there === undefined) return {here: name, there: undefined};
      const {similarity: near, ...common} = compareTexts(left, there.text, pair.withRuns);
      return {here: name, there: {id: there.record.id, hash: there.record.hash, near, ...common}};
    });
  };
}
