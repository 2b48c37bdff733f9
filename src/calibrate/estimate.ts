import {type Interval, wilson} from '../../rules/statistics/proportions.js';
import {drawn} from './draws.js';

/** A record that somebody has labelled. */
export interface Labelled {
  readonly bad: boolean;
  /** Higher is worse; undefined where the rule abstained, so that no limit flags it. */
  readonly score: number | undefined;
  /** Which part of the run it was drawn from. */
  readonly stratum: number;
}

export interface Estimate {
  readonly value: number;
  readonly interval: Interval;
}

/** What flagging every record with at least this score would do. */
export interface Step {
  readonly score: number;
  /** Labelled records flagged. */
  readonly flagged: number;
  readonly precision: Estimate;
  readonly recall: Estimate;
  readonly fpr: Estimate;
  /**
   * The share of good records flagged that is to be expected of the next ones: as if one more were flagged
   * (split-conformal; one of the stratum that weighs most).
   */
  readonly expectedFpr: number;
}

/**
 * All limits between different scores, the strictest first. `sizes` says how many records each stratum stands for: one
 * draws on all records alike where it is the only one, else records weigh by size over sample. Intervals are 95 %: of
 * Wilson for one stratum, else from draws of what the samples leave possible (Dirichlet after Jeffreys, fixed seed).
 */
export function stepsOf(
  records: readonly Labelled[],
  sizes: readonly number[],
  chosen?: (score: number) => boolean,
): Step[] {
  const totals = sizes.map((_, stratum) => countsOf(records.filter(one => one.stratum === stratum)));
  const weights = totals.map(({bad, good}, stratum) =>
    bad + good === 0 ? 0 : sizes[stratum]! / (bad + good),
  );
  const heaviest = Math.max(...weights);
  const goods = weighed(
    totals.map(({good}) => good),
    weights,
  );
  const sorted = records
    .filter(one => one.score !== undefined)
    .sort((one, other) => other.score! - one.score!);
  const above = sizes.map(() => ({bad: 0, good: 0}));
  const steps: Step[] = [];
  for (const [index, {bad, score, stratum}] of sorted.entries()) {
    above[stratum]![bad ? 'bad' : 'good']++;
    if (sorted[index + 1]?.score === score || (chosen && !chosen(score!))) continue;
    const flaggedGood = weighed(
      above.map(({good}) => good),
      weights,
    );
    steps.push({
      score: score!,
      flagged: index + 1,
      expectedFpr: (flaggedGood + heaviest) / (goods + heaviest),
      ...estimates(above, totals, weights, sizes),
    });
  }
  return steps;
}

export interface Counts {
  bad: number;
  good: number;
}

function countsOf(records: readonly Labelled[]): Counts {
  const bad = records.filter(one => one.bad).length;
  return {bad, good: records.length - bad};
}

function weighed(counts: readonly number[], weights: readonly number[]): number {
  return counts.reduce((sum, count, stratum) => sum + count * weights[stratum]!, 0);
}

function estimates(
  above: readonly Counts[],
  totals: readonly Counts[],
  weights: readonly number[],
  sizes: readonly number[],
) {
  const sums = (key: keyof Counts, of: readonly Counts[]) =>
    weighed(
      of.map(one => one[key]),
      weights,
    );
  const [hit, wrong, bad, good] = [
    sums('bad', above),
    sums('good', above),
    sums('bad', totals),
    sums('good', totals),
  ];
  const values = {precision: hit / (hit + wrong), recall: hit / bad, fpr: wrong / good};
  const sampled = totals.filter(one => one.bad + one.good > 0);
  if (sampled.length === 1) {
    const [[a], [t]] = [above.filter((_, at) => totals[at]!.bad + totals[at]!.good > 0), sampled] as [
      Counts[],
      Counts[],
    ];
    return {
      precision: {value: values.precision, interval: wilson(a!.bad, a!.bad + a!.good)},
      recall: {value: values.recall, interval: wilson(a!.bad, t!.bad)},
      fpr: {value: values.fpr, interval: wilson(a!.good, t!.good)},
    };
  }
  const intervals = drawn(above, totals, sizes);
  return {
    precision: {value: values.precision, interval: intervals[0]!},
    recall: {value: values.recall, interval: intervals[1]!},
    fpr: {value: values.fpr, interval: intervals[2]!},
  };
}
