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

/** The most selective banding that finds at least 99.8 % of the pairs at `threshold` + 0.05 and above. */
export function chooseBanding(threshold: number): Banding {
  const similarity = Math.min(1, threshold + 0.05);
  for (let rows = 16; rows > 1; rows--) {
    const bands = Math.floor(sketchBytes / rows);
    if (1 - (1 - similarity ** rows) ** bands >= 0.998) return {bands, rows};
  }
  return {bands: sketchBytes, rows: 1};
}

/** Where fetched values go, so that the loads are not optimised away. */
const fetched = new Uint16Array(256);

/** Records kept per bucket. A cluster larger than this is still found: through its first members. */
const bucketLimit = 8;

/**
 * The buckets of one band: open addressing, 6 bytes a slot. A tag of 16 further bits of the hash tells
 * buckets apart; where it errs, the estimate from the sketches sorts it out.
 */
export interface BandTable {
  /** 0: empty. */
  tags: Uint16Array;
  records: Uint32Array;
  used: number;
  readonly source: BandSource;
}

/** Which band a table is for, and the sketches of the records in it. */
interface BandSource {
  readonly band: number;
  readonly banding: Banding;
  readonly sketches: BlockColumn;
}

export function createBandTable(source: BandSource, expected: number): BandTable {
  let slots = 1024;
  while (slots < expected * 1.4) slots *= 2;
  return {tags: new Uint16Array(slots), records: new Uint32Array(slots), used: 0, source};
}

/**
 * Looks up the band hashes of a chunk's rows, `stride` for each row, and notes who is in their
 * buckets. Adds row i as record `first` + i unless `first` is negative. Rows marked in `skip` are passed over.
 */
export function visitBand(
  table: BandTable,
  hashes: Uint32Array,
  stride: number,
  first: number,
  skip: Uint8Array,
  hits: Hits,
): void {
  const {band} = table.source;
  const count = skip.length;
  while (first >= 0 && (table.used + count) * 1.4 > table.tags.length) grow(table, table.source);
  const {tags, records} = table;
  const mask = tags.length - 1;
  // First only fetch: these loads do not wait for each other, as they would behind the branches below.
  for (let row = 0; row < count; row++) fetched[row & 255] = tags[hashes[row * stride + band]! & mask]!;
  for (let row = 0; row < count; row++) {
    if (skip[row] !== 0) continue;
    const hash = hashes[row * stride + band]!;
    const tag = (Math.imul(hash, 0x9e3779b1) >>> 16) | 1;
    let slot = hash & mask;
    let members = 0;
    for (let found = tags[slot]!; found !== 0; found = tags[slot]!) {
      if (found === tag) {
        hits.add(row, records[slot]!);
        members++;
      }
      slot = (slot + 1) & mask;
    }
    if (first < 0 || members >= bucketLimit) continue;
    tags[slot] = tag;
    records[slot] = first + row;
    table.used++;
  }
}

let analyser: TextAnalyser | undefined;

/** Makes the table twice as large. The hashes are not kept: they are made again from the sketches. */
function grow(table: BandTable, {band, banding, sketches}: BandSource): void {
  analyser ??= createTextAnalyser();
  const {tags: oldTags, records: oldRecords} = table;
  const slots = oldTags.length * 2;
  const tags = new Uint16Array(slots);
  const records = new Uint32Array(slots);
  const hashes = new Uint32Array(banding.bands);
  for (let old = 0; old < oldTags.length; old++) {
    if (oldTags[old] === 0) continue;
    const record = oldRecords[old]!;
    const offset = sketches.offset(record);
    const sketch = sketches.segment(record).subarray(offset, offset + sketchBytes);
    analyser.bands(banding.bands, banding.rows, hashes, 0, sketch);
    let slot = hashes[band]! & (slots - 1);
    while (tags[slot] !== 0) slot = (slot + 1) & (slots - 1);
    tags[slot] = oldTags[old]!;
    records[slot] = record;
  }
  table.tags = tags;
  table.records = records;
}
