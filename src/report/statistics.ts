import {count, rate} from './numbers.js';
import type {Report} from './report.js';
import {excerpt} from './sanitize.js';
import {createStyle} from './style.js';
import {renderVerdict} from './stylish/verdict.js';
import type {StylishOptions} from './stylish.js';
import {table} from './width.js';

/** Counts for each rule, the most findings first, and the verdict. */
export function renderStatistics(report: Report, options: StylishOptions): string {
  const {counts, totals} = report;
  const style = createStyle(options);
  const rows = Object.entries(counts)
    .sort(([a, x], [b, y]) => y.findings - x.findings || (a < b ? -1 : 1))
    .map(([rule, {findings, records, errors}]) => [
      count(findings),
      errors > 0 ? 'error' : 'warn',
      rate(records, totals.records),
      excerpt(rule, 60),
    ]);
  const lines = rows.length === 0 ? [] : [...table(rows, ['right', 'left', 'right', 'left']), ''];
  return `${[...lines, ...renderVerdict(report, style)].join('\n')}\n`;
}
