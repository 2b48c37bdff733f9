import {html, type Markup, prose} from '../markup.js';
import {count, counted, rate} from '../numbers.js';
import type {FindingReport, Report, RuleCount} from '../report.js';
import {excerpt} from '../sanitize.js';
import {subjectOf} from '../subject.js';
import {evidence} from './evidence.js';
import type {Known} from './known.js';
import {placeOf} from './place.js';
import type {Section} from './section.js';

/** A page with more of them would be slow to open; the JSON report has the rest. */
const perRule = 100;
const inAll = 1500;

/** Findings by rule, the worst first: why it matters and what to do, then record by record with its evidence. */
export function renderFindings(report: Report, known: Known): Section | undefined {
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
  let room = inAll;
  const groups = found.map(([rule, counts], at) => {
    const shown = (byRule.get(rule) ?? []).slice(0, Math.min(perRule, room));
    room -= shown.length;
    return group({rule, counts, shown, first: at === 0}, report, known);
  });
  return {
    id: 'findings',
    title: 'Findings',
    lead: 'By rule, the worst first. Open a rule to see its records.',
    body: html`${groups}`,
  };
}

interface Group {
  readonly rule: string;
  readonly counts: RuleCount;
  readonly shown: readonly FindingReport[];
  readonly first: boolean;
}

function group({rule, counts, shown, first}: Group, {totals}: Report, {rules, gates}: Known): Markup {
  const subject = subjectOf(rule, rules, gates);
  const {findings, records, errors, warnings} = counts;
  const levels = [
    ...(errors > 0 ? [html`<span class="level error">${counted(errors, 'error')}</span> `] : []),
    ...(warnings > 0 ? [html`<span class="level warn">${counted(warnings, 'warning')}</span> `] : []),
  ];
  const left = findings - shown.length;
  return html`<details class="card rule"${first ? html` open` : undefined}><summary><h3>${excerpt(rule, 60)}</h3> ${levels}<span class="soft">${counted(records, 'record')}, ${rate(records, totals.records)}</span></summary>
${
  subject &&
  html`<p>${prose(subject.summary)}</p><dl><dt>Why it matters</dt><dd>${prose(subject.why)}</dd><dt>What to do</dt><dd>${prose(subject.advice)}</dd></dl>\n`
}<ol class="findings">${shown.map(item)}</ol>
${left > 0 ? html`<p class="more">${count(left)} more of this rule ${left === 1 ? 'was' : 'were'} counted and ${left === 1 ? 'is' : 'are'} not listed here. <code>--max-findings</code> lists more in the JSON report.</p>\n` : undefined}</details>
`;
}

function item(finding: FindingReport): Markup {
  const {record, level, message} = finding;
  return html`<li class="${level}"><p class="where"><span class="level ${level}">${level}</span> ${placeOf(record)}</p><p class="message">${prose(excerpt(message, 400))}</p>${evidence(finding)}</li>\n`;
}
