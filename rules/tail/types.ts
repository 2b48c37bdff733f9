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
  /** Hashes, 0: empty slot. */
  keys: Uint32Array;
  /** By slot: records in each of the `judging` groups, tokens in the choosing groups and in the judging ones. */
  counts: Uint32Array;
  /** The last record that counted a slot. */
  seen: Uint32Array;
  used: number;
}

/** Records are dealt out by their content to so many groups. */
const groups = 32;
/** Those of the first groups choose which types are rare; the others judge, each a unit of the jackknife. */
export const choosing = 12;
export const judging = groups - choosing;
export const width = judging + 2;
/** Where the tokens of a type are counted, in the choosing groups and in the judging ones. */
export const chosenTokens = width - 2;
export const judgedTokens = width - 1;

export function createTypes(capacity: number, slots = 256): TypeTable {
  return {
    capacity,
    limit: 2 ** 32,
    mask: 0,
    keys: new Uint32Array(slots),
    counts: new Uint32Array(slots * width),
    seen: new Uint32Array(slots),
    used: 0,
  };
}

/** The key of a word, whose hash is spread evenly as it is. 0 stands for an empty slot, so it is never given. */
export const wordKey = (hash: number) => hash >>> 0 || 1;

/** Two words as one: evenly spread in its upper bits, by which types are sampled. */
export function mixPair(before: number, hash: number): number {
  return Math.imul(Math.imul(before, 0x9e3779b1) ^ hash, 0x85ebca6b);
}

/** The slot of a key, or the empty one where it belongs. */
export function slotOf(keys: Uint32Array, key: number): number {
  const mask = keys.length - 1;
  let slot = (Math.imul(key, 0x9e3779b1) >>> 7) & mask;
  while (keys[slot] !== 0 && keys[slot] !== key) slot = (slot + 1) & mask;
  return slot;
}

/**
 * Counts one token of a record; `unit` is its judging group, negative for the choosing ones, and `record`
 * numbers the records from 1.
 */
export function countType(table: TypeTable, key: number, unit: number, record: number): void {
  if (key >= table.limit) return;
  const slot = take(table, key);
  if (slot < 0) return;
  const at = slot * width;
  if (unit < 0) {
    table.counts[at + chosenTokens]!++;
    return;
  }
  table.counts[at + judgedTokens]!++;
  if (table.seen[slot] === record) return;
  table.seen[slot] = record;
  table.counts[at + unit]!++;
}

/** The slot of a key, which is added; -1 when it fell out because the table was full. */
function take(table: TypeTable, key: number): number {
  const slot = slotOf(table.keys, key);
  if (table.keys[slot] === key) return slot;
  table.keys[slot] = key;
  table.used++;
  if (table.used <= table.capacity && table.used * 2 <= table.keys.length) return slot;
  while (table.used > table.capacity) keepUnder(table, table.limit / 2);
  if (table.used * 2 > table.keys.length) rehash(table, table.keys.length * 2);
  if (key >= table.limit) return -1;
  return slotOf(table.keys, key);
}

/** Drops the types at or over a limit. */
export function keepUnder(table: TypeTable, limit: number): void {
  if (limit >= table.limit) return;
  setLimit(table, limit);
  rehash(table, table.keys.length);
}

function setLimit(table: TypeTable, limit: number): void {
  table.limit = limit;
  table.mask = limit === 2 ** 32 ? 0 : -limit | 0;
}

function rehash(table: TypeTable, slots: number): void {
  const {keys, counts, seen} = table;
  Object.assign(table, {...createTypes(table.capacity, slots), limit: table.limit, mask: table.mask});
  for (let from = 0; from < keys.length; from++) {
    const key = keys[from]!;
    if (key === 0 || key >= table.limit) continue;
    const to = slotOf(table.keys, key);
    table.keys[to] = key;
    table.seen[to] = seen[from]!;
    table.counts.set(counts.subarray(from * width, (from + 1) * width), to * width);
    table.used++;
  }
}

export function mergeTypes(into: TypeTable, from: TypeTable): void {
  if (into.used === 0 && from.limit <= into.limit) {
    // An empty one may as well take over the other's memory, which is not used afterwards.
    Object.assign(into, from);
    return;
  }
  keepUnder(into, from.limit);
  for (let slot = 0; slot < from.keys.length; slot++) {
    const key = from.keys[slot]!;
    if (key === 0 || key >= into.limit) continue;
    const to = take(into, key) * width;
    if (to < 0) continue;
    for (let index = 0; index < width; index++)
      into.counts[to + index]! += from.counts[slot * width + index]!;
  }
}

/** Takes out of `from` the counts of `what`, which were counted in it. */
export function subtractTypes(from: TypeTable, what: TypeTable): void {
  keepUnder(from, what.limit);
  for (let slot = 0; slot < what.keys.length; slot++) {
    const key = what.keys[slot]!;
    const at = slotOf(from.keys, key);
    if (key === 0 || from.keys[at] !== key) continue;
    for (let index = 0; index < width; index++) {
      from.counts[at * width + index]! -= what.counts[slot * width + index]!;
    }
  }
}

/** Keys of the kept types, in order, and where the counts of each begin. */
export function entriesOf(table: TypeTable): {keys: Uint32Array; places: Uint32Array} {
  const keys = table.keys.filter(key => key !== 0).sort();
  return {keys, places: keys.map(key => slotOf(table.keys, key) * width)};
}

export function encodeTypes(table: TypeTable): Uint32Array {
  const {keys, places} = entriesOf(table);
  const out = new Uint32Array(2 + keys.length * (width + 1));
  out[0] = Math.log2(table.limit);
  let to = 2;
  for (let type = 0; type < keys.length; type++) {
    const counts = table.counts.subarray(places[type]!, places[type]! + width);
    // What was taken out again is not there.
    if (counts.every(count => count === 0)) continue;
    out[to] = keys[type]!;
    out.set(counts, to + 1);
    to += width + 1;
  }
  out[1] = (to - 2) / (width + 1);
  return out.subarray(0, to);
}

/** Reads what `encodeTypes` wrote, from `at` on; also returns where it ended. */
export function decodeTypes(from: Uint32Array, at: number, capacity: number): [TypeTable, end: number] {
  const count = from[at + 1]!;
  let slots = 256;
  while (slots < count * 2) slots *= 2;
  const table = createTypes(capacity, slots);
  setLimit(table, 2 ** from[at]!);
  let next = at + 2;
  for (let index = 0; index < count; index++, next += width + 1) {
    const slot = slotOf(table.keys, from[next]!);
    table.keys[slot] = from[next]!;
    table.counts.set(from.subarray(next + 1, next + 1 + width), slot * width);
    table.used++;
  }
  return [table, next];
}
