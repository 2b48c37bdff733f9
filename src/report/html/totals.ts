import {html, type Markup} from '../markup.js';
import {count, rate} from '../numbers.js';
import type {Report} from '../report.js';
import {proportions} from '../svg/shares.js';

const meanings = {
  accepted: 'passed every gate on records',
  quarantined: 'a person should look first',
  rejected: 'refused by a gate',
  malformed: 'lines that hold no record',
};
const names = ['accepted', 'quarantined', 'rejected', 'malformed'] as const;

/** What became of the records: parts of one bar, and each part with its number below. */
export function renderTotals({totals}: Report): Markup {
  const parts = names.map(name => ({name, count: totals[name]}));
  const items = parts.map(
    ({name, count: number}) =>
      html`<li><span class="key ${name}" aria-hidden="true"></span><span><strong>${count(number)}</strong> ${name} <span class="share">${rate(number, totals.records)}</span><small>${meanings[name]}</small></span></li>`,
  );
  return html`${proportions(parts)}<ul class="parts">${items}</ul>`;
}
