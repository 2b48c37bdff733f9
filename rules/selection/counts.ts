/** Records by source, and by label where they have one. Whole numbers, of bounded size. */
export interface SelectionCounts {
  records: number;
  /** Records of a source, for those of `mostSources` whose names have the least hashes. */
  readonly sources: Map<string, number>;
  correct: number;
  wrong: number;
}

/** Sources counted. Of more, a sample that is the same in whatever order records come, each counted in full. */
export const mostSources = 128;
/** Names are cut, as one of a megabyte is a mistake. */
const longestName = 60;

export function emptyCounts(): SelectionCounts {
  return {records: 0, sources: new Map(), correct: 0, wrong: 0};
}

export function countRecord(counts: SelectionCounts, source: string | undefined, label: unknown): void {
  counts.records++;
  if (label === true) counts.correct++;
  else if (label === false) counts.wrong++;
  if (source === undefined) return;
  const name = source.length > longestName ? source.slice(0, longestName) : source;
  counts.sources.set(name, (counts.sources.get(name) ?? 0) + 1);
  // Sorting now and then is cheaper than holding every new name against the largest that is kept.
  if (counts.sources.size > 2 * mostSources) trim(counts.sources);
}

/** `sign` 1 adds; -1 takes out again, of the sources that are kept. */
export function addCounts(into: SelectionCounts, from: SelectionCounts, sign: 1 | -1 = 1): void {
  into.records += sign * from.records;
  into.correct += sign * from.correct;
  into.wrong += sign * from.wrong;
  trim(into.sources);
  for (const [name, records] of from.sources) {
    if (sign === -1 && !into.sources.has(name)) continue;
    const sum = (into.sources.get(name) ?? 0) + sign * records;
    if (sum === 0) into.sources.delete(name);
    else into.sources.set(name, sum);
  }
  trim(into.sources);
}

/** What is dropped can never be among the least of a larger corpus. */
function trim(sources: Map<string, number>): void {
  if (sources.size <= mostSources) return;
  const byHash = [...sources.keys()]
    .map(name => ({name, hash: hashOf(name)}))
    .sort((a, b) => a.hash - b.hash || (a.name < b.name ? -1 : 1));
  for (const {name} of byHash.slice(mostSources)) sources.delete(name);
}

/** FNV-1a of the code units, 32 bits. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

export function encodeCounts({records, correct, wrong, sources}: SelectionCounts): Uint8Array {
  trim(sources);
  const sorted = [...sources].sort(([a], [b]) => (a < b ? -1 : 1));
  return new TextEncoder().encode(JSON.stringify([records, correct, wrong, sorted]));
}

export function decodeCounts(bytes: Uint8Array): SelectionCounts {
  const [records, correct, wrong, sources] = JSON.parse(new TextDecoder().decode(bytes));
  return {records, correct, wrong, sources: new Map(sources)};
}
