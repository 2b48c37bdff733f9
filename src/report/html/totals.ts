import {html} from '../markup.js';
import {count, counted, rate} from '../numbers.js';
import type {Report} from '../report.js';
import {proportions} from '../svg/shares.js';
import type {Known} from './known.js';
import {type Section, tableOf} from './section.js';

const meanings = {
  accepted: 'Passed every gate on records.',
  quarantined: 'A person should look before they are used.',
  rejected: 'Refused by a gate.',
  malformed: 'Lines that hold no record.',
};

/** What became of the records, as parts of one bar. Nothing for a corpus that was only read. */
export function renderTotals({totals, verdict}: Report, {reading}: Known): Section | undefined {
  if (reading || totals.records === 0) return undefined;
  const names = ['accepted', 'quarantined', 'rejected', 'malformed'] as const;
  const parts = names.map(name => ({name, count: totals[name]}));
  const rows = parts.map(({name, count: number}) => [
    {text: html`<span class="key ${name}" aria-hidden="true"></span>${name}`},
    {text: count(number), number: true},
    {text: rate(number, totals.records), number: true},
    {text: meanings[name]},
  ]);
  const titles = [
    {text: 'verdict'},
    {text: 'records', number: true},
    {text: 'share', number: true},
    {text: 'meaning'},
  ];
  return {
    id: 'records',
    title: 'What became of the records',
    ...(verdict === 'fail' && {
      lead: 'The gates judged records one by one. The round as a whole fails, so accepted records are not released either.',
    }),
    body: html`<div class="card">${proportions(parts)}\n${tableOf(`${counted(totals.records, 'record')} read`, titles, rows, true)}</div>`,
  };
}
