import type {PartName} from '../api.js';
import {sketchBytes} from '../features/text.js';
import type {Summaries} from '../neighbours/summary.js';
import {
  decodeTable,
  requireLengths,
  requireTextSize,
  type Streamed,
  streamTable,
  type TextColumn,
  textColumn,
} from './container/table.js';
import {createSpill, type SpilledColumn} from './spill.js';

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
  /** Sections by name, to be read before `close`, and the number of records. Malformed rows are left out. */
  finish(): {
    records: number;
    perSource: number[];
    sections: {name: string; version: number; bytes: Streamed}[];
  };
  close(): void;
}

/** What does not fit a little memory is kept in files in `folder`. */
export function createRecordCollector(
  parts: readonly PartName[],
  sources: number,
  folder: string,
): RecordCollector {
  const spill = createSpill(folder);
  const {column} = spill;
  const places = {source: column(), start: column(), length: column(), line: column()};
  const id = {offsets: column(), utf8: column()};
  id.offsets.append(Uint32Array.of(0));
  const perSource = new Array<number>(sources).fill(0);
  const neighbours = parts.map(() => ({
    words: column(),
    exact: column(),
    sketches: column(),
    ends: column(),
    fingerprints: column(),
  }));
  return {
    add(result) {
      const kept: number[] = [];
      for (let row = 0; row < result.count; row++) if (!result.malformed.has(row)) kept.push(row);
      places.source.append(new Uint32Array(kept.length).fill(result.input));
      places.start.append(Float64Array.from(kept, row => result.starts[row]!));
      places.length.append(Uint32Array.from(kept, row => result.ends[row]! - result.starts[row]!));
      places.line.append(Uint32Array.from(kept, row => result.lines[row]!));
      const ids = textColumn(kept.map(row => result.names.get(row)!.id));
      const before = id.utf8.length;
      requireTextSize(before + ids.utf8.length);
      id.offsets.append(ids.offsets.subarray(1).map(offset => before + offset));
      id.utf8.append(ids.utf8);
      perSource[result.input]! += kept.length;
      for (const [index, columns] of neighbours.entries()) addRows(columns, result.summaries[index]!, kept);
    },
    finish() {
      const {source, start, length, line} = places;
      const records = streamTable({
        source: {type: 'u32', values: source},
        start: {type: 'f64', values: start},
        length: {type: 'u32', values: length},
        line: {type: 'u32', values: line},
        id: {type: 'text', ...id},
      });
      const tables = neighbours.map(({words, exact, sketches, ends, fingerprints}) =>
        streamTable({
          words: {type: 'u32', values: words},
          exact: {type: 'u32', values: exact},
          sketches: {type: 'u8', values: sketches},
          ends: {type: 'f64', values: ends},
          fingerprints: {type: 'u32', values: fingerprints},
        }),
      );
      return {
        records: source.length / Uint32Array.BYTES_PER_ELEMENT,
        perSource,
        sections: [
          {name: recordsSection, version: recordsVersion, bytes: records},
          ...tables.map((bytes, index) => ({
            name: neighboursSection(parts[index]!),
            version: neighboursVersion,
            bytes,
          })),
        ],
      };
    },
    close: spill.close,
  };
}

type NeighbourColumns = Record<'words' | 'exact' | 'sketches' | 'ends' | 'fingerprints', SpilledColumn>;

function addRows(to: NeighbourColumns, from: Summaries, kept: readonly number[]): void {
  const used = to.fingerprints.length / Uint32Array.BYTES_PER_ELEMENT;
  // Rows that are left out have no fingerprints: all of a chunk's belong to kept rows.
  to.fingerprints.append(from.fingerprints);
  to.ends.append(Float64Array.from(kept, row => used + from.fingerprintEnds[row]!));
  to.words.append(Uint32Array.from(kept, row => from.words[row]!));
  to.exact.append(Uint32Array.from(kept.flatMap(row => [from.exact[2 * row]!, from.exact[2 * row + 1]!])));
  const sketches = new Uint8Array(kept.length * sketchBytes);
  for (const [index, row] of kept.entries()) {
    sketches.set(from.sketches.subarray(row * sketchBytes, (row + 1) * sketchBytes), index * sketchBytes);
  }
  to.sketches.append(sketches);
}
