import type {Gate, Rule} from '../../api.js';
import {count, rate} from '../numbers.js';
import type {Report, RuleCount} from '../report.js';
import {excerpt} from '../sanitize.js';
import type {Style} from '../style.js';
import {subjectOf} from '../subject.js';
import {table} from '../width.js';
import {advice, titled, why} from './prose.js';

interface Known {
  readonly rules: ReadonlyMap<string, Rule>;
  readonly gates: ReadonlyMap<string, Gate>;
}

/** One line per rule that found something, worst first, with why it matters and what to do. */
export function renderRules(report: Report, {rules, gates}: Known, style: Style): string[] {
  const {paint} = style;
  const found = Object.entries(report.counts)
    .filter(([, {findings}]) => findings > 0)
    .sort(([a, x], [b, y]) => y.errors - x.errors || y.findings - x.findings || (a < b ? -1 : 1));
  if (found.length === 0) return [];
  const rows = found.map(([rule, counts]) => [
    `  ${excerpt(rule, 40)}`,
    levels(counts),
    count(counts.findings),
    count(counts.records),
    rate(counts.records, report.totals.records),
  ]);
  const [header = [], ...body] = table(
    [['Rules', 'level', 'findings', 'records', 'share'], ...rows],
    ['left', 'left', 'right', 'right', 'right'],
  );
  const lines = [titled(header, style)];
  for (const [at, [id, level = '', ...numbers]] of body.entries()) {
    const [name, {errors}] = found[at]!;
    lines.push([paint.cyan(id!), (errors > 0 ? paint.red : paint.yellow)(level), ...numbers].join('  '));
    const subject = subjectOf(name, rules, gates);
    if (subject) lines.push(...why(subject.why, style), ...advice(subject.advice, style));
  }
  const example = found.map(([name]) => name).find(name => subjectOf(name, rules, gates));
  if (example) lines.push(paint.dim(`  More on each of them: collapse explain ${excerpt(example, 40)}`));
  return lines;
}

function levels({errors, warnings}: RuleCount): string {
  if (errors > 0 && warnings > 0) return 'error, warn';
  return errors > 0 ? 'error' : 'warn';
}
