import {unitOf} from '../../api.js';
import {count, counted} from '../numbers.js';
import type {FindingReport, Report} from '../report.js';
import {excerpt} from '../sanitize.js';
import type {Style} from '../style.js';
import {cells, pad, wrap} from '../width.js';
import {evidence} from './evidence.js';

/** Findings by file, in input order: `line  level  message  rule`, then the related records. */
export function renderFindings(report: Report, style: Style): string[][] {
  const columns = layout(report.findings, style.width);
  const files = new Map<string, FindingReport[]>();
  for (const finding of report.findings) {
    const file = files.get(finding.record.path);
    if (file) file.push(finding);
    else files.set(finding.record.path, [finding]);
  }
  const blocks = [...files].map(([path, findings]) => [
    style.paint.bold(excerpt(path, style.width)),
    ...findings.flatMap(finding => renderFinding(finding, columns, style)),
  ]);
  const more = unlisted(report, style);
  return more.length > 0 ? [...blocks, more] : blocks;
}

interface Columns {
  readonly line: number;
  readonly message: number;
  /** False on narrow terminals: the rule then follows the message. */
  readonly rule: boolean;
}

const indent = 2;
const gap = 2;
const level = 5;

function layout(findings: readonly FindingReport[], width: number): Columns {
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map(cells));
  const line = Math.max(3, widest(findings.map(numberOf)));
  const room = width - indent - line - gap - level - gap;
  const rule = widest(findings.map(finding => excerpt(finding.rule, 40)));
  const message = Math.min(widest(findings.map(finding => said(finding))), room - gap - rule);
  return message < 30 && room < 60
    ? {line, message: room, rule: false}
    : {line, message: Math.max(20, message), rule: true};
}

/** Its line, or its row where no editor could show a line. */
function numberOf({record}: FindingReport): string {
  return unitOf(record.path) === 'row' ? `row ${record.line}` : String(record.line);
}

/** Messages may hold record text of any length. */
function said(finding: FindingReport): string {
  return excerpt(finding.message, 400);
}

function renderFinding(finding: FindingReport, columns: Columns, style: Style): string[] {
  const {paint} = style;
  const rule = excerpt(finding.rule, 40);
  const paintLevel = finding.level === 'error' ? paint.red : paint.yellow;
  const at = indent + columns.line + gap + level + gap;
  const text = columns.rule ? said(finding) : `${said(finding)} ${rule}`;
  const [first = '', ...rest] = wrap(text, columns.message);
  const start =
    ' '.repeat(indent) +
    paint.dim(pad(numberOf(finding), columns.line, 'right')) +
    ' '.repeat(gap) +
    paintLevel(pad(finding.level, level)) +
    ' '.repeat(gap);
  return [
    columns.rule ? `${start}${pad(first, columns.message + gap)}${paint.dim(rule)}` : start + first,
    ...rest.map(line => ' '.repeat(at) + line),
    ...evidence(finding, at, style),
  ];
}

/** What was counted and is not in the list. */
function unlisted(report: Report, {paint, symbols}: Style): string[] {
  const listed = new Map<string, number>();
  for (const {rule} of [...report.findings, ...(report.roundFindings ?? [])])
    listed.set(rule, (listed.get(rule) ?? 0) + 1);
  return Object.keys(report.counts)
    .sort()
    .flatMap(rule => {
      const shown = listed.get(rule) ?? 0;
      const more = report.counts[rule]!.findings - shown;
      if (more <= 0) return [];
      const what = shown > 0 ? `${count(more)} more` : counted(more, 'finding');
      return paint.dim(`${symbols.ellipsis} and ${what} of ${excerpt(rule, 40)} (raise with --max-findings)`);
    });
}
