import type {DataFile} from './files.js';
import {type Kept, matchRows} from './match.js';
import type {Whereabouts} from './rest.js';
import type {RowList} from './rows.js';
import type {Sides} from './sides.js';

/** What became of the files of a side before. */
export interface Before {
  /** Files that are there as a whole, with the file they are now. */
  readonly whole: ReadonlyMap<DataFile, DataFile>;
  /** The others: where each of their rows is now. */
  readonly parts: ReadonlyMap<DataFile, {readonly rows: RowList; readonly kept: Kept}>;
}

export interface Compared {
  /** Files that are not the same as before, with all of their rows and those that are new. */
  readonly changed: readonly {readonly file: DataFile; readonly rows: RowList; readonly added: Uint32Array}[];
  /** For each side before; of a merge's other sides only what the first does not have. */
  readonly before: readonly Before[];
  /** Records of changed files that were there before, in the same file or in another. */
  readonly stayed: number;
  /** Records that are nowhere any more. */
  readonly gone: number;
}

/** Compares the sides of a change by the content of their rows. `rowsOf` is only asked for what changed. */
export async function compareSides(
  {after, before}: Pick<Sides, 'after' | 'before'>,
  rowsOf: (file: DataFile) => Promise<RowList>,
): Promise<Compared> {
  const [first = [], ...others] = before;
  const own = pairWhole(after, first);
  const done = new Set(own.values());
  const sides: Before[] = [];
  const known = new Set(first.map(({key}) => key));
  const wholes = others.map(side => {
    // A whole file that came with the merge.
    const news = side.filter(({key}) => !known.has(key));
    const pairs = pairWhole(
      after.filter(file => !done.has(file)),
      news,
    );
    for (const file of pairs.values()) done.add(file);
    return {side, pairs, left: news.filter(file => !pairs.has(file))};
  });
  const now = await versions(
    after.filter(file => !done.has(file)),
    rowsOf,
  );
  const old = await versions(
    first.filter(file => !own.has(file)),
    rowsOf,
  );
  const {added, kept} = matchRows(now, old);
  sides.push({whole: own, parts: partsOf(old, kept)});
  let left = added;
  for (const {pairs, left: files} of wholes) {
    // What this side has beyond the first one.
    const theirs = await versions(files, rowsOf);
    const firstOf = await versions(
      first.filter(({path}) => files.some(file => file.path === path)),
      rowsOf,
    );
    const beyond = matchRows(theirs, firstOf).added;
    const pool = theirs.map(({file, path, rows}, at) => ({file, path, rows: subset(rows, beyond[at]!)}));
    const open = now.map(({path, rows}, at) => ({path, rows: subset(rows, left[at]!)}));
    const matched = matchRows(open, pool);
    const before = left;
    left = left.map((rows, at) => matched.added[at]!.map(row => rows[row]!));
    // Rows of a subset by their numbers in the whole.
    const parts = new Map(
      theirs.map(({file, rows}, at) => {
        const {file: toFile, row: toRow} = matched.kept[at]!;
        const to = {file: new Int32Array(rows.count).fill(-1), row: new Int32Array(rows.count).fill(-1)};
        for (const [index, row] of beyond[at]!.entries()) {
          if (toFile[index]! < 0) continue;
          to.file[row] = toFile[index]!;
          to.row[row] = before[toFile[index]!]![toRow[index]!]!;
        }
        return [file, {rows, kept: to}] as const;
      }),
    );
    sides.push({whole: pairs, parts});
  }
  const changed = now.map(({file, rows}, at) => ({file, rows, added: left[at]!}));
  const stayed = changed.reduce((sum, {rows, added: news}) => sum + rows.count - news.length, 0);
  const gone = kept.reduce((sum, {file}) => sum + file.reduce((all, to) => all + (to < 0 ? 1 : 0), 0), 0);
  return {changed, before: sides, stayed, gone};
}

/** Files of before that are now there as they were, under their path or, if that is taken, another. */
function pairWhole(after: readonly DataFile[], before: readonly DataFile[]): Map<DataFile, DataFile> {
  const pairs = new Map<DataFile, DataFile>();
  const byPath = new Map(after.map(file => [file.path, file]));
  const taken = new Set<DataFile>();
  for (const file of before) {
    const same = byPath.get(file.path);
    if (same?.key !== file.key) continue;
    pairs.set(file, same);
    taken.add(same);
  }
  const free = new Map<string, DataFile[]>();
  for (const file of after) if (!taken.has(file)) free.set(file.key, [...(free.get(file.key) ?? []), file]);
  for (const file of before) {
    const moved = pairs.has(file) ? undefined : free.get(file.key)?.shift();
    if (moved !== undefined) pairs.set(file, moved);
  }
  return pairs;
}

async function versions(files: readonly DataFile[], rowsOf: (file: DataFile) => Promise<RowList>) {
  const all = [];
  for (const file of files) all.push({file, path: file.path, rows: await rowsOf(file)});
  return all;
}

function partsOf(old: readonly {file: DataFile; rows: RowList}[], kept: readonly Kept[]): Before['parts'] {
  return new Map(old.map(({file, rows}, at) => [file, {rows, kept: kept[at]!}]));
}

function subset({hashes, starts, lengths, lines}: RowList, rows: Uint32Array): RowList {
  const picked = new Uint32Array(rows.length * 4);
  for (const [index, row] of rows.entries()) picked.set(hashes.subarray(4 * row, 4 * row + 4), 4 * index);
  return {
    count: rows.length,
    hashes: picked,
    starts: Float64Array.from(rows, row => starts[row]!),
    lengths: Float64Array.from(rows, row => lengths[row]!),
    lines: Uint32Array.from(rows, row => lines[row]!),
  };
}

/** Where the records of before are now, for the reference that the rest of the data set is. */
export function whereaboutsOf({before, changed}: Compared, plainOf: (file: DataFile) => string): Whereabouts {
  const parts = new Map(before.flatMap(side => [...side.parts]));
  const whole = new Map(before.flatMap(side => [...side.whole]));

  function rowOf(file: DataFile, start: number): {now: (typeof changed)[number]; row: number} | undefined {
    const {rows, kept} = parts.get(file)!;
    const old = rowAt(rows, start);
    const to = old < 0 ? -1 : kept.file[old]!;
    return to < 0 ? undefined : {now: changed[to]!, row: kept.row[old]!};
  }

  return {
    isChanged: file => parts.has(file),
    has: (file, start) => whole.has(file) || rowOf(file, start) !== undefined,
    find(file, start) {
      const same = whole.get(file);
      if (same !== undefined) return {path: same.shown, file: plainOf(same)};
      const found = rowOf(file, start);
      if (found === undefined) return undefined;
      const {file: now, rows} = found.now;
      const from = rows.starts[found.row]!;
      const row = {line: rows.lines[found.row]!, start: from, end: from + rows.lengths[found.row]!};
      return {path: now.shown, file: plainOf(now), row};
    },
  };
}

/** The row that begins at a byte; -1 when none does. */
function rowAt({starts, count}: RowList, start: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! < start) low = middle + 1;
    else high = middle;
  }
  return starts[low] === start ? low : -1;
}
