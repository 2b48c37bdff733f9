/** Records by what they declare about who wrote them. */
export interface Origins {
  human: number;
  model: number;
  undeclared: number;
}

export type Origin = keyof Origins;

/**
 * Origins of a corpus, in all and by source. However many sources there are, only `sourcesKept` of them have
 * counts of their own: those with the least hash of their name, so that it does not depend on the order.
 */
export interface OriginCounts {
  readonly total: Origins;
  readonly sources: Map<string, Origins>;
  /** Rank of the last source that is kept; undefined while all are. */
  last: Rank | undefined;
}

type Rank = readonly [hash: number, name: string];

export const sourcesKept = 150;
/** Characters of a name that count. */
const nameLength = 120;
const none = (): Origins => ({human: 0, model: 0, undeclared: 0});

export function noOrigins(): OriginCounts {
  return {total: none(), sources: new Map(), last: undefined};
}

export function sum({human, model, undeclared}: Origins): number {
  return human + model + undeclared;
}

/** Counts a record. `source` is empty where it declares none. */
export function countRecord(counts: OriginCounts, source: string, origin: Origin): void {
  counts.total[origin]++;
  const name = source.slice(0, nameLength);
  const known = counts.sources.get(name);
  if (known !== undefined) known[origin]++;
  else if (counts.last === undefined || !isAfter(rankOf(name), counts.last)) {
    counts.sources.set(name, {...none(), [origin]: 1});
    if (counts.sources.size > 2 * sourcesKept) prune(counts);
  }
}

export function mergeCounts(into: OriginCounts, from: OriginCounts): void {
  add(into.total, from.total, 1);
  if (from.last && (into.last === undefined || isAfter(into.last, from.last))) into.last = from.last;
  for (const [name, origins] of from.sources) {
    const known = into.sources.get(name);
    if (known === undefined) into.sources.set(name, origins);
    else add(known, origins, 1);
  }
  prune(into);
}

/** Takes out what was counted in `what`. Beyond `sourcesKept` sources, some of those that are left are not named. */
export function subtractCounts(from: OriginCounts, what: OriginCounts): void {
  prune(from);
  add(from.total, what.total, -1);
  for (const [name, origins] of what.sources) {
    const known = from.sources.get(name);
    if (known === undefined) continue;
    add(known, origins, -1);
    if (sum(known) === 0) from.sources.delete(name);
  }
}

/** The sources that have counts of their own, the largest first. */
export function namedSources(counts: OriginCounts): [name: string, origins: Origins][] {
  prune(counts);
  return [...counts.sources].sort(([a, one], [b, other]) => sum(other) - sum(one) || (a < b ? -1 : 1));
}

function add(into: Origins, what: Origins, sign: 1 | -1): void {
  into.human += sign * what.human;
  into.model += sign * what.model;
  into.undeclared += sign * what.undeclared;
}

/** A source that was dropped once must not come back with some of its records. */
function prune(counts: OriginCounts): void {
  const ranked = [...counts.sources.keys()].map(rankOf).sort((a, b) => (isAfter(a, b) ? 1 : -1));
  if (ranked.length > sourcesKept) {
    const last = ranked[sourcesKept - 1]!;
    if (counts.last === undefined || isAfter(counts.last, last)) counts.last = last;
  }
  for (const rank of ranked) if (counts.last && isAfter(rank, counts.last)) counts.sources.delete(rank[1]);
}

function isAfter([hash, name]: Rank, [otherHash, otherName]: Rank): boolean {
  return hash > otherHash || (hash === otherHash && name > otherName);
}

/** FNV-1a over UTF-16 units. */
function rankOf(name: string): Rank {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index++)
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  return [hash >>> 0, name];
}

export function encodeCounts(counts: OriginCounts): Uint8Array {
  prune(counts);
  const row = (name: string, {human, model, undeclared}: Origins) => [name, human, model, undeclared];
  const sources = [...counts.sources].sort(([a], [b]) => (a < b ? -1 : 1));
  const rows = sources.map(([name, origins]) => row(name, origins));
  return new TextEncoder().encode(JSON.stringify([row('', counts.total), counts.last ?? null, rows]));
}

export function decodeCounts(bytes: Uint8Array): OriginCounts {
  type Row = [name: string, human: number, model: number, undeclared: number];
  const [total, last, rows] = JSON.parse(new TextDecoder().decode(bytes)) as [Row, Rank | null, Row[]];
  const origins = ([, human, model, undeclared]: Row): Origins => ({human, model, undeclared});
  return {
    total: origins(total),
    sources: new Map(rows.map(row => [row[0], origins(row)])),
    last: last ?? undefined,
  };
}
