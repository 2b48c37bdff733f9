import type {Cell, Column, MeasureUnit, Picture} from '../../api.js';
import {html, type Markup} from '../markup.js';
import {count} from '../numbers.js';
import type {TableReport} from '../report.js';
import {excerpt} from '../sanitize.js';
import {type Bar, barChart} from '../svg/bars.js';
import {heatMap, labelsOf, type Square} from '../svg/matrix.js';
import {inUnit, range} from '../units.js';
import {viewName} from './known.js';
import {legend} from './legend.js';
import {rowKey, valuesOf} from './merged.js';
import {scrolling} from './section.js';

/** More of them is a wall, not a picture: the table has all. */
const mostBars = 30;
const mostLabels = 24;

/**
 * A table as its `picture` says, with the accepted records beside all of them; undefined without a picture, or
 * when it names columns that are not there.
 */
export function drawn(table: TableReport, accepted?: TableReport): Markup | undefined {
  const {picture, rows, columns} = table;
  if (picture === undefined || rows.length === 0) return undefined;
  const column = (id: string | undefined) => columns.findIndex(each => each.id === id);
  const unit = columns[column(picture.value)]?.unit;
  if (picture.kind === 'bars') return bars(table, accepted, picture, column, unit);
  const first = matrix(table, picture, column, unit);
  if (first === undefined || accepted === undefined) return first;
  // Two squares in one would be a riddle.
  return html`${first}<details><summary>On accepted records</summary>${matrix(accepted, picture, column, unit)}</details>`;
}

type ColumnOf = (id: string | undefined) => number;

function bars(
  table: TableReport,
  accepted: TableReport | undefined,
  {label, value, interval, reference}: Extract<Picture, {kind: 'bars'}>,
  column: ColumnOf,
  unit: MeasureUnit | undefined,
): Markup | undefined {
  if (column(label) < 0 || column(value) < 0) return undefined;
  const {title, rows, view, columns} = table;
  const key = rowKey(table);
  const kept = accepted && valuesOf(accepted);
  const all = rows.map((row): Bar => {
    const known = row[column(interval)];
    return {
      label: text(row[column(label)], columns[column(label)]),
      value: number(row[column(value)]),
      interval: isInterval(known) ? known : null,
      reference: number(row[column(reference)]),
      ...(kept && {accepted: kept.get(key(row)) ?? null}),
    };
  });
  const shown = all.slice(0, mostBars);
  const marks = legend({
    bar: viewName(view),
    accepted: kept && 'bar',
    interval: shown.some(bar => bar.interval),
    reference: shown.some(bar => typeof bar.reference === 'number'),
  });
  const summary = `Bar chart: ${excerpt(title, 120)}. ${ends(shown, unit)}`;
  return html`<figure><div role="img" aria-label="${summary}">${barChart(shown, unit)}</div><figcaption>${marks}${left(all.length, shown.length, 'rows')}</figcaption></figure>\n`;
}

function matrix(
  {title, rows, columns}: TableReport,
  picture: Extract<Picture, {kind: 'matrix'}>,
  column: ColumnOf,
  unit: MeasureUnit | undefined,
): Markup | undefined {
  const [row, across, value] = [column(picture.row), column(picture.column), column(picture.value)];
  if (row < 0 || across < 0 || value < 0) return undefined;
  const all = rows.map(
    (cells): Square => ({
      row: text(cells[row], columns[row]),
      column: text(cells[across], columns[across]),
      value: number(cells[value]),
    }),
  );
  const labels = labelsOf(all);
  const [down, over] = [
    new Set(labels.rows.slice(0, mostLabels)),
    new Set(labels.columns.slice(0, mostLabels)),
  ];
  const shown = all.filter(square => down.has(square.row) && over.has(square.column));
  const known = shown.flatMap(square => (square.value === null ? [] : [square.value]));
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const scale =
    known.length === 0 || least === most
      ? undefined
      : html`<span class="legend"><span>${inUnit(least, unit)} <svg width="72" height="14" aria-hidden="true">${[0.08, 0.31, 0.54, 0.77, 1].map((strength, at) => html`<rect class="heat" x="${at * 14.4}" y="1" width="13" height="12" rx="2" fill-opacity="${strength}"/>`)}</svg> ${inUnit(most, unit)}</span></span>`;
  const percent = unit === 'share' ? html`<span>Squares hold percent.</span> ` : undefined;
  const summary = `Heat map: ${excerpt(title, 120)}. ${labels.rows.length} by ${labels.columns.length}${
    known.length === 0 ? '' : `, from ${inUnit(least, unit)} to ${inUnit(most, unit)}`
  }. The table below has the numbers.`;
  const picked = html`<div role="img" aria-label="${summary}">${heatMap(shown, unit)}</div>`;
  return html`<figure>${scrolling('Heat map', picked)}<figcaption>${scale} ${percent}${left(Math.max(labels.rows.length, labels.columns.length), Math.max(down.size, over.size), 'labels')}</figcaption></figure>\n`;
}

/** For those who cannot see it: how many there are, and between what. */
function ends(bars: readonly Bar[], unit: MeasureUnit | undefined): string {
  const known = bars.flatMap(({label, value}) =>
    value === null ? [] : [{label: excerpt(label, 40), value}],
  );
  const [first] = known;
  if (first === undefined) return 'No value is known.';
  const least = known.reduce((a, b) => (b.value < a.value ? b : a), first);
  const most = known.reduce((a, b) => (b.value > a.value ? b : a), first);
  const named = (bar: typeof first) => `${inUnit(bar.value, unit)} (${bar.label})`;
  return `${bars.length} bars, from ${named(least)} to ${named(most)}. The table below has the numbers.`;
}

function left(all: number, shown: number, what: string): Markup | undefined {
  if (all <= shown) return undefined;
  return html` <span>The first ${count(shown)} of ${count(all)} ${what} are drawn; the table has all.</span>`;
}

/** What a label says, in the unit of its column. */
function text(cell: Cell | undefined, column: Column | undefined): string {
  if (cell === null || cell === undefined) return '–';
  if (typeof cell === 'string') return cell;
  return typeof cell === 'number' ? inUnit(cell, column?.unit) : range(cell, column?.unit);
}

function number(cell: Cell | undefined): number | null {
  return typeof cell === 'number' && Number.isFinite(cell) ? cell : null;
}

function isInterval(cell: Cell | undefined): cell is readonly [number, number] {
  return Array.isArray(cell) && cell.length === 2 && cell.every(Number.isFinite);
}
