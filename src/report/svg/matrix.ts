import type {MeasureUnit} from '../../api.js';
import {html, type Markup} from '../markup.js';
import {excerpt} from '../sanitize.js';
import {inUnit} from '../units.js';
import {cells as widthOf} from '../width.js';
import {round} from './scale.js';

export interface Square {
  readonly row: string;
  readonly column: string;
  /** Null: not known. */
  readonly value: number | null;
}

/** Pixels: a square, a character of a label, and what a label takes at most. */
const side = 36;
const character = 6.3;
const longest = 28;

/** Labels of rows and columns as they first come; the same ones on both sides where any is on both. */
export function labelsOf(squares: readonly Square[]): {rows: string[]; columns: string[]} {
  const rows = [...new Set(squares.map(({row}) => row))];
  const columns = [...new Set(squares.map(({column}) => column))];
  if (!rows.some(label => columns.includes(label))) return {rows, columns};
  const both = [...new Set(squares.flatMap(({row, column}) => [row, column]))];
  return {rows: both, columns: both};
}

/** A heat map: one square a pair, the stronger its colour the larger its value. Squares not given stay empty. */
export function heatMap(squares: readonly Square[], unit: MeasureUnit | undefined): Markup {
  const {rows, columns} = labelsOf(squares);
  const strength = strengthOf(squares);
  const left = labelWidth(rows) + 10;
  const top = Math.ceil(labelWidth(columns) * 0.71) + 14;
  // Labels of columns lean to the right, over the edge of the last square.
  const width = left + columns.length * side + Math.ceil(labelWidth(columns.slice(-1)) * 0.71);
  const height = top + rows.length * side + 2;
  const x = (label: string) => left + columns.indexOf(label) * side;
  const y = (label: string) => top + rows.indexOf(label) * side;
  const drawn = squares.map(({row, column, value}) =>
    value === null || !Number.isFinite(value)
      ? undefined
      : square({row, column, value}, [x(column), y(row)], strength(value), unit),
  );
  return html`<svg class="matrix" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${[
    html`<rect class="empty" x="${left}" y="${top}" width="${columns.length * side}" height="${rows.length * side}"/>`,
    ...rows.map(
      label =>
        html`<text class="label" x="${left - 8}" y="${y(label) + side / 2 + 4}" text-anchor="end">${excerpt(label, longest)}</text>`,
    ),
    ...columns.map(label => {
      const at = `${x(label) + side / 2} ${top - 8}`;
      return html`<text class="label" transform="translate(${at}) rotate(-45)">${excerpt(label, longest)}</text>`;
    }),
    ...drawn,
  ]}</svg>`;
}

function square(
  {row, column, value}: Square & {readonly value: number},
  [x, y]: readonly [number, number],
  strength: number,
  unit: MeasureUnit | undefined,
): Markup {
  const name = `${excerpt(row, 60)} × ${excerpt(column, 60)}: ${inUnit(value, unit)}`;
  return html`<g><title>${name}</title><rect class="heat" x="${x + 1}" y="${y + 1}" width="${side - 2}" height="${side - 2}" rx="3" fill-opacity="${strength}"/><text class="${strength > 0.75 ? 'strong' : 'weak'}" x="${x + side / 2}" y="${y + side / 2 + 4}" text-anchor="middle">${short(value, unit)}</text></g>`;
}

/** From 0.08 for the smallest value to 1 for the largest. */
export function strengthOf(squares: readonly Square[]): (value: number) => number {
  const known = squares.flatMap(({value}) => (value !== null && Number.isFinite(value) ? [value] : []));
  const least = Math.min(...known);
  const span = Math.max(...known) / 2 - least / 2;
  return value => round(span > 0 ? 0.08 + 0.92 * ((value / 2 - least / 2) / span) : 0.54);
}

/** What fits a square: two digits of a share, three of other numbers. */
function short(value: number, unit: MeasureUnit | undefined): string {
  if (unit === 'share' && value >= 0 && value <= 1) return String(Math.round(value * 100));
  const text = String(Number(value.toPrecision(2)));
  return text.length <= 5 ? text : value.toExponential(0);
}

function labelWidth(labels: readonly string[]): number {
  return Math.ceil(Math.max(0, ...labels.map(label => widthOf(excerpt(label, longest)))) * character);
}
