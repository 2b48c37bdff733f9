import {type Gate, placeName, type Rule} from '../api.js';
import {count, rate} from './numbers.js';
import type {FindingReport, Report} from './report.js';
import {sampling} from './sampling.js';
import {excerpt, visible} from './sanitize.js';
import {outcome, reasons} from './stylish/verdict.js';
import {subjectOf} from './subject.js';
import {inUnit, unitOfGate, unitsOf} from './units.js';

export interface SummaryOptions {
  readonly rules: ReadonlyMap<string, Rule>;
  readonly gates: ReadonlyMap<string, Gate>;
}

/** GitHub refuses a summary of more than 1 MiB; far less is read. */
const maxLength = 200_000;
const listed = 5;

/** Markdown for the summary of a CI job: the verdict, the gates, and each rule with its first findings. */
export function renderSummary(report: Report, options: SummaryOptions): string {
  const blocks = [
    `## ${report.verdict === 'pass' ? '✅' : '❌'} collapse-gate: ${report.verdict.toUpperCase()}`,
    [...(report.verdict === 'fail' ? reasons(report) : []), outcome(report)]
      .map(line => `${plain(line)}  `)
      .join('\n')
      .trimEnd(),
    ...held(report),
    ...gateTable(report, options),
    ...ruleTable(report, options),
    ...(report.roundFindings ?? []).map(
      ({rule, message, place}) =>
        `- ${code(rule)}${place ? ` ${code(placeName(place))}` : ''}: ${plain(message)}`,
    ),
    ...ruleBlocks(report),
  ];
  let text = '';
  for (const block of blocks) {
    if (text.length + block.length > maxLength) return `${text}_… and more: see the report in JSON._\n`;
    text += `${block}\n\n`;
  }
  return text.trimEnd().concat('\n');
}

function held(report: Report): string[] {
  const {references, change} = report;
  const read = sampling(report);
  const since =
    change === undefined || change.added === 0
      ? []
      : [
          `${count(change.added)} new records in ${count(change.files)} changed files since ${plain(change.base)}.`,
        ];
  if (read !== undefined) since.push(read);
  if (references.length === 0) return since;
  const names = references.map(
    ({path, role, records}) => `${plain(path)} (${role}, ${count(records)} records)`,
  );
  return [[...since, `Held against ${names.join(', ')}.`].join(' ')];
}

function gateTable(report: Report, {rules, gates}: SummaryOptions): string[] {
  const unitOf = unitsOf(rules);
  const marks = {pass: '✅', fail: '❌', abstain: '➖'};
  const rows = report.gates.map(gate => {
    const isRecord = gate.scope === 'record';
    const unit = isRecord ? 'share' : unitOfGate(gates.get(gate.id), unitOf);
    const mark = isRecord && gate.status === 'fail' ? '⚠️' : marks[gate.status];
    return [
      `${mark} ${code(gate.id)}`,
      gate.scope,
      gate.measured === undefined ? '' : inUnit(gate.measured, unit),
      gate.limit === undefined ? '' : inUnit(gate.limit, isRecord ? undefined : unit),
    ];
  });
  return table(['gate', 'judges', 'measured', 'limit'], rows);
}

function ruleTable({counts, totals}: Report, {rules, gates}: SummaryOptions): string[] {
  const rows = Object.entries(counts)
    .sort(([, a], [, b]) => b.errors - a.errors || b.findings - a.findings)
    .map(([id, {findings, records, errors}]) => [
      code(id),
      errors > 0 ? 'error' : 'warn',
      count(findings),
      totals.records === 0 ? '' : rate(records, totals.records),
      subjectOf(id, rules, gates)?.advice ?? '',
    ]);
  return table(['rule', 'level', 'findings', 'records', 'what to do'], rows);
}

function ruleBlocks({findings}: Report): string[] {
  const byRule = new Map<string, FindingReport[]>();
  for (const finding of findings) byRule.set(finding.rule, [...(byRule.get(finding.rule) ?? []), finding]);
  return [...byRule].map(([rule, own]) => {
    const items = own
      .slice(0, listed)
      .flatMap(({record, message, related = []}) => [
        `- ${code(placeName(record))} ${plain(excerpt(message, 300))}`,
        ...related
          .slice(0, 1)
          .flatMap(({excerpt: pair}) =>
            pair === undefined ? [] : [`  - here: ${plain(pair.here)}`, `  - there: ${plain(pair.there)}`],
          ),
      ]);
    return `<details><summary>${html(rule)}: the first ${Math.min(listed, own.length)}</summary>\n\n${items.join('\n')}\n\n</details>`;
  });
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) =>
    `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [[line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n')];
}

/** Record text as text: no link, image, mention or tag of its own. */
function plain(text: string): string {
  return html(text).replace(/[\\`*_{}[\]()#+!~|@:>-]/g, character =>
    character === '@' || character === ':' ? `&#${character.charCodeAt(0)};` : `\\${character}`,
  );
}

function html(text: string): string {
  return visible(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Markdown is read inside of tags too. */
function code(text: string): string {
  return `<code>${plain(text)}</code>`;
}
