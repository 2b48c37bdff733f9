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
import {anchorOf} from './tables.js';
import {renderTotals} from './totals.js';

export function headline({verdict, change}: Report, {reading}: Known): string {
  if (reading) return 'Reference read';
  if (change?.added === 0) return 'Nothing new to judge';
  return verdict === 'pass' ? 'The round passes' : 'The round fails';
}

/** First of all: pass or fail, what became of the records, then each thing that failed with why and what to do. */
export function renderVerdict(report: Report, known: Known): Markup {
  const {verdict, gates, totals, limits} = report;
  const failed = gates.filter(({scope, status}) => scope === 'round' && status === 'fail');
  const tooMany = totals.malformed > (limits?.malformed ?? 0);
  const blocks = [
    ...failed.map(gate => failedGate(gate, report, known)),
    ...(verdict === 'fail' && tooMany ? [tooManyMalformed(report)] : []),
  ];
  const state = known.reading ? 'read' : verdict;
  const fails = state === 'fail';
  const parts = known.reading || totals.records === 0 ? undefined : renderTotals(report);
  return html`<section class="verdict ${state}" aria-labelledby="verdict">
<p class="badge"><span aria-hidden="true">${{pass: '✔', fail: '✘', read: '✔'}[state]}</span> ${state}</p>
<h1 id="verdict">${headline(report, known)}</h1>
${fails ? html`<p class="because">Nothing of it should be trained on: ${reasons(report).join('; ')}.</p>\n` : undefined}<p>${parts === undefined || totals.accepted === totals.records ? capital(outcome(report)) : `${counted(totals.records, 'record')} read`}.</p>
${brought(report)}${parts}
</section>
${blocks.length === 0 ? undefined : html`<section class="reasons" aria-labelledby="reasons"><h2 id="reasons">Why it fails</h2>\n${blocks}</section>\n`}`;
}

/** Which records a change brought: those that were judged. */
function brought({change}: Report): Markup | undefined {
  if (change === undefined || change.added === 0) return undefined;
  const {base, files, moved, added, stayed, gone} = change;
  const also = moved === 0 ? '' : `; ${counted(moved, 'file')} moved`;
  return html`<p class="soft">Only what is new since <bdi>${excerpt(base, 60)}</bdi> was judged: ${counted(added, 'record')} in ${counted(files, 'changed file')}${also}. ${capital(counted(stayed, 'record'))} stayed, ${count(gone)} ${gone === 1 ? 'is' : 'are'} gone.</p>\n`;
}

function failedGate(gate: GateReport, report: Report, known: Known): Markup {
  const {id, message, measured, limit} = gate;
  const subject = known.gates.get(id);
  const seen = tablesOf(subject, report, known);
  return reason(
    excerpt(id, 60),
    excerpt(message, 400),
    subject,
    html`${measuredAgainst(measured, limit, subject, known)}${
      seen.length === 0 ? undefined : html`<p class="see">Look at ${seen}</p>`
    }`,
  );
}

/** Tables of the rules whose measures a gate goes by. */
function tablesOf(gate: Gate | undefined, {tables = []}: Report, {rules}: Known): Markup[] {
  if (gate?.scope !== 'round') return [];
  const read = [...gate.measures, ...(gate.optionalMeasures ?? [])].map(name => name.split('@', 1)[0]!);
  const giving = [...rules.values()].filter(
    rule => rule.kind === 'corpus' && read.some(name => Object.hasOwn(rule.measures, name)),
  );
  const ids = new Set(giving.map(({id}) => id));
  const titles = new Map(
    tables.filter(({rule}) => ids.has(rule)).map(table => [anchorOf(table), table.title]),
  );
  return [...titles].map(
    ([anchor, title], at) => html`${at === 0 ? '' : ', '}<a href="#${anchor}">${excerpt(title, 120)}</a>`,
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
  return html`<article class="card reason"><div><h3>${title}</h3><p class="message">${prose(message)}</p>${picture}</div>${
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
