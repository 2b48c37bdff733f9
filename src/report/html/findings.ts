import {type Exhibition, leadOf} from '../exhibit.js';
import {html, type Markup, prose} from '../markup.js';
import {count, counted, rate} from '../numbers.js';
import type {FindingReport, Report, RuleCount} from '../report.js';
import {excerpt} from '../sanitize.js';
import {referenceSpreads} from '../spread.js';
import {subjectOf} from '../subject.js';
import {evidence} from './evidence.js';
import type {Known} from './known.js';
import {placeOf} from './place.js';
import {renderRecord} from './record.js';
import type {Section} from './section.js';
import {renderSift} from './sift.js';
import {drawSpreads} from './spreads.js';

/** A page with more of them would be slow to open; the JSON report has the rest. */
const perRule = 100;
const inAll = 1500;

/**
 * Findings by rule, the worst first: why it matters and what to do, then record by record. A record that can be
 * shown as a reviewer sees it stands once, under the rule that speaks first of it.
 */
export function renderFindings(
  report: Report,
  known: Known,
  exhibition?: Exhibition | undefined,
): Section | undefined {
  const found = Object.entries(report.counts)
    .filter(([, {findings}]) => findings > 0)
    .sort(([a, x], [b, y]) => y.errors - x.errors || y.findings - x.findings || (a < b ? -1 : 1));
  if (found.length === 0) return undefined;
  const byRule = new Map<string, FindingReport[]>();
  for (const finding of report.findings) {
    const list = byRule.get(finding.rule);
    if (list) list.push(finding);
    else byRule.set(finding.rule, [finding]);
  }
  const records = recordsOf(exhibition, report);
  let room = inAll;
  const groups = found.map(([rule, counts], at) => {
    const own = byRule.get(rule) ?? [];
    const listed = own.filter(({record}) => !records.holds(record));
    const shown = listed.slice(0, Math.min(perRule, room));
    room -= shown.length;
    // Those on the round as a whole stand with the gates.
    const whole = (report.roundFindings ?? []).filter(one => one.rule === rule).length;
    const left = counts.findings - shown.length - (own.length - listed.length) - whole;
    return group({rule, counts, shown, first: at === 0, records: records.of(rule), left}, report, known);
  });
  return {
    id: 'findings',
    title: 'Findings',
    lead: records.lead,
    body: html`${records.head}${groups}`,
  };
}

interface Group {
  readonly rule: string;
  readonly counts: RuleCount;
  readonly shown: readonly FindingReport[];
  readonly first: boolean;
  /** Those that it speaks first of, as a reviewer sees them. */
  readonly records: readonly Markup[];
  /** Findings that are not listed. */
  readonly left: number;
}

function group(
  {rule, counts, shown, first, records: own, left}: Group,
  {totals}: Report,
  {rules, gates}: Known,
): Markup {
  const subject = subjectOf(rule, rules, gates);
  const {records, errors, warnings} = counts;
  const levels = [
    ...(errors > 0 ? [html`<span class="level error">${counted(errors, 'error')}</span> `] : []),
    ...(warnings > 0 ? [html`<span class="level warn">${counted(warnings, 'warning')}</span> `] : []),
  ];
  return html`<details class="card rule"${first ? html` open` : undefined}><summary><h3>${excerpt(rule, 60)}</h3> ${levels}<span class="soft">${counted(records, 'record')}, ${rate(records, totals.records)}</span></summary>
${
  subject &&
  html`<p>${prose(subject.summary)}</p><dl><dt>Why it matters</dt><dd>${prose(subject.why)}</dd><dt>What to do</dt><dd>${prose(subject.advice)}</dd></dl>\n`
}<ol class="findings">${own}${shown.map(item)}</ol>
${left > 0 ? html`<p class="more">${count(left)} more of this rule ${left === 1 ? 'was' : 'were'} counted and ${left === 1 ? 'is' : 'are'} not listed here. <code>--max-findings</code> lists more in the JSON report.</p>\n` : undefined}</details>
`;
}

function item(finding: FindingReport): Markup {
  const {record, level, message} = finding;
  return html`<li class="${level}"><p class="where"><span class="level ${level}">${level}</span> ${placeOf(record)}</p><p class="message">${prose(excerpt(message, 400))}</p>${evidence(finding)}</li>\n`;
}

/** Records by the rule that speaks first of them, and what stands above them all. */
function recordsOf(exhibition: Exhibition | undefined, {references}: Report) {
  const lead = 'By rule, the worst first. Open a rule to see its records.';
  const placed = (record: FindingReport['record']) => JSON.stringify([record.path, record.line]);
  if (exhibition === undefined || exhibition.exhibits.length === 0)
    return {lead, head: undefined, holds: () => false, of: () => []};
  const {exhibits, all} = exhibition;
  const spreads = drawSpreads(exhibition, referenceSpreads(references));
  const byLead = new Map<string, Markup[]>();
  for (const [at, exhibit] of exhibits.entries()) {
    const rule = leadOf(exhibit);
    byLead.set(rule, [...(byLead.get(rule) ?? []), renderRecord(exhibit, `record-${at}`, spreads)]);
  }
  const held = new Set(exhibits.map(({record}) => placed(record)));
  const some =
    exhibits.length < all
      ? ` ${count(exhibits.length)} of the ${counted(all, 'record')} that something was said about can be opened; \`collapse review\` shows all of those that a saved run has.`
      : '';
  return {
    lead: html`${lead} ${prose(some)}`,
    head: html`${renderSift(exhibition)}${spreads.drawings}`,
    holds: (record: FindingReport['record']) => held.has(placed(record)),
    of: (rule: string) => byLead.get(rule) ?? [],
  };
}
