import {sketchBytes} from '../features/text.js';
import type {BlockColumn} from './columns.js';

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

/** Records kept per bucket. A cluster larger than this is still found: through its first members. */
const bucketLimit = 8;

/** One table per band: buckets of the records whose sketches agree in it. */
export interface BandTable {
  /** Calls `found` for each record in the bucket of the sketch at `offset`; adds `record` unless it is -1. */
  visit(sketches: Uint8Array, offset: number, record: number, found: (record: number) => void): void;
}

/** `store` holds the sketches of the records that were added, in order of their numbers. */
export function createBandTable(
  band: number,
  banding: Banding,
  store: BlockColumn,
  expected: number,
): BandTable {
  const from = band * banding.rows;
  const {rows} = banding;
  let slots = 1024;
  while (slots < expected * 1.6) slots *= 2;
  let tags = new Uint8Array(slots);
  let records = new Uint32Array(slots);
  let used = 0;

  function hashAt(bytes: Uint8Array, offset: number): number {
    let hash = 0x811c9dc5;
    for (let index = offset + from; index < offset + from + rows; index++) {
      hash = Math.imul(hash ^ bytes[index]!, 0x01000193);
    }
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    return (hash ^ (hash >>> 13)) >>> 0;
  }

  function equal(record: number, bytes: Uint8Array, offset: number): boolean {
    const segment = store.segment(record);
    const start = store.offset(record);
    for (let index = from; index < from + rows; index++) {
      if (segment[start + index] !== bytes[offset + index]) return false;
    }
    return true;
  }

  function grow(): void {
    const oldTags = tags;
    const oldRecords = records;
    slots *= 2;
    tags = new Uint8Array(slots);
    records = new Uint32Array(slots);
    for (let index = 0; index < oldTags.length; index++) {
      if (oldTags[index] === 0) continue;
      const record = oldRecords[index]!;
      let slot = hashAt(store.segment(record), store.offset(record)) & (slots - 1);
      while (tags[slot] !== 0) slot = (slot + 1) & (slots - 1);
      tags[slot] = oldTags[index]!;
      records[slot] = record;
    }
  }

  return {
    visit(sketches, offset, record, found) {
      const hash = hashAt(sketches, offset);
      const tag = (hash >>> 24) | 1;
      let slot = hash & (slots - 1);
      let members = 0;
      for (let kind = tags[slot]!; kind !== 0; kind = tags[slot]!) {
        if (kind === tag && equal(records[slot]!, sketches, offset)) {
          found(records[slot]!);
          members++;
        }
        slot = (slot + 1) & (slots - 1);
      }
      if (record < 0 || members >= bucketLimit) return;
      tags[slot] = tag;
      records[slot] = record;
      used++;
      if (used > slots * 0.7) grow();
    },
  };
}
