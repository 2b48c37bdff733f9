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
}

/** Pixels: the height of a row, and of the bar in its middle. */
const height = 26;
const thick = 14;

/**
 * One bar a row from 0, its interval as a whisker, the reference as a diamond. Labels and numbers are HTML,
 * which wraps; what is drawn stands between them and stretches.
 */
export function barChart(bars: readonly Bar[], unit: MeasureUnit | undefined): Markup {
  const values = bars.flatMap(({value, interval, reference}) => [value, ...(interval ?? []), reference]);
  const scale = barScale(values.filter(value => typeof value === 'number'));
  return html`<div class="bars">${bars.map(
    bar =>
      html`<span class="label"><bdi>${excerpt(bar.label, 80)}</bdi></span><span class="value">${
        bar.value === null ? '–' : inUnit(bar.value, unit)
      }</span><span class="plot">${strip(bar, scale, unit)}</span>\n`,
  )}<span class="plot">${axis(scale, unit)}</span></div>`;
}

function strip(
  {value, interval, reference, label}: Bar,
  scale: Scale,
  unit: MeasureUnit | undefined,
): Markup {
  const zero = scale.at(0);
  const at = value === null ? zero : scale.at(value);
  const known = typeof reference === 'number';
  const said = [
    value === null ? 'not known' : inUnit(value, unit),
    ...(interval ? [`interval ${range(interval, unit)}`] : []),
    ...(known ? [`reference ${inUnit(reference, unit)}`] : []),
  ].join('; ');
  return html`<svg width="100%" height="${height}"><title>${excerpt(label, 80)}: ${said}</title>${grid(scale)}<rect class="bar" x="${Math.min(zero, at)}%" y="${(height - thick) / 2}" width="${round(Math.abs(at - zero))}%" height="${thick}" rx="2"/>${
    interval ? whisker(interval, scale, height / 2) : undefined
  }${known ? diamond(scale.at(reference), height / 2) : undefined}</svg>`;
}

/** Behind the bars; rows touch, so the lines go through. */
function grid({ticks, at}: Scale): Markup[] {
  return ticks.map(
    value =>
      html`<line class="${value === 0 ? 'zero' : 'grid'}" x1="${at(value)}%" x2="${at(value)}%" y1="0" y2="${height}"/>`,
  );
}

function axis({ticks, at}: Scale, unit: MeasureUnit | undefined): Markup {
  return html`<svg class="axis" width="100%" height="18">${ticks.map((value, index) => {
    const anchor = index === 0 ? 'start' : index === ticks.length - 1 ? 'end' : 'middle';
    return html`<text x="${at(value)}%" y="13" text-anchor="${anchor}">${tickText(value, unit)}</text>`;
  })}</svg>`;
}
