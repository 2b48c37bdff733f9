import type {Gate, Rule} from '../../api.js';
import {count, counted} from '../numbers.js';
import type {GateReport, Report} from '../report.js';
import {excerpt} from '../sanitize.js';
import type {Style} from '../style.js';
import {inUnit, unitOfGate, unitsOf} from '../units.js';
import {table, wrap} from '../width.js';
import {advice, titled} from './prose.js';

/** Keeps a number and its name on one line. */
const nbsp = '\u00a0';

interface Known {
  readonly rules: ReadonlyMap<string, Rule>;
  readonly gates: ReadonlyMap<string, Gate>;
}

/** Gates with what they measured and their limit; the advice of those that failed. */
export function renderGates(report: Report, known: Known, style: Style): string[] {
  if (report.gates.length === 0) return [];
  const unitOf = unitsOf(known.rules);
  const rows = report.gates.map(gate => {
    const unit = gate.scope === 'record' ? 'share' : unitOfGate(known.gates.get(gate.id), unitOf);
    return [
      `  ${style.symbols[gate.status]} ${excerpt(gate.id, 40)}`,
      gate.scope,
      gate.measured === undefined ? '' : inUnit(gate.measured, unit),
      gate.limit === undefined ? '' : inUnit(gate.limit, gate.scope === 'record' ? undefined : unit),
    ];
  });
  const title = ['Gates', 'judges', 'measured', 'limit'];
  const used = title.map((_, column) => column < 2 || rows.some(row => row[column] !== ''));
  const [header = [], ...body] = table(
    [title, ...rows].map(row => row.filter((_, column) => used[column])),
    title.filter((_, column) => used[column]).map((_, column) => (column < 2 ? 'left' : 'right')),
  );
  const lines = [titled(header, style)];
  for (const [at, row] of body.entries()) lines.push(...renderGate(report, at, row, known.gates, style));
  return lines;
}

function renderGate(
  report: Report,
  at: number,
  row: string[],
  gates: ReadonlyMap<string, Gate>,
  style: Style,
): string[] {
  const gate = report.gates[at]!;
  const {paint, width} = style;
  const column = row.join('  ').length + 2;
  const beside = width - column >= 30;
  const [first = '', ...rest] = wrap(said(gate, report), width - (beside ? column : 4)).map(line =>
    line.replaceAll(nbsp, ' '),
  );
  // A record gate that turned records away did its work; only a round gate fails the round.
  const failed = gate.scope === 'round' ? paint.red : paint.yellow;
  const colored = {pass: paint.green, fail: failed, abstain: paint.dim}[gate.status](row[0]!);
  const start = [colored, ...row.slice(1)].join('  ');
  // What a gate refused by itself stands among the findings, with this advice.
  const isSaid = (report.counts[`gate/${gate.id}`]?.findings ?? 0) > 0;
  const known = gate.status === 'fail' && !isSaid ? gates.get(gate.id) : undefined;
  return [
    ...(beside ? [`${start}  ${first}`] : [start.trimEnd(), `    ${first}`]),
    ...rest.map(text => ' '.repeat(beside ? column : 4) + text),
    ...(known ? advice(known.advice, style) : []),
  ];
}

/** A record gate's number is a share of records let through, which only words can say. */
export function said({scope, status, verdicts, message}: GateReport, {totals}: Report): string {
  const none = totals.records === totals.malformed;
  if (none && (status === 'abstain' || scope === 'record')) return 'Not judged: there were no records.';
  if (verdicts === undefined) return excerpt(message, 300);
  const {accept, quarantine, reject} = verdicts;
  const total = accept + quarantine + reject;
  if (accept === total)
    return total === 1 ? 'the only record accepted' : `all ${counted(total, 'record')} accepted`;
  return [
    `${count(accept)}${nbsp}of ${counted(total, 'record')} accepted`,
    ...(quarantine > 0 ? [`${count(quarantine)}${nbsp}quarantined`] : []),
    ...(reject > 0 ? [`${count(reject)}${nbsp}rejected`] : []),
  ].join(', ');
}
