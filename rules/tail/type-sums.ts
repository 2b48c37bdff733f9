import {
  chosenTokens,
  createTypes,
  firstGroup,
  judgedTokens,
  judging,
  keepUnder,
  keysOf,
  placeFor,
  placeOf,
  setLimit,
  type TypeTable,
} from './types.js';

/** The numbers of a type that can be added up: all but its key and the last record. */
const summed = [chosenTokens, judgedTokens, ...Array.from({length: judging}, (_, unit) => firstGroup + unit)];

export function mergeTypes(into: TypeTable, from: TypeTable): void {
  if (into.used === 0 && from.limit <= into.limit) {
    // An empty one may as well take over the other's memory, which is not used afterwards.
    Object.assign(into, from);
    return;
  }
  keepUnder(into, from.limit);
  for (const key of keysOf(from)) {
    if (key >= into.limit) continue;
    const to = placeFor(into, key);
    if (to >= 0) add(into, to, from, placeOf(from, key), 1);
  }
}

/** Takes out of `from` the counts of `what`, which were counted in it. */
export function subtractTypes(from: TypeTable, what: TypeTable): void {
  keepUnder(from, what.limit);
  for (const key of keysOf(what)) {
    const to = placeOf(from, key);
    if (to >= 0) add(from, to, what, placeOf(what, key), -1);
  }
}

function add(into: TypeTable, to: number, from: TypeTable, at: number, sign: 1 | -1): void {
  for (const place of summed) into.counts[to + place]! += sign * from.counts[at + place]!;
}

/** Numbers of a type as it is written: its key, records by group, tokens of the choosing groups and the judging ones. */
const written = judging + 3;

/** Logarithm of the limit, number of types, then the types in the order of their keys. */
export function encodeTypes(table: TypeTable): Uint32Array {
  const out = new Uint32Array(2 + table.used * written);
  out[0] = Math.log2(table.limit);
  let to = 2;
  const {counts} = table;
  for (const key of keysOf(table)) {
    const at = placeOf(table, key);
    const [chosen, judged] = [counts[at + chosenTokens]!, counts[at + judgedTokens]!];
    // What was taken out again is not there.
    if (chosen === 0 && judged === 0) continue;
    out[to] = key;
    for (let group = 0; group < judging; group++) out[to + 1 + group] = counts[at + firstGroup + group]!;
    out[to + 1 + judging] = chosen;
    out[to + 2 + judging] = judged;
    to += written;
  }
  out[1] = (to - 2) / written;
  return out.subarray(0, to);
}

/** Reads what `encodeTypes` wrote, from `at` on; also returns where it ended. */
export function decodeTypes(from: Uint32Array, at: number, capacity: number): [TypeTable, end: number] {
  const count = from[at + 1]!;
  const table = createTypes(capacity, Math.max(1, count));
  setLimit(table, 2 ** from[at]!);
  let next = at + 2;
  for (let index = 0; index < count; index++, next += written) {
    const to = placeFor(table, from[next]!);
    table.counts.set(from.subarray(next + 1, next + 1 + judging), to + firstGroup);
    table.counts[to + chosenTokens] = from[next + 1 + judging]!;
    table.counts[to + judgedTokens] = from[next + 2 + judging]!;
  }
  return [table, next];
}
