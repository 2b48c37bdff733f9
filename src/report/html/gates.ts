import {placeName} from '../../api.js';
import {html, type Markup, prose} from '../markup.js';
import type {GateReport, Report} from '../report.js';
import {excerpt} from '../sanitize.js';
import {said} from '../stylish/gates.js';
import {inUnit, unitOfGate, unitsOf} from '../units.js';
import {type Known, viewName} from './known.js';
import {type Section, scrolling, tableOf} from './section.js';

const symbols = {pass: '✔', fail: '✘', abstain: '–'};

/** What each gate decided, round gates first, and what rules say of the round as a whole. */
export function renderGates(report: Report, known: Known): Section | undefined {
  const {gates} = report;
  const findings = roundFindings(report);
  if (gates.length === 0 && findings === undefined) return undefined;
  // What failed is what is looked for; what could not judge has the least to say.
  const order = ['fail', 'pass', 'abstain'];
  const byScope = (wanted: GateReport['scope']) =>
    gates
      .filter(({scope}) => scope === wanted)
      .sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
  const titles = [
    {text: 'gate'},
    {text: 'judges'},
    {text: 'measured', number: true},
    {text: 'limit', number: true},
    {text: 'decision'},
  ];
  const rows = [...byScope('round'), ...byScope('record')].map(gate => row(gate, report, known));
  const table = scrolling('Gates', tableOf('Gates of the round and of single records', titles, rows, true));
  return {
    id: 'gates',
    title: 'Gates',
    body: html`${gates.length === 0 ? undefined : html`<div class="card">${table}</div>`}${findings}`,
  };
}

function row(gate: GateReport, report: Report, {rules, gates}: Known) {
  const {id, scope, status, measured, limit} = gate;
  const unit = scope === 'record' ? 'share' : unitOfGate(gates.get(id), unitsOf(rules));
  // A record gate that turned records away did its work; only a round gate fails the round.
  const tone = status === 'fail' && scope === 'record' ? 'turned' : status;
  const word = {pass: 'pass', fail: scope === 'round' ? 'fail' : 'refused some', abstain: 'abstains'}[status];
  return [
    {
      text: html`<span class="status ${tone}"><span aria-hidden="true">${symbols[status]}</span> ${excerpt(id, 60)} <small>${word}</small></span>`,
    },
    {text: html`<span class="nowrap">${scope === 'round' ? 'the round' : 'records'}</span>`},
    {text: measured === undefined ? '' : inUnit(measured, unit), number: true},
    {
      text: limit === undefined ? '' : inUnit(limit, scope === 'record' ? undefined : unit),
      number: true,
    },
    {text: html`<span class="wide">${prose(said(gate, report))}</span>`},
  ];
}

/** Findings on no single record. */
function roundFindings({roundFindings: found = []}: Report): Markup | undefined {
  if (found.length === 0) return undefined;
  const worstFirst = found.toSorted((a, b) => Number(b.level === 'error') - Number(a.level === 'error'));
  return html`<h3 id="round-findings">Findings on the round as a whole</h3>
<ul class="round">${worstFirst.map(
    ({rule, level, view, message, place}) =>
      html`<li class="card"><p class="tags"><span class="level ${level}">${level}</span> <code>${excerpt(rule, 60)}</code> <span class="soft">${place ? excerpt(placeName(place), 200) : viewName(view)}</span></p><p>${prose(excerpt(message, 600))}</p></li>\n`,
  )}</ul>`;
}
