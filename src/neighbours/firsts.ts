import type {Hits} from './hits.js';

/**
 * A map from 32-bit keys to the first record that had the key: who was the first to hold this run of words?
 * In 256 shards by the keys' top bits. They grow one at a time, so growing never needs twice the memory; and
 * a chunk's keys are visited shard by shard, so that each shard comes into the cache once per chunk and not
 * once per key. That is most of the cost: a table of millions of keys is far larger than any cache.
 */
export interface Firsts {
  readonly shards: Shard[];
}

/** Slots of two numbers: the key, and its record plus one (0: empty). */
interface Shard {
  slots: Uint32Array;
  used: number;
}

const shardCount = 256;

export function createFirsts(expectedKeys: number): Firsts {
  const slots = Math.max(32, Math.ceil((expectedKeys / shardCount) * 1.45));
  return {shards: Array.from({length: shardCount}, () => ({slots: new Uint32Array(slots * 2), used: 0}))};
}

// Reused from chunk to chunk.
let sortedKeys = new Uint32Array(1 << 14);
let sortedRows = new Uint32Array(1 << 14);
let sortedSlots = new Uint32Array(1 << 14);
/** Where fetched values go, so that the loads are not optimised away. */
const fetched = new Uint32Array(256);
const starts = new Uint32Array(shardCount + 1);

/**
 * Looks up the keys of a chunk's rows (row i's end at `ends[i]`) and notes who was the first to hold them,
 * unless it is the row itself. Keys that nobody holds go to row i as record `first` + i, unless `first` is
 * negative. Rows marked in `skip` are passed over.
 */
export function visitFirsts(
  {shards}: Firsts,
  keys: Uint32Array,
  ends: Uint32Array,
  first: number,
  skip: Uint8Array,
  hits: Hits,
): void {
  sortByShard(keys, ends, skip);
  for (let index = 0; index < shardCount; index++) {
    const begin = index === 0 ? 0 : starts[index - 1]!;
    const end = starts[index]!;
    if (begin < end) visitShard(shards[index]!, begin, end, first, hits);
  }
}

/** A stable counting sort: within a shard, rows keep their order. Afterwards `starts[i]` is where shard i ends. */
function sortByShard(keys: Uint32Array, ends: Uint32Array, skip: Uint8Array): void {
  if (sortedKeys.length < keys.length) {
    sortedKeys = new Uint32Array(keys.length * 2);
    sortedRows = new Uint32Array(keys.length * 2);
    sortedSlots = new Uint32Array(keys.length * 2);
  }
  starts.fill(0);
  let at = 0;
  for (let row = 0; row < ends.length; row++) {
    const end = ends[row]!;
    if (skip[row] !== 0) at = end;
    for (; at < end; at++) starts[(keys[at]! >>> 24) + 1]!++;
  }
  for (let shard = 1; shard <= shardCount; shard++) starts[shard]! += starts[shard - 1]!;
  at = 0;
  for (let row = 0; row < ends.length; row++) {
    const end = ends[row]!;
    if (skip[row] !== 0) at = end;
    for (; at < end; at++) {
      const key = keys[at]!;
      const to = starts[key >>> 24]!++;
      sortedKeys[to] = key;
      sortedRows[to] = row;
    }
  }
}

function visitShard(shard: Shard, begin: number, end: number, first: number, hits: Hits): void {
  if (first >= 0) while ((shard.used + end - begin) * 2 > shard.slots.length * fullest) grow(shard);
  const {slots} = shard;
  const scale = slots.length / 2 / 2 ** 32;
  // First only fetch: these loads do not wait for each other, as they would behind the branches below.
  for (let index = begin; index < end; index++) {
    const slot = slotOf(sortedKeys[index]!, scale);
    sortedSlots[index] = slot;
    fetched[index & 255] = slots[slot + 1]!;
  }
  let added = 0;
  for (let index = begin; index < end; index++) {
    const key = sortedKeys[index]!;
    const row = sortedRows[index]!;
    let slot = sortedSlots[index]!;
    let holder = slots[slot + 1]!;
    while (holder !== 0 && slots[slot] !== key) {
      slot = slot + 2 < slots.length ? slot + 2 : 0;
      holder = slots[slot + 1]!;
    }
    if (holder !== 0) {
      if (holder - 1 !== first + row || first < 0) hits.add(row, holder - 1);
    } else if (first >= 0) {
      slots[slot] = key;
      slots[slot + 1] = first + row + 1;
      added++;
    }
  }
  shard.used += added;
}

/** Share of the slots that may be taken before a shard grows. */
const fullest = 0.9;

/** Where a key's pair of numbers is looked for. Not a power of two: that would waste up to half the memory. */
function slotOf(key: number, scale: number): number {
  return Math.floor((Math.imul(key, 0x9e3779b1) >>> 0) * scale) * 2;
}

function grow(shard: Shard): void {
  const old = shard.slots;
  const count = Math.ceil(old.length * 0.7);
  const slots = new Uint32Array(count * 2);
  const scale = count / 2 ** 32;
  for (let from = 0; from < old.length; from += 2) {
    if (old[from + 1] === 0) continue;
    let slot = slotOf(old[from]!, scale);
    while (slots[slot + 1] !== 0) slot = slot + 2 < slots.length ? slot + 2 : 0;
    slots[slot] = old[from]!;
    slots[slot + 1] = old[from + 1]!;
  }
  shard.slots = slots;
}
