import {counted, percent, quantity} from '../report/numbers.js';
import {excerpt} from '../report/sanitize.js';
import {table} from '../report/width.js';
import type {RuleStats, Strata} from './stats.js';

/** What people's decisions say of each rule, for a terminal. */
export function renderStats(
  stats: readonly RuleStats[],
  strata: Strata,
  reviewed: number,
  conflicts: number,
): string {
  const lines = [
    `${counted(reviewed, 'record')} of this run reviewed, of ${counted(strata.flagged, 'flagged record')} and ${counted(strata.others, 'other')}.`,
  ];
  if (conflicts > 0) {
    lines.push(
      `Reviewers disagree about ${counted(conflicts, 'record')}: these count for nobody. Talk, and decide again.`,
    );
  }
  if (stats.length > 0) {
    const rows = stats.map(({rule, reviewed: seen, right, precision, recall, threshold}) => [
      excerpt(rule, 40),
      `${right} of ${seen}`,
      between(precision),
      recall === undefined ? '' : percent(round(recall.value)),
      recall === undefined ? '' : between(recall.interval),
      threshold === undefined ? '' : `${quantity(threshold.score)} (keeps ${threshold.kept} of ${seen})`,
    ]);
    const titles = ['rule', 'right', 'precision', 'recall', '95 % interval', 'score for 95 % precision'];
    lines.push(
      '',
      ...table([titles, ...rows], ['left', 'right', 'right', 'right', 'right', 'left']).map(row =>
        row.join('  ').trimEnd(),
      ),
    );
  }
  if (stats.every(({recall}) => recall === undefined)) {
    lines.push(
      '',
      'No recall: only a random sample of flagged and other records tells what was missed. `collapse review --blind` draws one.',
    );
  }
  return `${lines.join('\n')}\n`;
}

function between([low, high]: readonly [number, number]): string {
  return `${percent(round(low))} to ${percent(round(high))}`;
}

/** Small samples do not tell tenths of a percent. */
function round(share: number): number {
  return Math.round(share * 100) / 100;
}
