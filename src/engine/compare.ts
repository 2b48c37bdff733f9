import type {Excerpt, PartName} from '../api.js';
import type {FieldMap} from '../config/config.js';
import {recordReader} from '../corpus/read.js';
import {createTextAnalyser} from '../features/text.js';
import {compareTexts} from '../neighbours/verify.js';
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
  readonly excerpt: Excerpt;
}

/** Compares rows on their texts. */
export type Comparer = (pairs: readonly Pair[]) => Compared[];

export function createComparer(plan: Plan): Comparer {
  const parsers = new Map<string, RecordParser>();
  const reader = recordReader();
  const analyser = createTextAnalyser();

  function read({file, path, start, end, line}: RowPlace, fields: FieldMap): ScannedRecord | undefined {
    const key = JSON.stringify(fields);
    let parse = parsers.get(key);
    if (parse === undefined) parsers.set(key, (parse = createRecordParser(fields)));
    const bytes = reader.read({file, path} as never, start, end);
    return parseAlone(parse, bytes, {path, line, bytes: [start, end]});
  }

  /** References are allowed to be gone. */
  function readThere(pair: Pair): ScannedRecord | undefined {
    if (pair.reference === undefined) return read(pair.there, plan.config.fields);
    const {fields, exact} = pair.reference;
    try {
      const record = read(pair.there, fields);
      const text = record?.[pair.part];
      if (text === undefined) return undefined;
      analyser.read(text);
      return analyser.exactLow === exact[0] && analyser.exactHigh === exact[1] ? record : undefined;
    } catch {
      return undefined;
    }
  }

  return pairs => {
    // The pairs of one row follow each other: its text is read once.
    let last: RowPlace | undefined;
    let here: ScannedRecord | undefined;
    return pairs.map(pair => {
      if (last?.file !== pair.here.file || last.start !== pair.here.start) {
        last = pair.here;
        here = read(pair.here, plan.config.fields);
      }
      const there = readThere(pair);
      if (here === undefined)
        throw new EngineError(`${pair.here.path}:${pair.here.line} changed during the scan.`);
      const name = {id: here.id, hash: here.hash};
      const left = here[pair.part];
      const right = there?.[pair.part];
      if (there === undefined || left === undefined || right === undefined)
        return {here: name, there: undefined};
      const {similarity: near, ...common} = compareTexts(analyser, left, right, pair.withRuns);
      return {here: name, there: {id: there.id, hash: there.hash, near, ...common}};
    });
  };
}
