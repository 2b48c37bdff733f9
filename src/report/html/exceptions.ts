import {html, type Markup, prose} from '../markup.js';
import {count} from '../numbers.js';
import type {ExceptionReport, Report} from '../report.js';
import {excerpt} from '../sanitize.js';
import {type Section, scrolling, tableOf} from './section.js';

const most = 100;
const kinds = {baseline: 'baseline', waiver: 'waiver', decision: 'decision of a reviewer'};
const states = {
  used: {tone: 'pass', text: 'used'},
  unused: {tone: 'turned', text: 'for nothing: remove it'},
  expired: {tone: 'turned', text: 'over: look again, or remove it'},
  conflict: {tone: 'fail', text: 'reviewers disagree: nobody’s word holds'},
};

/** What people took on beforehand and does not count; what of it is over or was for nothing stands first. */
export function renderExceptions({exceptions = []}: Report): Section | undefined {
  if (exceptions.length === 0) return undefined;
  const order = ['conflict', 'expired', 'unused', 'used'];
  const sorted = exceptions.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  const titles = [
    {text: 'exception'},
    {text: 'rule'},
    {text: 'reason'},
    {text: 'until'},
    {text: 'not counted', number: true},
    {text: 'state'},
  ];
  const table = tableOf('Waivers, baselines and decisions', titles, sorted.slice(0, most).map(row), true);
  const left = sorted.length - most;
  return {
    id: 'exceptions',
    title: 'Not counted',
    lead: 'Findings that a baseline or a waiver takes on, and records that a person decided about.',
    body: html`<div class="card">${scrolling('Exceptions', table)}${
      left > 0 ? html`<p class="more">${count(left)} more are in the JSON report.</p>` : undefined
    }</div>`,
  };
}

function row({kind, from, rule, reason, until, used, state}: ExceptionReport) {
  const {tone, text} = states[state];
  const said: Markup | string = reason === undefined ? '' : prose(excerpt(reason, 200));
  return [
    {text: html`${kinds[kind]} <span class="soft"><bdi>${excerpt(from, 80)}</bdi></span>`},
    {text: html`<code>${excerpt(rule, 60)}</code>`},
    {text: said},
    {text: until ?? ''},
    {text: count(used), number: true},
    {text: html`<span class="status ${tone}"><small>${text}</small></span>`},
  ];
}
