/**
 * From 32-bit keys to the records that have them: open addressing, one number a slot, so that a look-up touches
 * one line of memory. A slot holds the record, counted from the table's first one, plus one (0: empty), and in
 * the bits that are left some of the key. These tell nearly all keys apart; where they err, `met` must tell.
 *
 * A table never grows: what does not fit goes into another one. That costs a look-up in each, and no copying.
 */
export interface Buckets {
  readonly slots: Uint32Array;
  /** Number of the first record that it may hold, and how many records follow. */
  readonly first: number;
  readonly capacity: number;
  readonly recordMask: number;
}

/** Slots for each record. */
const room = 1.5;
/** Bits of a slot that tell keys apart, at least. */
const leastTagBits = 6;
/** Records that a table can hold. */
export const recordLimit = 2 ** (32 - leastTagBits) - 2;

/** With `entries`, for at most so many of the records. */
export function createBuckets(first: number, capacity: number, entries = capacity): Buckets {
  const recordBits = Math.ceil(Math.log2(capacity + 2));
  const slots = new Uint32Array(Math.ceil(entries * room) + 64);
  return {slots, first, capacity, recordMask: 2 ** recordBits - 1};
}

/**
 * The rows of a batch in the order in which a table is looked through: by the top bits of their keys, and in
 * their own order within one. Then every page of a table is touched once for each batch, which is most of what
 * a look-up costs.
 */
export interface Order {
  readonly rows: Uint32Array;
  readonly keys: Uint32Array;
  count: number;
}

const regionBits = 12;
const regionShift = 32 - regionBits;
const regions = 2 ** regionBits;
const starts = new Uint32Array(regions + 1);

export function createOrder(size: number): Order {
  return {rows: new Uint32Array(size), keys: new Uint32Array(size), count: 0};
}

/** Rows marked in `skip` are left out. */
export function sortByKey(order: Order, keys: Uint32Array, skip: Uint8Array): void {
  const count = skip.length;
  starts.fill(0);
  for (let row = 0; row < count; row++) if (skip[row] === 0) starts[(keys[row]! >>> regionShift) + 1]!++;
  for (let region = 1; region <= regions; region++) starts[region]! += starts[region - 1]!;
  order.count = starts[regions]!;
  for (let row = 0; row < count; row++) {
    if (skip[row] !== 0) continue;
    const key = keys[row]!;
    const to = starts[key >>> regionShift]!++;
    order.rows[to] = row;
    order.keys[to] = key;
  }
}

/** Look-ups whose slots are fetched ahead, so that one need not wait for the one before it. */
const ahead = 32;
/** Where fetched values go, so that the loads are not optimised away. */
const fetched = new Uint32Array(ahead);
const places = new Uint32Array(ahead);

/**
 * Looks up the rows of an order. `met` is told who may have a row's key, and says whether that counts. With
 * `first` not negative, a row of which fewer than `limit` counted is added, as record `first` + row; with `only`,
 * when its mark is that.
 */
export function visitBuckets(
  {slots, first: base, recordMask}: Buckets,
  {rows, keys, count}: Order,
  first: number,
  limit: number,
  met: (row: number, record: number) => boolean,
  only?: {readonly marks: Uint8Array; readonly value: number},
): void {
  const {length} = slots;
  const scale = length / 2 ** 32;
  const tagMask = ~recordMask;
  for (let begin = 0; begin < count; begin += ahead) {
    const end = Math.min(begin + ahead, count);
    for (let index = begin; index < end; index++) {
      const place = Math.floor(keys[index]! * scale);
      places[index - begin] = place;
      fetched[index - begin] = slots[place]!;
    }
    for (let index = begin; index < end; index++) {
      // Bits that the slot does not depend on.
      const tag = Math.imul(keys[index]!, 0x9e3779b1) & tagMask;
      let slot = places[index - begin]!;
      let members = 0;
      for (let found = slots[slot]!; found !== 0; found = slots[slot]!) {
        if (((found ^ tag) & tagMask) === 0 && met(rows[index]!, base + (found & recordMask) - 1)) members++;
        slot = slot + 1 < length ? slot + 1 : 0;
      }
      if (first < 0 || members >= limit) continue;
      if (only === undefined || only.marks[rows[index]!] === only.value)
        slots[slot] = tag | (first - base + rows[index]! + 1);
    }
  }
}
