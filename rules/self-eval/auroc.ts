import type {Estimate} from '../statistics/entropy.js';
import {z95} from '../statistics/proportions.js';

/** Records by the score they gave themselves, in bins from 0 to 1. */
export interface Scored {
  readonly right: ArrayLike<number>;
  readonly wrong: ArrayLike<number>;
}

const sum = (counts: ArrayLike<number>) => Array.from(counts).reduce((total, count) => total + count, 0);

/**
 * Chance that a right answer has a higher score than a wrong one, ties counting half, with the interval of
 * J. A. Hanley and B. J. McNeil (Radiology 143, 1982). Undefined without answers of both kinds.
 */
export function auroc({right, wrong}: Scored): Estimate | undefined {
  const [n, m] = [sum(right), sum(wrong)];
  if (n === 0 || m === 0) return undefined;
  let below = 0;
  let wins = 0;
  for (let bin = 0; bin < right.length; bin++) {
    wins += right[bin]! * (below + wrong[bin]! / 2);
    below += wrong[bin]!;
  }
  const value = wins / (n * m);
  const q1 = value / (2 - value);
  const q2 = (2 * value ** 2) / (1 + value);
  const variance =
    (value * (1 - value) + (n - 1) * (q1 - value ** 2) + (m - 1) * (q2 - value ** 2)) / (n * m);
  // At 0 and 1 the formula has no width. Four of each kind in the right order happen by chance once in 70.
  const spread = Math.max(z95 * Math.sqrt(Math.max(0, variance)), Math.min(1, 2 / Math.min(n, m)));
  return {value, interval: [Math.max(0, value - spread), Math.min(1, value + spread)]};
}

/**
 * Expected calibration error: mean distance of score and share of right answers over ten equal stretches of
 * the score, weighted by their records (arXiv:1706.04599).
 */
export function calibrationError({right, wrong}: Scored): number {
  const bins = right.length;
  const total = sum(right) + sum(wrong);
  let error = 0;
  for (let group = 0; group < 10; group++) {
    let [records, hits, scores] = [0, 0, 0];
    for (let bin = 0; bin < bins; bin++) {
      if (Math.min(9, Math.floor((bin / (bins - 1)) * 10)) !== group) continue;
      const here = right[bin]! + wrong[bin]!;
      records += here;
      hits += right[bin]!;
      scores += (here * bin) / (bins - 1);
    }
    if (records > 0) error += Math.abs(hits - scores) / total;
  }
  return error;
}

/** Mean score less the share of right answers: above 0 the model thinks too well of itself. */
export function overConfidence({right, wrong}: Scored): number {
  const total = sum(right) + sum(wrong);
  let scores = 0;
  for (let bin = 0; bin < right.length; bin++)
    scores += ((right[bin]! + wrong[bin]!) * bin) / (right.length - 1);
  return (scores - sum(right)) / total;
}
