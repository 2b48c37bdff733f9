import {type Interval, wilson} from '../../rules/statistics/proportions.js';
import {recallOf} from './recall.js';

/** A record of the run that people agree about. */
export interface Reviewed {
  /** Rules that reported it. */
  readonly rules: readonly string[];
  /** Whether anything was said about it: it was drawn from these, or from the others. */
  readonly flagged: boolean;
  readonly bad: boolean;
  /** Rules of which a person said that they do not count here. */
  readonly waived: readonly string[];
  /** Drawn at random and shown without what the tool thought. Only these tell what was missed. */
  readonly blind: boolean;
  /** By rule: the number that it goes by, where it gives one. */
  readonly scores: Readonly<Record<string, number>>;
}

export interface RuleStats {
  readonly rule: string;
  /** Reviewed records that it reported, and how many of them people rejected. */
  readonly reviewed: number;
  readonly right: number;
  /** 95 % interval of `right / reviewed`. */
  readonly precision: Interval;
  /** Share of the bad records of the run that it reports, with a 95 % interval; only from blind reviews. */
  readonly recall?: {readonly value: number; readonly interval: Interval};
  /** From which score on at least 95 of 100 reviewed reports are right, and how many reviewed ones that keeps. */
  readonly threshold?: {readonly score: number; readonly kept: number};
}

/** Records of the run that were flagged and that were not: what a blind sample stands for. */
export interface Strata {
  readonly flagged: number;
  readonly others: number;
}

/** How often each rule was right, by what people decided. Worst first. */
export function ruleStats(all: readonly Reviewed[], strata: Strata): RuleStats[] {
  const rules = [...new Set(all.flatMap(one => one.rules))].sort();
  return rules
    .map(rule => statsOf(rule, all, strata))
    .sort((a, b) => a.right / a.reviewed - b.right / b.reviewed || (a.rule < b.rule ? -1 : 1));
}

function statsOf(rule: string, all: readonly Reviewed[], strata: Strata): RuleStats {
  const reported = all.filter(one => one.rules.includes(rule));
  const isRight = (one: Reviewed) => one.bad && !one.waived.includes(rule);
  const right = reported.filter(isRight).length;
  const recall = recallOf(
    rule,
    all.filter(one => one.blind),
    strata,
  );
  const scored = reported.flatMap(one => {
    const score = one.scores[rule];
    return score === undefined ? [] : [{score, right: isRight(one)}];
  });
  const threshold = thresholdFor(scored, 0.95);
  return {
    rule,
    reviewed: reported.length,
    right,
    precision: wilson(right, reported.length),
    ...(recall && {recall}),
    ...(threshold && {threshold}),
  };
}

/** Fewer reviewed reports above a threshold than this say nothing about it. */
const least = 10;

/** The lowest score from which on the share of right reports is at least `wanted`. */
function thresholdFor(
  scored: readonly {readonly score: number; readonly right: boolean}[],
  wanted: number,
): RuleStats['threshold'] {
  const sorted = [...scored].sort((a, b) => b.score - a.score);
  let right = 0;
  let found: RuleStats['threshold'];
  for (const [index, one] of sorted.entries()) {
    if (one.right) right++;
    const kept = index + 1;
    // Records with one score are above a threshold together, or not at all.
    if (sorted[kept]?.score === one.score) continue;
    if (kept >= least && right / kept >= wanted) found = {score: one.score, kept};
  }
  return found;
}
