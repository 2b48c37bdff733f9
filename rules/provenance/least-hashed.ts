/**
 * What some records showed, those with the least hash: the same ones in whatever order records come and summaries
 * are merged. The more records there are, the fewer of them are looked at.
 */
export interface LeastHashed {
  readonly found: Map<number, string>;
  /** Greatest hash that is kept; undefined while all are. */
  last: number | undefined;
}

const kept = 1000;

export function noneHashed(): LeastHashed {
  return {found: new Map(), last: undefined};
}

/** Looks at a record where its hash is among the least so far. */
export function lookAt(sample: LeastHashed, hash: number, look: () => string): void {
  if ((sample.last !== undefined && hash > sample.last) || sample.found.has(hash)) return;
  sample.found.set(hash, look());
  if (sample.found.size > 2 * kept) prune(sample);
}

export function mergeHashed(into: LeastHashed, from: LeastHashed): void {
  if (from.last !== undefined) into.last = Math.min(into.last ?? from.last, from.last);
  for (const [hash, value] of from.found) {
    const known = into.found.get(hash);
    // Two texts of one hash: the same one of them in any order.
    if (known === undefined || value < known) into.found.set(hash, value);
  }
  prune(into);
}

function prune(sample: LeastHashed): void {
  const hashes = [...sample.found.keys()].sort((a, b) => a - b);
  if (hashes.length > kept) sample.last = Math.min(sample.last ?? hashes[kept - 1]!, hashes[kept - 1]!);
  for (const hash of hashes) if (sample.last !== undefined && hash > sample.last) sample.found.delete(hash);
}

/** What was found, by how often. */
export function tallied(sample: LeastHashed): Map<string, number> {
  prune(sample);
  const counts = new Map<string, number>();
  for (const value of sample.found.values()) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

export function encodeHashed(sample: LeastHashed): Uint8Array {
  prune(sample);
  const found = [...sample.found].sort(([a], [b]) => a - b);
  return new TextEncoder().encode(JSON.stringify([sample.last ?? null, found]));
}

export function decodeHashed(bytes: Uint8Array): LeastHashed {
  const [last, found] = JSON.parse(new TextDecoder().decode(bytes)) as [number | null, [number, string][]];
  return {found: new Map(found), last: last ?? undefined};
}
