import {cellOf, cells, kinds, type Scores, stepOf, steps} from './scores.js';

/**
 * P-values of style scores against a corpus of people (split-conformal, arXiv:2107.07511): the share of its
 * records of like kind and length that score as high, the record at hand counted in. Of exchangeable human
 * records at most a share p has a p-value of p or less, whatever the detector is worth.
 */
export interface Calibration {
  pValue(score: number, words: number, answer: boolean): PValue | undefined;
}

export interface PValue {
  readonly p: number;
  /** Human records that it was held against. */
  readonly records: number;
}

/** Fewer records of like length, then of like kind, are not asked. */
const fewestOfCell = 300;
const fewest = 50;

export function calibrate(scores: Scores): Calibration {
  const above = countsAbove(scores);
  return {
    pValue(score, words, answer) {
      const counts = above[cellOf(words, answer)];
      if (counts === undefined) return undefined;
      const records = counts[0]!;
      return {p: (1 + counts[stepOf(score)]!) / (records + 1), records};
    },
  };
}

/** For each cell, and each step, the records that score as high: of the cell, its kind, or all. */
export function countsAbove({counts}: Scores): (Float64Array | undefined)[] {
  const own = Array.from({length: cells}, (_, cell) =>
    accumulated(counts.subarray(cell * steps, (cell + 1) * steps)),
  );
  const perKind = cells / kinds;
  const byKind = Array.from({length: kinds}, (_, kind) =>
    total(own.slice(kind * perKind, (kind + 1) * perKind)),
  );
  const all = total(byKind);
  return own.map((cell, at) => {
    const kind = byKind[Math.floor(at / perKind)]!;
    if (cell[0]! >= fewestOfCell) return cell;
    if (kind[0]! >= fewestOfCell) return kind;
    return all[0]! >= fewest ? all : undefined;
  });
}

function accumulated(counts: Float64Array): Float64Array {
  const above = new Float64Array(steps);
  let sum = 0;
  for (let at = steps - 1; at >= 0; at--) {
    sum += counts[at]!;
    above[at] = sum;
  }
  return above;
}

function total(parts: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(steps);
  for (const part of parts) for (let at = 0; at < steps; at++) sum[at]! += part[at]!;
  return sum;
}

/** How many records have each p-value, the smallest first. */
export function pValuesOf(round: Scores, human: Scores): {p: number; count: number}[] {
  const above = countsAbove(human);
  const byP = new Map<number, number>();
  for (let cell = 0; cell < cells; cell++) {
    const counts = above[cell];
    if (counts === undefined) continue;
    for (let step = 0; step < steps; step++) {
      const count = round.counts[cell * steps + step]!;
      if (count === 0) continue;
      const p = (1 + counts[step]!) / (counts[0]! + 1);
      byP.set(p, (byP.get(p) ?? 0) + count);
    }
  }
  return [...byP].map(([p, count]) => ({p, count})).sort((one, other) => one.p - other.p);
}

/**
 * The longest list of records of which at most a share `rate` is expected to be human (Benjamini and Hochberg
 * 1995, on conformal p-values: arXiv:2104.08279), and the p-value up to which it goes.
 */
export function discoveries(
  pValues: readonly {p: number; count: number}[],
  rate: number,
): {count: number; limit: number} {
  const total = pValues.reduce((sum, {count}) => sum + count, 0);
  let found = {count: 0, limit: 0};
  let sum = 0;
  for (const {p, count} of pValues) {
    sum += count;
    if (p <= (rate * sum) / total) found = {count: sum, limit: p};
  }
  return found;
}
