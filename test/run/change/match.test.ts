import fc from 'fast-check';
import {expect, test} from 'vitest';
import {matchRows, type Version} from '../../../src/run/change/match.js';

/** Rows by a number each: what they hold does not matter here. */
function version(path: string, contents: readonly number[]): Version {
  const hashes = Uint32Array.from(contents.flatMap(content => [content % 3, content, 0, 7]));
  const numbers = contents.map((_, row) => row);
  const starts = Float64Array.from(numbers);
  return {
    path,
    rows: {count: contents.length, hashes, starts, lengths: starts, lines: Uint32Array.from(numbers)},
  };
}

const side = fc.uniqueArray(
  fc.record({path: fc.constantFrom('a', 'b', 'c'), contents: fc.array(fc.nat(6), {maxLength: 12})}),
  {selector: ({path}) => path, maxLength: 3},
);

function counts(files: readonly {contents: readonly number[]}[]): Map<number, number> {
  const counted = new Map<number, number>();
  for (const {contents} of files)
    for (const content of contents) counted.set(content, (counted.get(content) ?? 0) + 1);
  return counted;
}

test('what is new is what there is more of than before, whatever the files and the order', () => {
  fc.assert(
    fc.property(side, side, (now, before) => {
      const {added, kept} = matchRows(
        now.map(({path, contents}) => version(path, contents)),
        before.map(({path, contents}) => version(path, contents)),
      );
      const [have, had] = [counts(now), counts(before)];
      const news = counts(
        now.map(({contents}, file) => ({contents: [...added[file]!].map(row => contents[row]!)})),
      );
      for (const [content, times] of have)
        expect(news.get(content) ?? 0).toBe(Math.max(0, times - (had.get(content) ?? 0)));
      // Each row of before is now one row with the same content, which is not new and nobody else's.
      const places = new Set<string>();
      for (const [old, {file, row}] of kept.entries()) {
        for (let at = 0; at < file.length; at++) {
          if (file[at]! < 0) continue;
          expect(now[file[at]!]!.contents[row[at]!]).toBe(before[old]!.contents[at]);
          expect([...added[file[at]!]!]).not.toContain(row[at]!);
          places.add(`${file[at]} ${row[at]}`);
        }
      }
      const all = now.reduce((sum, {contents}) => sum + contents.length, 0);
      expect(places.size).toBe(all - added.reduce((sum, rows) => sum + rows.length, 0));
    }),
    {numRuns: 500, seed: 6},
  );
});

test('a row that is copied into another file is new there, not where it was', () => {
  const {added} = matchRows([version('a', [1, 2]), version('b', [2])], [version('a', [1, 2])]);
  expect(added.map(rows => [...rows])).toEqual([[], [0]]);
});
