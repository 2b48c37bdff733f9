import type {RowList} from './rows.js';

/** A version of a file: its name and its rows. */
export interface Version {
  readonly path: string;
  readonly rows: RowList;
}

/** Where the rows of an old version are now; -1 for those that are gone. */
export interface Kept {
  readonly file: Int32Array;
  readonly row: Int32Array;
}

export interface Matched {
  /** For each file as it is now, its rows that nobody had before, in order. */
  readonly added: readonly Uint32Array[];
  /** For each old version. */
  readonly kept: readonly Kept[];
}

/**
 * Finds the rows of now that are not among those of before, by content, and counted: of a row that was there
 * once and is there twice, one is new. A file is held against its own old version first, then what is left
 * against what is left of all: a row that moved to another file is not new.
 */
export function matchRows(now: readonly Version[], before: readonly Version[]): Matched {
  const kept = before.map(({rows}) => ({
    file: new Int32Array(rows.count).fill(-1),
    row: new Int32Array(rows.count).fill(-1),
  }));
  const found = now.map(({rows}) => new Uint8Array(rows.count));
  const pair = (file: number, row: number, old: number, oldRow: number) => {
    found[file]![row] = 1;
    kept[old]!.file[oldRow] = file;
    kept[old]!.row[oldRow] = row;
  };
  const byPath = new Map(before.map(({path}, old) => [path, old]));
  for (const [file, {path, rows}] of now.entries()) {
    const old = byPath.get(path);
    if (old === undefined) continue;
    const was = before[old]!.rows;
    const [start, end] = sharedEnds(rows, was);
    for (let row = 0; row < start; row++) pair(file, row, old, row);
    for (let back = 1; back <= end; back++) pair(file, rows.count - back, old, was.count - back);
    const pool = createPool([{rows: was, from: start, to: was.count - end}]);
    for (let row = start; row < rows.count - end; row++) {
      const taken = pool.take(rows, row);
      if (taken !== undefined) pair(file, row, old, taken.row);
    }
  }
  const free = before.map(({rows}, old) => ({
    rows,
    from: 0,
    to: rows.count,
    skip: (row: number) => kept[old]!.file[row]! >= 0,
  }));
  const pool = createPool(free);
  const added = now.map(({rows}, file) => {
    const left: number[] = [];
    for (let row = 0; row < rows.count; row++) {
      if (found[file]![row] === 1) continue;
      const taken = pool.take(rows, row);
      if (taken === undefined) left.push(row);
      else pair(file, row, taken.list, taken.row);
    }
    return Uint32Array.from(left);
  });
  return {added, kept};
}

/** Rows that two versions share at their beginning and at their end: all of them, in most changes. */
function sharedEnds(a: RowList, b: RowList): [start: number, end: number] {
  const shorter = Math.min(a.count, b.count);
  let start = 0;
  while (start < shorter && same(a, start, b, start)) start++;
  let end = 0;
  while (end < shorter - start && same(a, a.count - 1 - end, b, b.count - 1 - end)) end++;
  return [start, end];
}

function same(a: RowList, row: number, b: RowList, other: number): boolean {
  for (let at = 0; at < 4; at++) if (a.hashes[4 * row + at] !== b.hashes[4 * other + at]) return false;
  return true;
}

interface Stretch {
  readonly rows: RowList;
  readonly from: number;
  readonly to: number;
  readonly skip?: (row: number) => boolean;
}

/** Rows by content; each can be taken once, those that come first before the others. */
function createPool(lists: readonly Stretch[]) {
  const size = lists.reduce((sum, {from, to}) => sum + to - from, 0);
  let slots = 16;
  while (slots < size * 2) slots *= 2;
  const heads = new Int32Array(slots).fill(-1);
  const next = new Int32Array(size);
  const listOf = new Int32Array(size);
  const rowOf = new Int32Array(size);
  let used = 0;
  const slotOf = ({hashes}: RowList, row: number) => hashes[4 * row]! & (slots - 1);
  // Backwards, so that the first row of a chain is the first of the lists.
  for (let list = lists.length - 1; list >= 0; list--) {
    const {rows, from, to, skip} = lists[list]!;
    for (let row = to - 1; row >= from; row--) {
      if (skip?.(row)) continue;
      const slot = slotOf(rows, row);
      listOf[used] = list;
      rowOf[used] = row;
      next[used] = heads[slot]!;
      heads[slot] = used++;
    }
  }
  return {
    take(rows: RowList, row: number): {list: number; row: number} | undefined {
      const slot = slotOf(rows, row);
      for (let at = heads[slot]!, last = -1; at >= 0; last = at, at = next[at]!) {
        const list = listOf[at]!;
        if (!same(rows, row, lists[list]!.rows, rowOf[at]!)) continue;
        if (last < 0) heads[slot] = next[at]!;
        else next[last] = next[at]!;
        return {list, row: rowOf[at]!};
      }
      return undefined;
    },
  };
}
