import type {Estimate} from './entropy.js';
import type {Kept} from './keep-rates.js';
import {type Interval, wilson} from './proportions.js';
import {ratioOfShares} from './ratios.js';

/** What a gate does to the share of correct records. */
export interface Purity {
  /** Keep-rates of correct and of wrong records. */
  readonly phi: Estimate;
  readonly psi: Estimate;
  /** Share of correct records before, of those that are known. */
  readonly before: number;
  /** Wilson's, where the round is a sample of what the generator gives. */
  readonly beforeInterval: Interval;
  readonly after: Estimate;
}

/**
 * Purity after a gate, p phi / (p phi + (1 - p) psi), for a share p of correct records before and keep-rates
 * phi of the correct and psi of the wrong ones. It exceeds p exactly when phi exceeds psi, and its interval is
 * that of psi / phi. Undefined where there are no records of a kind, or none was kept.
 */
export function purityOf(correct: Kept, wrong: Kept): Purity | undefined {
  if (correct.before === 0 || wrong.before === 0 || correct.after + wrong.after === 0) return;
  const before = correct.before / (correct.before + wrong.before);
  const rate = ({before: total, after: count}: Kept) => ({
    value: count / total,
    interval: wilson(count, total),
  });
  const at = (ratio: number) =>
    ratio === Number.POSITIVE_INFINITY ? 0 : before / (before + (1 - before) * ratio);
  const [low, high] = ratioOfShares(
    {count: wrong.after, total: wrong.before},
    {count: correct.after, total: correct.before},
  );
  return {
    phi: rate(correct),
    psi: rate(wrong),
    before,
    beforeInterval: wilson(correct.before, correct.before + wrong.before),
    after: {value: correct.after / (correct.after + wrong.after), interval: [at(high), at(low)]},
  };
}
