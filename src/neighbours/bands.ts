import {createTextAnalyser, sketchBytes, type TextAnalyser} from '../features/text.js';
import type {BlockColumn} from './columns.js';
import type {Hits} from './hits.js';

/**
 * Locality-sensitive hashing by bands (Broder; Leskovec, Rajaraman, Ullman, ch. 3): a sketch of 128 bytes is
 * cut into `bands` stretches of `rows` bytes, and two texts are candidates when one stretch is equal. At
 * similarity s that happens with probability 1 - (1 - s^rows)^bands.
 */
export interface Banding {
  readonly bands: number;
  readonly rows: number;
}

/** The most selective banding that finds at least 99 % of the pairs at `threshold` + 0.05, and more above. */
export function chooseBanding(threshold: number): Banding {
  const similarity = Math.min(1, threshold + 0.05);
  for (let rows = 16; rows > 1; rows--) {
    const bands = Math.floor(sketchBytes / rows);
    if (1 - (1 - similarity ** rows) ** bands >= 0.99) return {bands, rows};
  }
  return {bands: sketchBytes, rows: 1};
}

/** Records kept per bucket. A cluster larger than this is still found: through its first members. */
const bucketLimit = 8;

/**
 * The buckets of one band: open addressing, one number a slot, so that a look-up touches one line of memory.
 * It holds the record plus one (0: empty) and 6 further bits of the hash, which tell most buckets apart; where
 * they err, the estimate from the sketches sorts it out.
 */
export interface BandTable {
  slots: Uint32Array;
  used: number;
  readonly source: BandSource;
}

const recordBits = 26;
const recordMask = 2 ** recordBits - 1;
/** Records that an index can hold. */
export const recordLimit = recordMask;

/** Which band a table is for, and the sketches of the records in it. */
interface BandSource {
  readonly band: number;
  readonly banding: Banding;
  readonly sketches: BlockColumn;
}

/** Slots for each expected record, and how few there may be for a record before the table grows. */
const room = 1.5;
const leastRoom = 1.25;

export function createBandTable(source: BandSource, expected: number): BandTable {
  return {slots: new Uint32Array(Math.max(1024, Math.ceil(expected * room))), used: 0, source};
}

/**
 * Looks up the hashes of a chunk's rows and notes who is in their buckets. Adds row i as record `first` + i
 * unless `first` is negative. Rows marked in `skip` are passed over.
 */
export function visitBand(
  table: BandTable,
  hashes: Uint32Array,
  first: number,
  skip: Uint8Array,
  hits: Hits,
): void {
  while (first >= 0 && (table.used + skip.length) * leastRoom > table.slots.length) grow(table, table.source);
  const {slots} = table;
  const scale = slots.length / 2 ** 32;
  const total = sortByHash(hashes, skip);
  let added = 0;
  for (let index = 0; index < total; index++) {
    const row = sortedRows[index]!;
    const hash = sortedHashes[index]!;
    const tag = tagOf(hash);
    let slot = Math.floor(hash * scale);
    let members = 0;
    for (let found = slots[slot]!; found !== 0; found = slots[slot]!) {
      if ((found ^ tag) >>> recordBits === 0) {
        hits.add(row, (found & recordMask) - 1);
        members++;
      }
      slot = slot + 1 < slots.length ? slot + 1 : 0;
    }
    if (first < 0 || members >= bucketLimit) continue;
    slots[slot] = tag | (first + row + 1);
    added++;
  }
  table.used += added;
}

/** Six bits of a hash that its slot does not depend on, where a slot keeps them. */
function tagOf(hash: number): number {
  return Math.imul(hash, 0x9e3779b1) & ~recordMask;
}

const regions = 1024;
const regionShift = 22;
const starts = new Uint32Array(regions + 1);
let sortedRows = new Uint32Array(1 << 14);
let sortedHashes = new Uint32Array(1 << 14);

/**
 * Puts the rows that are not skipped in the order of the top bits of their hashes, which is that of the slots
 * they go to, and in their own order within one; returns how many. Pages are then touched once per visit.
 */
function sortByHash(hashes: Uint32Array, skip: Uint8Array): number {
  const count = skip.length;
  if (sortedRows.length < count) {
    sortedRows = new Uint32Array(count * 2);
    sortedHashes = new Uint32Array(count * 2);
  }
  starts.fill(0);
  for (let row = 0; row < count; row++) if (skip[row] === 0) starts[(hashes[row]! >>> regionShift) + 1]!++;
  for (let region = 1; region <= regions; region++) starts[region]! += starts[region - 1]!;
  const total = starts[regions]!;
  for (let row = 0; row < count; row++) {
    if (skip[row] !== 0) continue;
    const hash = hashes[row]!;
    const to = starts[hash >>> regionShift]!++;
    sortedRows[to] = row;
    sortedHashes[to] = hash;
  }
  return total;
}

let analyser: TextAnalyser | undefined;

/** Makes the table half as large again. The hashes are not kept: they are made again from the sketches. */
function grow(table: BandTable, {band, banding, sketches}: BandSource): void {
  analyser ??= createTextAnalyser();
  const old = table.slots;
  const slots = new Uint32Array(Math.ceil(old.length * 1.5));
  const scale = slots.length / 2 ** 32;
  const hashes = new Uint32Array(banding.bands);
  for (const entry of old) {
    if (entry === 0) continue;
    const record = (entry & recordMask) - 1;
    const offset = sketches.offset(record);
    const sketch = sketches.segment(record).subarray(offset, offset + sketchBytes);
    analyser.bands(banding.bands, banding.rows, hashes, 0, sketch);
    let slot = Math.floor(hashes[band]! * scale);
    while (slots[slot] !== 0) slot = slot + 1 < slots.length ? slot + 1 : 0;
    slots[slot] = entry;
  }
  table.slots = slots;
}
