import type {Gate, Rule} from '../../api.js';
import {count, quantity, rate} from '../numbers.js';
import type {GateReport, Report, RuleCount} from '../report.js';
import {excerpt} from '../sanitize.js';
import type {Style} from '../style.js';
import {cells, table, wrap} from '../width.js';

/** One line per rule that found something, worst first, with why it matters and what to do. */
export function renderRules(report: Report, rules: ReadonlyMap<string, Rule>, style: Style): string[] {
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
    const rule = rules.get(name);
    if (rule) lines.push(...aside('why', rule.why, style), ...aside('do', rule.advice, style));
  }
  const example = found.map(([name]) => name).find(name => rules.has(name));
  if (example) lines.push(paint.dim(`  More on a rule or gate: collapse explain ${excerpt(example, 40)}`));
  return lines;
}

function levels({errors, warnings}: RuleCount): string {
  if (errors > 0 && warnings > 0) return 'error, warn';
  return errors > 0 ? 'error' : 'warn';
}

/** Measures beside the reference's value, by name. */
export function renderMeasures(report: Report, style: Style): string[] {
  const measures = Object.entries(report.measures).sort(([a], [b]) => (a < b ? -1 : 1));
  if (measures.length === 0) return [];
  const rows = measures.map(([name, {value, interval, reference}]) => [
    `  ${excerpt(name, 50)}`,
    quantity(value),
    interval ? `[${quantity(interval[0])}, ${quantity(interval[1])}]` : '',
    reference === undefined ? '' : quantity(reference),
  ]);
  const title = ['Measures', 'value', 'interval', 'reference'];
  const used = title.map((_, column) => column < 2 || rows.some(row => row[column] !== ''));
  const [header = [], ...body] = table(
    [title, ...rows].map(row => row.filter((_, column) => used[column])),
    title.filter((_, column) => used[column]).map((_, column) => (column === 0 ? 'left' : 'right')),
  );
  const paintRow = ([name = '', ...numbers]: string[]) => [style.paint.cyan(name), ...numbers].join('  ');
  return [titled(header, style), ...body.map(row => paintRow(row).trimEnd())];
}

/** Gates with what they measured and their limit; the advice of those that did not pass. */
export function renderGates(report: Report, gates: ReadonlyMap<string, Gate>, style: Style): string[] {
  if (report.gates.length === 0) return [];
  const rows = report.gates.map(gate => [
    `  ${style.symbols[gate.status]} ${excerpt(gate.id, 40)}`,
    gate.scope,
    gate.measured === undefined
      ? ''
      : gate.scope === 'record'
        ? rate(gate.measured, 1)
        : quantity(gate.measured),
    gate.limit === undefined ? '' : quantity(gate.limit),
  ]);
  const [header = [], ...body] = table(
    [['Gates', 'judges', 'measured', 'limit'], ...rows],
    ['left', 'left', 'right', 'right'],
  );
  const lines = [titled(header, style)];
  for (const [at, row] of body.entries()) lines.push(...renderGate(report.gates[at]!, row, gates, style));
  return lines;
}

function renderGate(
  gate: GateReport,
  row: string[],
  gates: ReadonlyMap<string, Gate>,
  style: Style,
): string[] {
  const {paint, width} = style;
  const line = row.join('  ');
  const message = excerpt(gate.message, 300);
  const at = line.length + 2;
  const beside = width - at >= 30;
  const [first = '', ...rest] = wrap(message, width - (beside ? at : 4));
  // A record gate that turned records away did its work; only a round gate fails the round.
  const failed = gate.scope === 'round' ? paint.red : paint.yellow;
  const colored = {pass: paint.green, fail: failed, abstain: paint.dim}[gate.status](row[0]!);
  const start = [colored, ...row.slice(1)].join('  ');
  const advice = gate.status === 'pass' ? undefined : gates.get(gate.id)?.advice;
  return [
    ...(beside ? [`${start}  ${first}`] : [start.trimEnd(), `    ${first}`]),
    ...rest.map(text => ' '.repeat(beside ? at : 4) + text),
    ...(advice ? aside('do', advice, style) : []),
  ];
}

function titled([title = '', ...rest]: readonly string[], {paint}: Style): string {
  return `${paint.bold(title)}  ${paint.dim(rest.join('  '))}`.trimEnd();
}

/** A dim note under a table row, of at most two lines: `collapse explain` has all of it. */
function aside(label: string, text: string, {paint, width, symbols}: Style): string[] {
  const start = 9;
  const room = Math.min(width, 110) - start;
  const [first = '', second, ...rest] = wrap(excerpt(text, 1000), room);
  let last = second ?? '';
  if (rest.length > 0) {
    const more = ` ${symbols.ellipsis}`;
    while (cells(last + more) > room && last.includes(' ')) last = last.slice(0, last.lastIndexOf(' '));
    last += more;
  }
  const lines = [
    `    ${label.padEnd(start - 4)}${first}`,
    ...(last === '' ? [] : [' '.repeat(start) + last]),
  ];
  return lines.map(paint.dim);
}
