/**
 * How many records hold a type (a word, or a pair of words), for a sample of all types: those whose hash is
 * under a limit, which halves whenever more than `capacity` are kept. What is kept depends on the set of
 * types alone, not on their order, so merging is exact to the bit. Counts of kept types are exact.
 */
export interface TypeTable {
  readonly capacity: number;
  /** Types with a hash under it are kept: 2^32 keeps all. */
  limit: number;
  /** The bits that are 0 in a hash under the limit: a test on whole numbers of 32 bits is the fast one. */
  mask: number;
  /** Open addressing: a key and the place of its counts, side by side. Key 0: an empty slot. */
  slots: Int32Array;
  /**
   * Counts of one type after the other, without gaps, `width` numbers each: records in each of the `judging`
   * groups, tokens in the judging groups and in the choosing ones, its key, and the last record that had it.
   * What nearly every token touches stands at the front, in one line of the cache.
   */
  counts: Uint32Array;
  used: number;
}

/** Records are dealt out by their content to so many groups. */
const groups = 32;
/** Those of the first groups choose which types are rare; the others judge, each a unit of the jackknife. */
export const choosing = 12;
export const judging = groups - choosing;

/** Places among the counts of a type. */
const lastRecord = 0;
export const judgedTokens = 1;
export const chosenTokens = 2;
const ownKey = 3;
export const firstGroup = 4;
export const width = firstGroup + judging;

const firstTypes = 1 << 10;

/** With room for a number of types, which grows. */
export function createTypes(capacity: number, room = firstTypes): TypeTable {
  let slots = 2;
  while (slots < 2 * room) slots *= 2;
  return {
    capacity,
    limit: 2 ** 32,
    mask: 0,
    slots: new Int32Array(2 * slots),
    counts: new Uint32Array(room * width),
    used: 0,
  };
}

/** The key of a word, whose hash is spread evenly as it is. 0 stands for an empty slot, so it is never given. */
export const wordKey = (hash: number) => hash >>> 0 || 1;

/** Two words as one: evenly spread in its upper bits, by which types are sampled. */
export function mixPair(before: number, hash: number): number {
  return Math.imul(Math.imul(before, 0x9e3779b1) ^ hash, 0x85ebca6b);
}

/** The slot of a key of 32 bits, or the empty one where it belongs. */
function slotOf(slots: Int32Array, key: number): number {
  const mask = slots.length - 1;
  let slot = (Math.imul(key, 0x9e3779b1) >>> 6) & mask & ~1;
  while (slots[slot] !== 0 && slots[slot] !== key) slot = (slot + 2) & mask;
  return slot;
}

/** Where the counts of a type begin; -1 where it is not kept. */
export function placeOf({slots}: TypeTable, key: number): number {
  const slot = slotOf(slots, key | 0);
  return slots[slot] === 0 ? -1 : slots[slot + 1]!;
}

/**
 * Counts one token of a record; `unit` is its judging group, negative for the choosing ones, and `record`
 * numbers the records from 1. The hash must be under the limit.
 */
export function countType(table: TypeTable, hash: number, unit: number, record: number): void {
  const at = placeFor(table, hash || 1);
  if (at < 0) return;
  const {counts} = table;
  if (unit < 0) {
    counts[at + chosenTokens]!++;
    return;
  }
  counts[at + judgedTokens]!++;
  if (counts[at + lastRecord] === record) return;
  counts[at + lastRecord] = record;
  counts[at + firstGroup + unit]!++;
}

/** The place of the counts of a type, which is added; -1 when it fell out because the table was full. */
export function placeFor(table: TypeTable, key: number): number {
  const {slots} = table;
  const signed = key | 0;
  const slot = slotOf(slots, signed);
  if (slots[slot] !== 0) return slots[slot + 1]!;
  const at = table.used++ * width;
  slots[slot] = signed;
  slots[slot + 1] = at;
  if (at === table.counts.length) {
    const counts = new Uint32Array(2 * at);
    counts.set(table.counts);
    table.counts = counts;
  }
  table.counts[at + ownKey] = key;
  if (table.used > table.capacity) {
    while (table.used > table.capacity) keepUnder(table, table.limit / 2);
    return key >>> 0 < table.limit ? placeOf(table, key) : -1;
  }
  if (table.used * 4 > table.slots.length) index(table, 2 * table.slots.length);
  return at;
}

/** Drops the types at or over a limit, a power of two. */
export function keepUnder(table: TypeTable, limit: number): void {
  if (limit >= table.limit) return;
  setLimit(table, limit);
  const {counts, used} = table;
  const end = used * width;
  let to = 0;
  for (let from = 0; from < end; from += width) {
    if (counts[from + ownKey]! >= limit) continue;
    if (to < from) counts.copyWithin(to, from, from + width);
    to += width;
  }
  counts.fill(0, to, end);
  table.used = to / width;
  index(table, table.slots.length);
}

export function setLimit(table: TypeTable, limit: number): void {
  table.limit = limit;
  table.mask = limit === 2 ** 32 ? 0 : -limit | 0;
}

/** Enters all types into a table of so many numbers. */
function index(table: TypeTable, size: number): void {
  if (size === table.slots.length) table.slots.fill(0);
  else table.slots = new Int32Array(size);
  const {slots, counts} = table;
  for (let at = 0; at < table.used * width; at += width) {
    const key = counts[at + ownKey]! | 0;
    const slot = slotOf(slots, key);
    slots[slot] = key;
    slots[slot + 1] = at;
  }
}

/** Keys of the kept types, in order. */
export function keysOf({counts, used}: TypeTable): Uint32Array {
  const keys = new Uint32Array(used);
  for (let type = 0; type < used; type++) keys[type] = counts[type * width + ownKey]!;
  return keys.sort();
}
