/**
 * How often which value was there. However many values there are, only `kept` of them are counted: those with the
 * least hash, so that it does not depend on the order.
 */
export interface Counter {
  /** Records that were looked at, those without a value among them. */
  looked: number;
  readonly values: Map<string, number>;
  /** Rank of the last value that is kept; undefined while all are. */
  last: Rank | undefined;
}

type Rank = readonly [hash: number, value: string];

const kept = 60;
/** Characters of a value that count. */
const valueLength = 120;

export function noCounts(): Counter {
  return {looked: 0, values: new Map(), last: undefined};
}

/** Counts a record, under each of its values. */
export function countValues(counter: Counter, values: readonly string[]): void {
  counter.looked++;
  for (const long of values) {
    const value = long.slice(0, valueLength);
    const known = counter.values.get(value);
    if (known === undefined && counter.last && isAfter(rankOf(value), counter.last)) continue;
    counter.values.set(value, (known ?? 0) + 1);
    if (counter.values.size > 4 * kept) prune(counter);
  }
}

export function mergeCounter(into: Counter, from: Counter): void {
  into.looked += from.looked;
  if (from.last && (into.last === undefined || isAfter(into.last, from.last))) into.last = from.last;
  for (const [value, count] of from.values) into.values.set(value, (into.values.get(value) ?? 0) + count);
  prune(into);
}

/** The most frequent first. */
export function listed(counter: Counter): [value: string, records: number][] {
  prune(counter);
  return [...counter.values].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
}

/** A value that was dropped once must not come back with some of its records. */
function prune(counter: Counter): void {
  const ranked = [...counter.values.keys()].map(rankOf).sort((a, b) => (isAfter(a, b) ? 1 : -1));
  const last = ranked[kept - 1];
  if (ranked.length > kept && last && (counter.last === undefined || isAfter(counter.last, last)))
    counter.last = last;
  for (const rank of ranked) if (counter.last && isAfter(rank, counter.last)) counter.values.delete(rank[1]);
}

function isAfter([hash, value]: Rank, [otherHash, other]: Rank): boolean {
  return hash > otherHash || (hash === otherHash && value > other);
}

/** FNV-1a over UTF-16 units. */
function rankOf(value: string): Rank {
  let hash = 0x811c9dc5;
  for (let index = 0; index < value.length; index++)
    hash = Math.imul(hash ^ value.charCodeAt(index), 0x01000193);
  return [hash >>> 0, value];
}

export function encodeCounter(counter: Counter): Uint8Array {
  prune(counter);
  const values = [...counter.values].sort(([a], [b]) => (a < b ? -1 : 1));
  return new TextEncoder().encode(JSON.stringify([counter.looked, counter.last ?? null, values]));
}

export function decodeCounter(bytes: Uint8Array): Counter {
  const [looked, last, values] = JSON.parse(new TextDecoder().decode(bytes)) as [
    number,
    Rank | null,
    [string, number][],
  ];
  return {looked, values: new Map(values), last: last ?? undefined};
}
