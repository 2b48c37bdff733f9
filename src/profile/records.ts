import type {PartName} from '../api.js';
import {sketchBytes} from '../features/text.js';
import type {Summaries} from '../neighbours/summary.js';
import {decodeTable, encodeTable, requireLengths, type TextColumn} from './container/table.js';

/**
 * The sections that say which records a profile holds and what they are recognised by. `records` has one row
 * a record: its place and id. `neighbours/PART` has the same rows: exact hash, sketch and fingerprints.
 */
export const recordsVersion = 1;
export const neighboursVersion = 1;
export const recordsSection = 'records';
export const neighboursSection = (part: PartName) => `neighbours/${part}`;

const recordsSchema = {source: 'u32', start: 'f64', length: 'u32', line: 'u32', id: 'text'} as const;
const neighboursSchema = {
  words: 'u32',
  exact: 'u32',
  sketches: 'u8',
  ends: 'f64',
  fingerprints: 'u32',
} as const;

export interface ProfileRecords {
  readonly source: Uint32Array;
  readonly start: Float64Array;
  readonly length: Uint32Array;
  readonly line: Uint32Array;
  readonly id: TextColumn;
}

export interface ProfileNeighbours {
  readonly words: Uint32Array;
  readonly exact: Uint32Array;
  readonly sketches: Uint8Array;
  /** End of each record's fingerprints. */
  readonly ends: Float64Array;
  readonly fingerprints: Uint32Array;
}

/** Decodes the records of a segment. Throws ProfileError for a payload that does not hold `count` rows. */
export function decodeRecords(payload: Uint8Array<ArrayBuffer>, count: number): ProfileRecords {
  const columns = decodeTable(recordsSection, payload, recordsSchema);
  requireLengths(recordsSection, columns, {
    source: count,
    start: count,
    length: count,
    line: count,
    id: count,
  });
  return columns;
}

export function decodeNeighbours(
  part: PartName,
  payload: Uint8Array<ArrayBuffer>,
  count: number,
): ProfileNeighbours {
  const section = neighboursSection(part);
  const columns = decodeTable(section, payload, neighboursSchema);
  requireLengths(section, columns, {
    words: count,
    exact: 2 * count,
    sketches: sketchBytes * count,
    ends: count,
  });
  return columns;
}

/** The rows of one scanned chunk. */
export interface ChunkRows {
  readonly input: number;
  readonly count: number;
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  readonly lines: Uint32Array;
  readonly summaries: readonly Summaries[];
  readonly malformed: ReadonlyMap<number, unknown>;
  readonly names: ReadonlyMap<number, {readonly id: string}>;
}

/** Collects the sections of a segment, chunk by chunk, in input order. */
export interface RecordCollector {
  add(result: ChunkRows): void;
  /** Sections by name, and the number of records. Malformed rows are left out. */
  finish(): {
    records: number;
    perSource: number[];
    sections: {name: string; version: number; bytes: Uint8Array}[];
  };
}

export function createRecordCollector(parts: readonly PartName[], sources: number): RecordCollector {
  const places = {
    source: list(Uint32Array),
    start: list(Float64Array),
    length: list(Uint32Array),
    line: list(Uint32Array),
  };
  const ids: string[] = [];
  const perSource = new Array<number>(sources).fill(0);
  const columns = parts.map(() => ({
    words: list(Uint32Array),
    exact: list(Uint32Array),
    sketches: list(Uint8Array),
    ends: list(Float64Array),
    fingerprints: list(Uint32Array),
    used: 0,
  }));
  return {
    add(result) {
      const kept: number[] = [];
      for (let row = 0; row < result.count; row++) if (!result.malformed.has(row)) kept.push(row);
      places.source.push(new Uint32Array(kept.length).fill(result.input));
      places.start.push(Float64Array.from(kept, row => result.starts[row]!));
      places.length.push(Uint32Array.from(kept, row => result.ends[row]! - result.starts[row]!));
      places.line.push(Uint32Array.from(kept, row => result.lines[row]!));
      for (const row of kept) ids.push(result.names.get(row)!.id);
      perSource[result.input]! += kept.length;
      for (const [index, column] of columns.entries()) addSummaries(column, result.summaries[index]!, kept);
    },
    finish() {
      const section = (name: string, version: number, table: Parameters<typeof encodeTable>[0]) => ({
        name,
        version,
        bytes: encodeTable(table),
      });
      const {source, start, length, line} = places;
      const table = {
        source: source.join(),
        start: start.join(),
        length: length.join(),
        line: line.join(),
        id: ids,
      };
      return {
        records: ids.length,
        perSource,
        sections: [
          section(recordsSection, recordsVersion, table),
          ...columns.map((column, index) =>
            section(neighboursSection(parts[index]!), neighboursVersion, {
              words: column.words.join(),
              exact: column.exact.join(),
              sketches: column.sketches.join(),
              ends: column.ends.join(),
              fingerprints: column.fingerprints.join(),
            }),
          ),
        ],
      };
    },
  };
}

function addSummaries(
  column: {words: List; exact: List; sketches: List; ends: List; fingerprints: List; used: number},
  from: Summaries,
  kept: readonly number[],
): void {
  const {used} = column;
  // Rows that are left out have no fingerprints: all of a chunk's belong to kept rows.
  column.fingerprints.push(from.fingerprints);
  column.used += from.fingerprints.length;
  column.ends.push(Float64Array.from(kept, row => used + from.fingerprintEnds[row]!));
  column.words.push(Uint32Array.from(kept, row => from.words[row]!));
  column.exact.push(Uint32Array.from(kept.flatMap(row => [from.exact[2 * row]!, from.exact[2 * row + 1]!])));
  const sketches = new Uint8Array(kept.length * sketchBytes);
  for (const [index, row] of kept.entries()) {
    sketches.set(from.sketches.subarray(row * sketchBytes, (row + 1) * sketchBytes), index * sketchBytes);
  }
  column.sketches.push(sketches);
}

type Numbers = Uint8Array | Uint32Array | Float64Array;
interface List {
  push(part: Numbers): void;
}

function list<A extends Numbers>(make: new (length: number) => A) {
  const parts: Numbers[] = [];
  return {
    push: (part: Numbers) => void parts.push(part),
    join(): A {
      const joined = new make(parts.reduce((sum, part) => sum + part.length, 0));
      let offset = 0;
      for (const part of parts) {
        joined.set(part as never, offset);
        offset += part.length;
      }
      return joined;
    },
  };
}
