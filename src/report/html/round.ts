import {html, type Markup} from '../markup.js';
import {count} from '../numbers.js';
import type {Measure, Report} from '../report.js';
import {familyOf, familyOfRule, familyTitle, inOrder} from './families.js';
import type {Known} from './known.js';
import {legend} from './legend.js';
import {measureRows, measureTable} from './measures.js';
import {type MergedTable, mergeViews} from './merged.js';
import type {Section} from './section.js';
import {tableCard} from './tables.js';

const most = 300;

/**
 * What the round is like as a whole, family by family: first the pictures, then the numbers they are summed up
 * in. Views of one measure or table stand beside each other.
 */
export function renderRound(report: Report, known: Known): Section | undefined {
  const all = measureRows(report);
  const rows = all.slice(0, most);
  const tables = mergeViews(report.tables ?? []);
  const family = familyOf(known.rules);
  const families = inOrder([
    ...rows.map(({name}) => family(name)),
    ...tables.map(({table}) => familyOfRule(table.rule)),
  ]);
  if (families.length === 0) return undefined;
  const parts = families.map(name => {
    const own = rows.filter(row => family(row.name) === name);
    const pictures = tables.filter(({table}) => familyOfRule(table.rule) === name);
    return part(name, own, pictures, report, known);
  });
  const left = all.length - rows.length;
  return {
    id: 'round',
    title: 'The round as a whole',
    lead: html`Beside the reference, before and after the gates. Each measure has a scale of its own, named at its ends. ${key(Object.values(report.measures))}`,
    body: html`${parts}${left > 0 ? html`<p class="more">${count(left)} more measures are in the JSON report.</p>` : undefined}`,
  };
}

function part(
  family: string,
  rows: ReturnType<typeof measureRows>,
  tables: readonly MergedTable[],
  report: Report,
  known: Known,
): Markup {
  const title = familyTitle(family);
  const cards = tables.map(tableCard);
  return html`<div class="family"><h3>${title}</h3>
${cards.length === 0 ? undefined : html`<div class="cards">${cards}</div>\n`}${
  rows.length === 0
    ? undefined
    : html`<div class="card">${measureTable(`Measures: ${title}`, rows, report, known)}</div>`
}</div>
`;
}

function key(measures: readonly Measure[]): Markup {
  return legend({
    dot: 'all records',
    accepted: measures.some(({view}) => view === 'accepted') ? 'dot' : undefined,
    interval: measures.some(({interval}) => interval !== undefined),
    reference: measures.some(({reference}) => reference !== undefined),
  });
}
