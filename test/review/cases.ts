import type {Case} from '../../src/review/case.js';

/** Cases as a run would give them: two rules, three files, clusters of rows that name their first one. */
export function someCases(count: number): Case[] {
  return Array.from({length: count}, (_, row) => ({
    row,
    // Every seventh row has the bytes of the one before it.
    hash: String(row % 7 === 6 ? row - 1 : row).padStart(32, '0'),
    id: `id-${row}`,
    path: `data/${'abc'[row % 3]}.jsonl`,
    line: row + 1,
    verdict: row % 4 === 0 ? ('quarantine' as const) : ('reject' as const),
    rules: row % 5 === 4 ? [] : [row % 2 === 0 ? 'duplicate/near' : 'synthetic/style'],
    source: `source-${row % 4}`,
    cluster: row - (row % 3),
    similarity: (row % 10) / 10,
    message: `message ${row}`,
    at: [row * 10, row * 10 + 9],
  }));
}
