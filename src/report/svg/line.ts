import type {MeasureUnit} from '../../api.js';
import {html, type Markup} from '../markup.js';
import {diamond, dot, limitLine, ring, whisker} from './marks.js';
import {type Scale, tickText} from './scale.js';

export interface Marks {
  readonly value: number;
  readonly interval?: readonly [number, number] | undefined;
  readonly reference?: number | undefined;
  readonly limit?: number | undefined;
  /** The same number on the accepted records. */
  readonly accepted?: number | undefined;
}

const middle = 10;

/** A number on a line with its interval, the reference's and the limit; both ends of the line are named. */
export function numberLine(marks: Marks, scale: Scale, unit: MeasureUnit | undefined): Markup {
  const {value, interval, reference, limit, accepted} = marks;
  const {low, high, at} = scale;
  return html`<svg class="line" width="100%" height="30" aria-hidden="true"><line class="zero" x1="0%" x2="100%" y1="${middle}" y2="${middle}"/>${[
    limit === undefined ? undefined : limitLine(at(limit), middle * 2),
    interval && whisker(interval, scale, middle),
    // The dot is the smaller one: where both are the same, both can be seen.
    reference === undefined ? undefined : diamond(at(reference), middle),
    accepted === undefined ? undefined : ring(at(accepted), middle),
    dot(at(value), middle),
  ]}<text x="0%" y="28">${tickText(low, unit)}</text><text x="100%" y="28" text-anchor="end">${tickText(high, unit)}</text></svg>`;
}
