import type {Verdict} from '../api.js';
import {bytesColumn, numbersColumn, wordsColumn} from '../neighbours/columns.js';
import type {ScanResult} from './scanner.js';

/** What became of a row. */
export const rowVerdicts = ['accept', 'quarantine', 'reject', 'malformed'] as const;
export type RowVerdict = (typeof rowVerdicts)[number];

/** All rows of a round, in order, in columns: about 30 bytes a row, whatever its length. */
export interface Rows {
  readonly count: number;
  append(result: ScanResult): number;
  input(row: number): number;
  /** Byte range in the input's plain file. */
  start(row: number): number;
  end(row: number): number;
  line(row: number): number;
  variant(row: number): number;
  verdict(row: number): RowVerdict;
  setVerdict(row: number, verdict: Verdict | 'malformed'): void;
  /** Bit i set: the i-th record gate alone would not have accepted it. */
  failed(row: number): number;
  setFailed(row: number, gates: number): void;
  /** A duplicate rule flagged it. */
  duplicate(row: number): boolean;
  setDuplicate(row: number): void;
}

export function createRows(): Rows {
  const inputs = wordsColumn();
  const starts = numbersColumn();
  const lengths = wordsColumn();
  const lines = wordsColumn();
  const variants = wordsColumn();
  const verdicts = bytesColumn();
  const failed = wordsColumn();
  const duplicates = bytesColumn();
  let count = 0;
  return {
    get count() {
      return count;
    },
    append(result) {
      const first = count;
      inputs.write(first, new Uint32Array(result.count).fill(result.input));
      starts.write(first, result.starts);
      const length = new Uint32Array(result.count);
      for (let row = 0; row < result.count; row++) length[row] = result.ends[row]! - result.starts[row]!;
      lengths.write(first, length);
      lines.write(first, result.lines);
      if (result.variants.some(variant => variant !== 0))
        variants.write(first, Uint32Array.from(result.variants));
      count += result.count;
      return first;
    },
    input: inputs.get,
    start: starts.get,
    end: row => starts.get(row) + lengths.get(row),
    line: lines.get,
    variant: variants.get,
    verdict: row => rowVerdicts[verdicts.get(row)]!,
    setVerdict: (row, verdict) => verdicts.set(row, rowVerdicts.indexOf(verdict)),
    failed: failed.get,
    setFailed: failed.set,
    duplicate: row => duplicates.get(row) === 1,
    setDuplicate: row => duplicates.set(row, 1),
  };
}
