import type {MeasureUnit} from '../../api.js';
import {html, type Markup} from '../markup.js';
import {excerpt} from '../sanitize.js';
import {inUnit, range} from '../units.js';
import {diamond, whisker} from './marks.js';
import {barScale, round, type Scale, tickText} from './scale.js';

export interface Bar {
  readonly label: string;
  /** Null: not known. */
  readonly value: number | null;
  readonly interval?: readonly [number, number] | null;
  readonly reference?: number | null;
  /** The same on the accepted records, where that is known; null where there it is not. */
  readonly accepted?: number | null | undefined;
}

/** Pixels: the height of a row, and of the bar in its middle. */
const height = 26;
const thick = 14;
/** Of two bars in one row: all records above, the accepted ones below. */
const upper = {y: 5, thick: 9};
const lower = {y: 16, thick: 5};

/**
 * One bar a row from 0, its interval as a whisker, the reference as a diamond. Labels and numbers are HTML,
 * which wraps; what is drawn stands between them and stretches.
 */
export function barChart(bars: readonly Bar[], unit: MeasureUnit | undefined): Markup {
  const values = bars.flatMap(({value, interval, reference, accepted}) => [
    value,
    ...(interval ?? []),
    reference,
    accepted,
  ]);
  const scale = barScale(values.filter(value => typeof value === 'number'));
  const both = bars.some(({accepted}) => accepted !== undefined);
  const shown = (value: number | null | undefined) =>
    value === null || value === undefined ? '–' : inUnit(value, unit);
  const heads = both
    ? html`<span class="label"></span><span class="value head">all</span><span class="value kept head">accepted</span><span class="plot"></span>\n`
    : undefined;
  return html`<div class="bars${both ? ' both' : ''}">${heads}${bars.map(
    bar =>
      html`<span class="label"><bdi>${excerpt(bar.label, 80)}</bdi></span><span class="value">${shown(bar.value)}</span>${
        both ? html`<span class="value kept">${shown(bar.accepted)}</span>` : undefined
      }<span class="plot">${strip(bar, scale, unit, both)}</span>\n`,
  )}<span class="plot">${axis(scale, unit)}</span></div>`;
}

function strip(
  {value, interval, reference, accepted, label}: Bar,
  scale: Scale,
  unit: MeasureUnit | undefined,
  both: boolean,
): Markup {
  const known = typeof reference === 'number';
  const said = [
    value === null ? 'not known' : inUnit(value, unit),
    ...(interval ? [`interval ${range(interval, unit)}`] : []),
    ...(known ? [`reference ${inUnit(reference, unit)}`] : []),
    ...(typeof accepted === 'number' ? [`accepted ${inUnit(accepted, unit)}`] : []),
  ].join('; ');
  const place = both ? upper : {y: (height - thick) / 2, thick};
  return html`<svg width="100%" height="${height}"><title>${excerpt(label, 80)}: ${said}</title>${[
    ...grid(scale),
    block('bar', value, scale, place),
    both ? block('kept', accepted ?? null, scale, lower) : undefined,
    interval ? whisker(interval, scale, place.y + place.thick / 2) : undefined,
    known ? diamond(scale.at(reference), height / 2) : undefined,
  ]}</svg>`;
}

function block(
  name: string,
  value: number | null,
  scale: Scale,
  {y, thick: size}: {readonly y: number; readonly thick: number},
): Markup {
  const zero = scale.at(0);
  const at = value === null ? zero : scale.at(value);
  return html`<rect class="${name}" x="${Math.min(zero, at)}%" y="${y}" width="${round(Math.abs(at - zero))}%" height="${size}" rx="2"/>`;
}

/** Behind the bars; rows touch, so the lines go through. */
function grid({ticks, at}: Scale): Markup[] {
  return ticks.map(
    value =>
      html`<line class="${value === 0 ? 'zero' : 'grid'}" x1="${at(value)}%" x2="${at(value)}%" y1="0" y2="${height}"/>`,
  );
}

function axis({ticks, at}: Scale, unit: MeasureUnit | undefined): Markup {
  const last = ticks.length - 1;
  // Beside long names a picture is narrow: every line stands, and so many evenly spaced ones have a number.
  const stride = ticks.findIndex((_, step) => step > 0 && last % step === 0 && last / step <= 2);
  return html`<svg class="axis" width="100%" height="18">${ticks.map((value, index) => {
    if (index % stride !== 0) return '';
    const anchor = index === 0 ? 'start' : index === last ? 'end' : 'middle';
    return html`<text x="${at(value)}%" y="13" text-anchor="${anchor}">${tickText(value, unit)}</text>`;
  })}</svg>`;
}
