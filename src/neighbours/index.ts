import {estimate} from '../features/similarity.js';
import {sketchBytes} from '../features/text.js';
import {type BandTable, chooseBanding, createBandTable} from './bands.js';
import {type BlockColumn, createBlocks, type NumberColumn, wordsColumn} from './columns.js';
import {createFirsts, type Firsts} from './firsts.js';
import type {Summaries} from './summary.js';

/** A record that may be a neighbour; whether it is, its text must tell. */
export interface Candidate {
  /** Number of the record in the index. */
  readonly record: number;
  /** Estimated Jaccard similarity; 1 for `same`. */
  estimate: number;
  /** Equal exact hashes. */
  same: boolean;
  /** Share of the row's fingerprints that the candidate was the first to hold: it may stand inside it. */
  inside: number;
  /** Share of the candidate's fingerprints that the row holds: the candidate may stand inside the row. */
  holds: number;
}

export interface IndexOptions {
  /** Least Jaccard similarity looked for, or undefined when no rule asks. */
  readonly near: number | undefined;
  /** Look for rows that stand inside indexed records. */
  readonly inside: boolean;
  /** Look for indexed records that stand inside a row, and may be short: needs rows with `runs`. */
  readonly holds: boolean;
  /** Records expected, so that tables are made large enough once. */
  readonly expected: number;
}

/** Candidates of one chunk's rows, by row, each row's in order of likelihood. */
export type ChunkCandidates = Map<number, Candidate[]>;

export interface NeighbourIndex {
  readonly size: number;
  /** Number of words of an indexed record. */
  words(record: number): number;
  /**
   * Finds candidates for the rows of a chunk. With `insert`, each row is added right after it was looked up,
   * as record `size`, `size + 1`, …, so that rows find earlier rows of their own chunk.
   */
  visit(rows: Summaries, insert: boolean): ChunkCandidates;
  /** Adds rows without looking for their neighbours. */
  fill(rows: Summaries): void;
}

/** Candidates that are handed on for verification, per row. */
const candidateLimit = 4;
/** An estimate this far under the threshold is not worth reading two texts: 3.4 standard errors. */
const slack = 0.12;
/** A contained text shares most of its fingerprints; others may have held some of them first. */
const leastShare = 0.25;

export function createNeighbourIndex(options: IndexOptions): NeighbourIndex {
  const sketches: BlockColumn = createBlocks(sketchBytes);
  const words: NumberColumn = wordsColumn();
  const prints: NumberColumn = wordsColumn();
  const exact = createExactTable(options.expected);
  const banding = options.near === undefined ? undefined : chooseBanding(options.near);
  const tables: BandTable[] = [];
  for (let band = 0; band < (banding?.bands ?? 0); band++) {
    tables.push(createBandTable(band, banding!, sketches, options.expected));
  }
  const runs: Firsts = createFirsts();
  let size = 0;

  const index: NeighbourIndex = {
    get size() {
      return size;
    },
    words: record => words.get(record),
    fill: rows => void index.visit(rows, true),
    visit(rows, insert) {
      const found = new Map<number, Map<number, Candidate>>();
      const at = (row: number, record: number): Candidate => {
        let ofRow = found.get(row);
        if (ofRow === undefined) found.set(row, (ofRow = new Map()));
        let candidate = ofRow.get(record);
        if (candidate === undefined) {
          candidate = {record, estimate: -1, same: false, inside: 0, holds: 0};
          ofRow.set(record, candidate);
        }
        return candidate;
      };
      const first = size;
      // A row that equals an earlier one adds nothing to the index: what is similar to it is similar to that.
      const repeats = new Uint8Array(rows.count);
      for (let row = 0; row < rows.count; row++) {
        const record = first + row;
        if (insert) {
          sketches.append(rows.sketches, row * sketchBytes);
          words.set(record, rows.words[row]!);
        }
        if (rows.exact[2 * row] === 0 && rows.exact[2 * row + 1] === 0) {
          repeats[row] = 1;
          continue;
        }
        const same = exact.visit(rows.exact[2 * row]!, rows.exact[2 * row + 1]!, insert ? record : -1);
        if (same >= 0) {
          repeats[row] = 1;
          const candidate = at(row, same);
          candidate.same = true;
          candidate.estimate = 1;
        }
      }
      // Band by band rather than row by row: one table at a time stays in the cache.
      for (const table of tables) {
        for (let row = 0; row < rows.count; row++) {
          if (repeats[row] === 1 || rows.words[row] === 0) continue;
          table.visit(
            rows.sketches,
            row * sketchBytes,
            insert ? first + row : -1,
            record => void at(row, record),
          );
        }
      }
      if (options.inside || options.holds) visitRuns(rows, insert, first, repeats, at);
      size += insert ? rows.count : 0;
      return rank(found, rows);
    },
  };
  return index;

  function visitRuns(
    rows: Summaries,
    insert: boolean,
    first: number,
    repeats: Uint8Array,
    at: (row: number, record: number) => Candidate,
  ): void {
    let begin = 0;
    for (let row = 0; row < rows.count; row++) {
      const end = rows.fingerprintEnds[row]!;
      const record = first + row;
      if (insert) prints.set(record, end - begin);
      if (repeats[row] === 0) {
        for (let index = begin; index < end; index++) {
          const holder = runs.visit(rows.fingerprints[index]!, insert ? record : -1);
          if (holder < 0 || holder === record) continue;
          at(row, holder).inside += 1 / (end - begin);
        }
      }
      begin = end;
    }
    if (!options.holds || rows.runs === undefined) return;
    begin = 0;
    for (let row = 0; row < rows.count; row++) {
      const end = rows.runEnds![row]!;
      for (let index = begin; index < end; index++) {
        const holder = runs.visit(rows.runs[index]!, -1);
        if (holder >= 0 && holder !== first + row)
          at(row, holder).holds += 1 / Math.max(1, prints.get(holder));
      }
      begin = end;
    }
  }

  function rank(found: Map<number, Map<number, Candidate>>, rows: Summaries): ChunkCandidates {
    const result: ChunkCandidates = new Map();
    const least = (options.near ?? 1) - slack;
    for (const [row, ofRow] of found) {
      const candidates: Candidate[] = [];
      for (const candidate of ofRow.values()) {
        if (!candidate.same && rows.words[row]! > 0 && words.get(candidate.record) > 0) {
          candidate.estimate = estimate(
            rows.sketches,
            row * sketchBytes,
            sketches.segment(candidate.record),
            sketches.offset(candidate.record),
          );
        }
        const near = options.near !== undefined && candidate.estimate >= least;
        const inside = options.inside && candidate.inside >= leastShare;
        const holds = options.holds && candidate.holds >= leastShare;
        if (candidate.same || near || inside || holds) candidates.push(candidate);
      }
      if (candidates.length === 0) continue;
      candidates.sort((a, b) => strength(b) - strength(a) || a.record - b.record);
      result.set(row, candidates.slice(0, candidateLimit));
    }
    return result;
  }
}

function strength(candidate: Candidate): number {
  return candidate.same ? 3 : Math.max(candidate.estimate, candidate.inside * 0.9, candidate.holds * 0.9);
}

/** From 64-bit hashes to the first record that had one. */
function createExactTable(expected: number) {
  let slots = 1024;
  while (slots < expected * 1.6) slots *= 2;
  let lows = new Uint32Array(slots);
  let highs = new Uint32Array(slots);
  let records = new Uint32Array(slots);
  let used = 0;

  function grow(): void {
    const [oldLows, oldHighs, oldRecords] = [lows, highs, records];
    slots *= 2;
    lows = new Uint32Array(slots);
    highs = new Uint32Array(slots);
    records = new Uint32Array(slots);
    for (let index = 0; index < oldRecords.length; index++) {
      if (oldRecords[index] === 0) continue;
      let slot = oldLows[index]! & (slots - 1);
      while (records[slot] !== 0) slot = (slot + 1) & (slots - 1);
      lows[slot] = oldLows[index]!;
      highs[slot] = oldHighs[index]!;
      records[slot] = oldRecords[index]!;
    }
  }

  return {
    /** The first record with this hash, or -1, in which case `record` becomes it unless it is -1. */
    visit(low: number, high: number, record: number): number {
      let slot = low & (slots - 1);
      while (records[slot] !== 0) {
        if (lows[slot] === low && highs[slot] === high) return records[slot]! - 1;
        slot = (slot + 1) & (slots - 1);
      }
      if (record < 0) return -1;
      lows[slot] = low;
      highs[slot] = high;
      records[slot] = record + 1;
      if (++used > slots * 0.7) grow();
      return -1;
    },
  };
}
