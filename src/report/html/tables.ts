import type {Cell, Column} from '../../api.js';
import {html, type Markup, prose} from '../markup.js';
import {count} from '../numbers.js';
import type {Report, TableReport} from '../report.js';
import {excerpt} from '../sanitize.js';
import {inUnit, range} from '../units.js';
import {viewName} from './known.js';
import {drawn} from './pictures.js';
import {type Section, scrolling, tableOf} from './section.js';

/** Rows of a table without a picture that are shown without being asked for. */
const open = 12;

/** What stands behind the measures: each table with its picture, views of one beside each other. */
export function renderTables({tables = []}: Report): Section | undefined {
  if (tables.length === 0) return undefined;
  const ids = [...new Set(tables.map(({id}) => id))];
  const sorted = ids.flatMap(id => tables.filter(table => table.id === id));
  return {
    id: 'tables',
    title: 'Behind the measures',
    body: html`<div class="cards">${sorted.map(card)}</div>`,
  };
}

function card(table: TableReport): Markup {
  const {title, note, rule, view, rows, columns} = table;
  const picture = drawn(table);
  const wide = picture === undefined && columns.length > 4 ? ' whole' : '';
  const folded = picture !== undefined || rows.length > open;
  const numbers = scrolling(excerpt(title, 120), behind(table, !folded));
  return html`<article class="card${wide}"><h3>${excerpt(title, 120)}</h3>
<p class="tags"><code>${excerpt(rule, 60)}</code> <span class="soft">${viewName(view)}</span></p>
${note === undefined ? undefined : html`<p>${prose(excerpt(note, 600))}</p>\n`}${picture}${
  folded
    ? html`<details><summary>${picture ? 'The numbers behind the picture' : `All ${count(rows.length)} rows`}</summary>${numbers}</details>`
    : numbers
}</article>\n`;
}

/** Few rows become a list where there is no room for columns; many would be too long for one. */
function behind({title, columns, rows}: TableReport, stacked: boolean): Markup {
  const numeric = columns.map((_, at) => rows.every(row => typeof row[at] !== 'string'));
  const titles = columns.map((column, at) => ({text: excerpt(column.title, 60), number: numeric[at]!}));
  return tableOf(
    excerpt(title, 120),
    titles,
    rows.map(row => columns.map((column, at) => ({text: shown(row[at], column), number: numeric[at]!}))),
    stacked,
  );
}

function shown(cell: Cell | undefined, {unit}: Column): string | Markup {
  if (cell === null || cell === undefined) return html`<span class="soft" title="not known">–</span>`;
  if (typeof cell === 'string') return html`<bdi>${excerpt(cell, 200)}</bdi>`;
  return typeof cell === 'number' ? inUnit(cell, unit) : range(cell, unit);
}
