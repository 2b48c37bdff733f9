import type {Gate} from '../../api.js';
import {html, type Markup, prose} from '../markup.js';
import {count, counted} from '../numbers.js';
import type {GateReport, Report} from '../report.js';
import {excerpt} from '../sanitize.js';
import {outcome, reasons} from '../stylish/verdict.js';
import {malformed} from '../subject.js';
import {numberLine} from '../svg/line.js';
import {markScale} from '../svg/scale.js';
import {inUnit, unitOfGate, unitsOf} from '../units.js';
import type {Known} from './known.js';

export function headline({verdict}: Report, {reading}: Known): string {
  if (reading) return 'Reference read';
  return verdict === 'pass' ? 'The round passes' : 'The round fails';
}

/** First of all: pass or fail, then each thing that failed it with why that matters and what to do. */
export function renderVerdict(report: Report, known: Known): Markup {
  const {verdict, gates, totals, limits} = report;
  const failed = gates.filter(({scope, status}) => scope === 'round' && status === 'fail');
  const tooMany = totals.malformed > (limits?.malformed ?? 0);
  const blocks = [
    ...failed.map(gate => failedGate(gate, known)),
    ...(verdict === 'fail' && tooMany ? [tooManyMalformed(report)] : []),
  ];
  const state = known.reading ? 'read' : verdict;
  return html`<section class="verdict ${state}" aria-labelledby="verdict">
<p class="badge"><span aria-hidden="true">${{pass: '✔', fail: '✘', read: '✔'}[state]}</span> ${state}</p>
<h1 id="verdict">${headline(report, known)}</h1>
${verdict === 'fail' && !known.reading ? html`<p>Nothing of it should be trained on: ${reasons(report).join('; ')}.</p>\n` : undefined}<p>${capital(outcome(report))}.</p>
</section>
${blocks.length === 0 ? undefined : html`<section class="reasons" aria-labelledby="reasons"><h2 id="reasons">Why it fails</h2>\n${blocks}</section>\n`}`;
}

function failedGate(gate: GateReport, known: Known): Markup {
  const {id, message, measured, limit} = gate;
  const subject = known.gates.get(id);
  return reason(
    excerpt(id, 60),
    excerpt(message, 400),
    subject,
    measuredAgainst(measured, limit, subject, known),
  );
}

function tooManyMalformed({totals, limits}: Report): Markup {
  const allowed = limits === undefined ? '' : `; ${count(limits.malformed)} allowed`;
  const holds = totals.malformed === 1 ? 'holds' : 'hold';
  const said = `${counted(totals.malformed, 'line')} ${holds} no record${allowed}.`;
  return reason('malformed lines', said, malformed, undefined);
}

function reason(
  title: string,
  message: string,
  subject: {readonly why: string; readonly advice: string} | undefined,
  picture: Markup | undefined,
): Markup {
  return html`<article class="card reason"><h3>${title}</h3><p class="message">${prose(message)}</p>${picture}${
    subject &&
    html`<dl><dt>Why it matters</dt><dd>${prose(subject.why)}</dd><dt>What to do</dt><dd>${prose(subject.advice)}</dd></dl>`
  }</article>\n`;
}

function measuredAgainst(
  measured: number | undefined,
  limit: number | undefined,
  gate: Gate | undefined,
  {rules}: Known,
): Markup | undefined {
  if (measured === undefined || limit === undefined) return undefined;
  const unit = unitOfGate(gate, unitsOf(rules));
  return html`<div class="against"><p>Measured <strong>${inUnit(measured, unit)}</strong>, the limit is <strong>${inUnit(limit, unit)}</strong>.</p>${numberLine({value: measured, limit}, markScale([measured, limit], unit), unit)}</div>`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
