import {createBandHasher} from '../features/bands.js';
import {estimate} from '../features/similarity.js';
import {sketchBytes} from '../features/text.js';
import {chooseBanding} from './bands.js';
import {type Buckets, createBuckets, createOrder, recordLimit, sortByKey, visitBuckets} from './buckets.js';
import {bytesColumn, createBlocks, wordsColumn} from './columns.js';
import {createFirsts, visitFirsts} from './firsts.js';
import {createHits} from './hits.js';
import type {Summaries} from './summary.js';

/** A record that may be a neighbour; whether it is, its text must tell. */
export interface Candidate {
  /** Number of the record in the index. */
  readonly record: number;
  /** Estimated Jaccard similarity; 1 for `same`, -1 where there is nothing to estimate from. */
  estimate: number;
  /** Equal exact hashes. */
  same: boolean;
  /** Share of the row's fingerprints that the candidate was the first to hold: it may stand inside it. */
  inside: number;
  /** Share of the candidate's fingerprints that the row holds: the candidate may stand inside the row. */
  holds: number;
}

export interface IndexOptions {
  /** Least Jaccard similarity looked for, or undefined when no rule asks. That of the rows' bands. */
  readonly near: number | undefined;
  /** Look for rows that stand inside indexed records. */
  readonly inside: boolean;
  /** Look for indexed records that stand inside a row, and may be short: needs rows with `runs`. */
  readonly holds: boolean;
  /** Records expected, so that tables are made large enough once. */
  readonly expected: number;
  /** Fingerprints of an average record, for the same reason. */
  readonly printsPerRecord: number;
}

/** Candidates of one chunk's rows, by row, each row's in order of likelihood. */
export type ChunkCandidates = ReadonlyMap<number, readonly Candidate[]>;

export interface NeighbourIndex {
  /**
   * Finds candidates for the rows of a chunk. With `insert`, each row is added right after it was looked up,
   * as record `size`, `size + 1`, …, so that rows find earlier rows of their own chunk. Rows marked in `apart`
   * are found as others are, and take no place from them: neither in a bucket nor among the candidates.
   */
  visit(rows: Summaries, insert: boolean, apart?: Uint8Array): ChunkCandidates;
  /** Adds rows without looking for their neighbours. */
  fill(rows: Summaries): void;
}

/** Candidates that are handed on for verification, per row. */
const candidateLimit = 4;
/** An estimate this far under the threshold is not worth reading two texts: 3.4 standard errors. */
const slack = 0.12;
/** Of a contained row's fingerprints most are the container's; others may have held some of them first. */
const leastInside = 0.25;
/** Benchmark items that are made alike share much: what tells one from the others may be few fingerprints. */
const leastHeld = 0.1;
/** Fingerprints of a row that are looked up in a reference. */
const printsAsked = 8;

/** Tables of as many records as were expected when they were made: the exact texts, and one for each band. */
interface Tables {
  readonly exact: Buckets;
  readonly bands: readonly Buckets[];
}

/** Of the records that may be expected, one in so many is expected to be apart. */
const apartShare = 16;

/** Records kept per bucket. A cluster larger than this is still found: through its first members. */
const bucketLimit = 8;

export function createNeighbourIndex(options: IndexOptions): NeighbourIndex {
  const {near, inside, holds, expected, printsPerRecord} = options;
  const sketches = createBlocks<Uint8Array>(sketchBytes, length => new Uint8Array(length));
  const exact = createBlocks<Uint32Array>(2, length => new Uint32Array(length));
  const prints = wordsColumn();
  const bands = near === undefined ? undefined : createBandHasher(chooseBanding(near));
  const tables: Tables[] = [];
  const runs = createFirsts(inside || holds ? expected * printsPerRecord : 0);
  const hits = createHits();
  let order = createOrder(1 << 12);
  let size = 0;
  /** Records that are apart, in tables of their own: the last has room for `apartRoom` more. */
  const apartTables: Tables[] = [];
  const apartRecords = bytesColumn();
  let apartSize = 0;
  let apartRoom = 0;

  function tablesFor(first: number, capacity: number, entries?: number): Tables {
    return {
      exact: createBuckets(first, capacity, entries),
      bands: Array.from({length: bands?.bands ?? 0}, () => createBuckets(first, capacity, entries)),
    };
  }

  /** Notes which rows of a batch are apart, and makes room for them. */
  function setApart(first: number, apart: Uint8Array): void {
    let count = 0;
    for (let row = 0; row < apart.length; row++) {
      if (apart[row] === 0) continue;
      apartRecords.set(first + row, 1);
      count++;
    }
    const {capacity: range, first: begin} = tables.at(-1)!.exact;
    const last = apartTables.at(-1)?.exact;
    const fits = last !== undefined && last.first === begin && last.capacity === range && count <= apartRoom;
    if (count > 0 && !fits) {
      apartRoom = Math.max(count, apartSize, Math.ceil(expected / apartShare));
      apartTables.push(tablesFor(begin, range, apartRoom));
    }
    apartRoom -= count;
    apartSize += count;
  }

  /** Gives the rows of a batch their numbers, of which it returns the first. They are in no table yet. */
  function add(rows: Summaries): number {
    const first = size;
    if (order.rows.length < rows.count) order = createOrder(rows.count);
    reserve(rows.count);
    sketches.append(rows.sketches);
    exact.append(rows.exact);
    let begin = 0;
    for (let row = 0; holds && row < rows.count; row++) {
      const end = rows.fingerprintEnds[row]!;
      prints.set(first + row, end - begin);
      begin = end;
    }
    size += rows.count;
    return first;
  }

  /** Makes room for the rows of a batch: a table that is full stays as it is, and another one is begun. */
  function reserve(count: number): void {
    if (size + count > recordLimit) {
      throw new RangeError(
        `More than ${recordLimit} records cannot be compared in one run: split the round.`,
      );
    }
    const last = tables.at(-1)?.exact;
    if (last !== undefined && size + count <= last.first + last.capacity) return;
    tables.push(tablesFor(size, Math.max(count, last === undefined ? expected : size)));
  }

  /** Rows whose text was there before: they are looked up no further, and not added. */
  function visitExact(
    rows: Summaries,
    first: number,
    same: (row: number, record: number) => void,
    apart?: Uint8Array,
  ): Uint8Array {
    const skip = new Uint8Array(rows.count);
    const keys = new Uint32Array(rows.count);
    for (let row = 0; row < rows.count; row++) {
      keys[row] = rows.exact[2 * row]!;
      if (keys[row] === 0 && rows.exact[2 * row + 1] === 0) skip[row] = 1;
    }
    sortByKey(order, keys, skip);
    const equal = (row: number, record: number) => {
      const at = exact.offset(record);
      const of = exact.segment(record);
      return of[at] === rows.exact[2 * row] && of[at + 1] === rows.exact[2 * row + 1];
    };
    const isSame = (row: number, record: number) => {
      if (!equal(row, record)) return false;
      // What is similar to a repeat is similar to what it repeats.
      if (skip[row] === 0) same(row, record);
      skip[row] = 1;
      return true;
    };
    for (const [index, table] of tables.entries()) {
      const to = index === tables.length - 1 ? first : -1;
      visitBuckets(table.exact, order, to, 1, isSame, apart && {marks: apart, value: 0});
    }
    // A repeat of a record that is apart is looked up further: it may be the first that is not.
    for (const [index, table] of apartTables.entries()) {
      const to = apart !== undefined && index === apartTables.length - 1 ? first : -1;
      const meet = (row: number, record: number) => {
        if (!equal(row, record)) return false;
        if (skip[row] === 0) same(row, record);
        return true;
      };
      visitBuckets(table.exact, order, to, 1, meet, apart && {marks: apart, value: 1});
    }
    for (let row = 0; row < rows.count; row++) if (rows.words[row] === 0) skip[row] = 1;
    return skip;
  }

  /** Band by band rather than row by row: one table at a time stays in the cache. */
  function visitBands(
    rows: Summaries,
    first: number,
    skip: Uint8Array,
    found: boolean,
    apart?: Uint8Array,
  ): void {
    if (bands === undefined) return;
    const meet = (row: number, record: number) => {
      if (found) hits.add(row, record);
      return true;
    };
    for (const [band, keys] of bands.of(rows.sketches).entries()) {
      sortByKey(order, keys, skip);
      for (const [index, table] of tables.entries()) {
        const to = index === tables.length - 1 ? first : -1;
        visitBuckets(table.bands[band]!, order, to, bucketLimit, meet, apart && {marks: apart, value: 0});
      }
      for (const [index, table] of apartTables.entries()) {
        const to = apart !== undefined && index === apartTables.length - 1 ? first : -1;
        visitBuckets(table.bands[band]!, order, to, bucketLimit, meet, apart && {marks: apart, value: 1});
      }
    }
  }

  function visit(rows: Summaries, insert: boolean, apart?: Uint8Array): ChunkCandidates {
    const found = new Map<number, Candidate[]>();
    const candidate = (row: number, record: number): Candidate => {
      const ofRow = found.get(row);
      const known = ofRow?.find(one => one.record === record);
      if (known !== undefined) return known;
      const added = {record, estimate: -1, same: false, inside: 0, holds: 0};
      if (ofRow === undefined) found.set(row, [added]);
      else ofRow.push(added);
      return added;
    };
    const estimateOf = (row: number, record: number): number =>
      estimate(rows.sketches, row * sketchBytes, sketches.segment(record), sketches.offset(record));

    const first = insert ? add(rows) : -1;
    if (apart !== undefined) setApart(first, apart);
    const same = (row: number, record: number) => {
      Object.assign(candidate(row, record), {same: true, estimate: 1});
    };
    const skip = visitExact(rows, first, same, apart);
    visitBands(rows, first, skip, true, apart);
    hits.drain((row, record) => {
      const similarity = estimateOf(row, record);
      if (similarity >= near! - slack) candidate(row, record).estimate = similarity;
    });
    if (inside || holds) {
      const {fingerprints, ends} = insert ? allPrints(rows) : somePrints(rows);
      visitFirsts(runs, fingerprints, ends, first, skip, hits);
      hits.drain((row, record, times) => {
        const share = times / (ends[row]! - (row === 0 ? 0 : ends[row - 1]!));
        if (inside && share >= leastInside) candidate(row, record).inside = share;
      });
    }
    if (holds && rows.runs !== undefined) {
      visitFirsts(runs, rows.runs, rows.runEnds!, -1, new Uint8Array(rows.count), hits);
      hits.drain((row, record, times) => {
        const share = times / Math.max(1, prints.get(record));
        if (share >= leastHeld) candidate(row, record).holds = Math.min(1, share);
      });
    }
    for (const [row, candidates] of found) {
      for (const one of candidates) if (one.estimate < 0) one.estimate = estimateOf(row, one.record);
      candidates.sort((a, b) => strength(b) - strength(a) || a.record - b.record);
      limitCandidates(candidates);
    }
    return found;
  }

  /** The likeliest, of those that are apart and of the others. */
  function limitCandidates(candidates: Candidate[]): void {
    if (candidates.length <= candidateLimit) return;
    const taken = [0, 0];
    const kept = candidates.filter(({record}) => taken[apartRecords.get(record)]!++ < candidateLimit);
    candidates.splice(0, candidates.length, ...kept);
  }

  return {
    visit,
    fill(rows) {
      const first = add(rows);
      const skip = visitExact(rows, first, () => {});
      visitBands(rows, first, skip, false);
      if (!inside && !holds) return;
      visitFirsts(runs, rows.fingerprints, rows.fingerprintEnds, first, skip, hits);
      hits.drain(() => {});
    },
  };
}

function allPrints({fingerprints, fingerprintEnds: ends}: Summaries) {
  return {fingerprints, ends};
}

/**
 * Enough of each row's fingerprints to be looked up where nothing is added: a row that stands inside a
 * record shares nearly all of them, so a few, evenly taken, tell.
 */
function somePrints(rows: Summaries) {
  const ends = new Uint32Array(rows.count);
  const fingerprints = new Uint32Array(rows.count * printsAsked);
  let used = 0;
  let begin = 0;
  for (let row = 0; row < rows.count; row++) {
    const end = rows.fingerprintEnds[row]!;
    const asked = Math.min(printsAsked, end - begin);
    for (let index = 0; index < asked; index++) {
      fingerprints[used++] = rows.fingerprints[begin + Math.floor((index * (end - begin)) / asked)]!;
    }
    ends[row] = used;
    begin = end;
  }
  return {fingerprints: fingerprints.subarray(0, used), ends};
}

function strength(candidate: Candidate): number {
  return candidate.same ? 3 : Math.max(candidate.estimate, candidate.inside * 0.9, candidate.holds * 0.9);
}
