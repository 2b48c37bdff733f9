import {html} from '../markup.js';
import {count} from '../numbers.js';
import type {FindingReport, Report} from '../report.js';
import {excerpt} from '../sanitize.js';
import {placeOf} from './place.js';
import {type Section, scrolling, tableOf} from './section.js';

const most = 12;

/** Where to look first: records that several findings name. Nothing when no record has more than one. */
export function renderWorst({findings, counts}: Report): Section | undefined {
  const records = new Map<string, FindingReport[]>();
  for (const finding of findings) {
    const {path, line, id} = finding.record;
    const key = JSON.stringify([path, line, id]);
    const list = records.get(key);
    if (list) list.push(finding);
    else records.set(key, [finding]);
  }
  const errors = (list: readonly FindingReport[]) => list.filter(({level}) => level === 'error').length;
  const worst = [...records.values()]
    .filter(list => list.length > 1)
    .sort((a, b) => errors(b) - errors(a) || b.length - a.length)
    .slice(0, most);
  if (worst.length === 0) return undefined;
  const rows = worst.map(list => [
    {text: placeOf(list[0]!.record)},
    {text: count(errors(list)), number: true},
    {text: count(list.length - errors(list)), number: true},
    {
      text: html`<span class="wide">${[...new Set(list.map(({rule}) => rule))].map(rule => html`<code>${excerpt(rule, 60)}</code> `)}</span>`,
    },
  ]);
  const titles = [
    {text: 'record'},
    {text: 'errors', number: true},
    {text: 'warnings', number: true},
    {text: 'rules'},
  ];
  const all = Object.values(counts).reduce((sum, each) => sum + each.findings, 0);
  const lead =
    all > findings.length
      ? `Of the ${count(findings.length)} findings that this report lists; ${count(all)} were counted.`
      : undefined;
  return {
    id: 'worst',
    title: 'The worst records',
    ...(lead !== undefined && {lead}),
    body: html`<div class="card">${scrolling('The worst records', tableOf('Records with more than one finding, the most errors first', titles, rows, true))}</div>`,
  };
}
