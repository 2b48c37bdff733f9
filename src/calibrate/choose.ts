import {z95} from '../../rules/statistics/proportions.js';
import {type Labelled, type Step, stepsOf} from './estimate.js';
import {flags, limitFor} from './limit.js';
import type {Target} from './targets.js';

/** What is wanted of a limit. */
export type Goal = {readonly fpr: number} | {readonly precision: number};

export interface Row extends Omit<Step, 'score' | 'expectedFpr'> {
  /** Value of the option. */
  readonly limit: number;
}

/** The limits of one option, and the one that does what is wanted. */
export interface Calibrated {
  readonly kind: Target['kind'];
  readonly id: string;
  readonly option: string;
  readonly signal: string;
  readonly current: number;
  readonly bad: number;
  readonly good: number;
  /** Labelled records of which the rule says nothing: no limit flags them. */
  readonly abstained: number;
  readonly rows: readonly Row[];
  /** The least strict limit that does it; null where none does, and `why` says what is missing. */
  readonly chosen: Row | null;
  readonly why: string | null;
}

const listed = 8;

export function calibrateTarget(
  target: Target,
  records: readonly Labelled[],
  sizes: readonly number[],
  goal: Goal,
): Calibrated {
  const {kind, id, option, signal, current} = target;
  const bad = records.filter(one => one.bad).length;
  const good = records.length - bad;
  const scores = [...new Set(records.flatMap(({score}) => (score === undefined ? [] : [score])))].sort(
    (one, other) => other - one,
  );
  const known = {
    kind,
    id,
    option,
    signal,
    current,
    bad,
    good,
    abstained: records.filter(({score}) => score === undefined).length,
  };
  const limitOf = (score: number) => limitFor(target, score, scores[scores.indexOf(score) + 1]);
  const within = ({score}: Step) => {
    const limit = limitOf(score);
    return limit >= target.range[0] && limit <= target.range[1] && flags(target, limit, score);
  };
  const steps = stepsOf(records, sizes).filter(within);
  const enough = (step: Step) =>
    'fpr' in goal ? step.expectedFpr <= goal.fpr : step.precision.interval[0] >= goal.precision;
  const chosen = bad === 0 ? undefined : steps.findLast(enough);
  const row = ({score, expectedFpr: _, ...step}: Step): Row => ({limit: limitOf(score), ...step});
  const shown = spread(steps, chosen);
  return {
    ...known,
    rows: shown.map(row),
    chosen: chosen ? row(chosen) : null,
    why: chosen ? null : whyNone(records, sizes, steps, goal, {bad, good}),
  };
}

/** Some of the steps, as far apart as can be, the chosen one among them. */
function spread(steps: readonly Step[], chosen: Step | undefined): Step[] {
  const wanted = new Set(
    Array.from({length: listed}, (_, at) => Math.round((at * (steps.length - 1)) / (listed - 1))),
  );
  return steps.filter((step, at) => wanted.has(at) || step === chosen);
}

function whyNone(
  records: readonly Labelled[],
  sizes: readonly number[],
  steps: readonly Step[],
  goal: Goal,
  {bad, good}: {readonly bad: number; readonly good: number},
): string {
  if (bad === 0) return 'none of the labelled records is bad: label some that should be flagged';
  if ('fpr' in goal) {
    const more = moreGood(records, sizes, goal.fpr);
    if (more > 0) {
      return `${good} good records cannot tell a share of ${goal.fpr} false positives: label at least ${more} more good ones`;
    }
    return steps.length === 0
      ? 'no value that the option may have flags one of the labelled records'
      : 'even the highest score flags more good records than that';
  }
  // So many right ones in a row, and no wrong one, have this lower end (Wilson).
  const needed = Math.ceil((z95 ** 2 * goal.precision) / (1 - goal.precision));
  const cleanest = steps.findLast(step => step.precision.value === 1)?.flagged ?? 0;
  const best = Math.max(0, ...steps.map(step => step.precision.value));
  return cleanest > 0 && best === 1
    ? `the ${cleanest} worst of the labelled records are all bad, and ${needed} must be for a precision of ${goal.precision} with 95 % confidence: label at least ${needed - cleanest} more of those that score highest`
    : `no limit is right often enough: the best is right in ${(100 * best).toFixed(0)} % of the labelled records`;
}

/** Good records that are missing until one flagged one in 1 + n of them is rare enough. */
function moreGood(records: readonly Labelled[], sizes: readonly number[], fpr: number): number {
  const counts = sizes.map((_, stratum) => records.filter(one => one.stratum === stratum));
  const weights = counts.map(({length}, stratum) => (length === 0 ? 0 : sizes[stratum]! / length));
  const good = counts.reduce(
    (sum, of, stratum) => sum + weights[stratum]! * of.filter(({bad}) => !bad).length,
    0,
  );
  const heaviest = Math.max(...weights);
  if (heaviest / (good + heaviest) <= fpr) return 0;
  const known = records.filter(({bad}) => !bad).length;
  // More labels make every one of them weigh less.
  const needed = Math.ceil((1 / fpr - 1) * (heaviest / Math.max(heaviest, good / Math.max(1, known))));
  return Math.max(1, needed - known);
}
