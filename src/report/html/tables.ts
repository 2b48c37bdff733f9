import type {Cell, Column} from '../../api.js';
import {html, type Markup, prose} from '../markup.js';
import {count} from '../numbers.js';
import type {TableReport} from '../report.js';
import {excerpt} from '../sanitize.js';
import {inUnit, range} from '../units.js';
import {viewName} from './known.js';
import {type MergedTable, rowKey, valueColumn, valuesOf} from './merged.js';
import {drawn} from './pictures.js';
import {scrolling, tableOf} from './section.js';

/** Rows of a table without a picture that are shown without being asked for. */
const open = 12;

/** A table with its picture, before and after the gates in one, and the numbers behind it. */
export function tableCard(merged: MergedTable): Markup {
  const {table, accepted, alike, others} = merged;
  const {title, note, rule, rows, columns} = table;
  const picture = drawn(table, accepted);
  const wide = picture === undefined && columns.length > 4 ? ' whole' : '';
  const folded = picture !== undefined || rows.length > open;
  const numbers = scrolling(excerpt(title, 120), behind(merged, !folded));
  const view = alike ? 'all records; the accepted ones alike' : viewName(table.view);
  return html`<article class="card${wide}" id="${anchorOf(table)}"><h4>${excerpt(title, 120)}</h4>
<p class="tags"><code>${excerpt(rule, 60)}</code> <span class="soft">${accepted ? 'all and accepted records' : view}</span></p>
${note === undefined ? undefined : html`<p>${prose(excerpt(note, 600))}</p>\n`}${picture}${
  folded
    ? html`<details><summary>${picture ? 'The numbers behind the picture' : `All ${count(rows.length)} rows`}</summary>${numbers}</details>`
    : numbers
}${others.map(
  other =>
    html`<details><summary>${capital(viewName(other.view))}</summary>${scrolling(`${excerpt(title, 120)}: ${viewName(other.view)}`, behind({...merged, table: other, accepted: undefined}, false))}</details>`,
)}</article>\n`;
}

/** Where links lead: ids of tables are chosen by rules, which plugins may bring. */
export function anchorOf({id}: Pick<TableReport, 'id'>): string {
  return `table-${id.replace(/[^a-z\d.-]/gi, '')}`;
}

/** Few rows become a list where there is no room for columns; many would be too long for one. */
function behind(
  {table, accepted}: {readonly table: TableReport; readonly accepted?: TableReport | undefined},
  stacked: boolean,
): Markup {
  const {title, columns, rows} = table;
  const numeric = columns.map((_, at) => rows.every(row => typeof row[at] !== 'string'));
  const second = accepted && {at: valueColumn(table), values: valuesOf(accepted), key: rowKey(table)};
  const titles = columns.flatMap((column, at) => [
    {text: excerpt(column.title, 60), number: numeric[at]!},
    ...(second?.at === at ? [{text: 'of the accepted', number: true}] : []),
  ]);
  const cells = rows.map(row =>
    columns.flatMap((column, at) => [
      {text: shown(row[at], column), number: numeric[at]!},
      ...(second?.at === at ? [{text: shown(second.values.get(second.key(row)), column), number: true}] : []),
    ]),
  );
  return tableOf(excerpt(title, 120), titles, cells, stacked);
}

function shown(cell: Cell | undefined, {unit}: Column): string | Markup {
  if (cell === null || cell === undefined) return html`<span class="soft" title="not known">–</span>`;
  if (typeof cell === 'string') return html`<bdi>${excerpt(cell, 200)}</bdi>`;
  return typeof cell === 'number' ? inUnit(cell, unit) : range(cell, unit);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
