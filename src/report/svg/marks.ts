import {html, type Markup} from '../markup.js';
import {round, type Scale} from './scale.js';

/** An interval: a line from end to end with a cap on both. `middle` is in pixels from the top. */
export function whisker([low, high]: readonly [number, number], {at}: Scale, middle: number): Markup {
  const [from, to] = [at(low), at(high)];
  const cap = (x: number) => html`<line x1="${x}%" x2="${x}%" y1="${middle - 4}" y2="${middle + 4}"/>`;
  return html`<g class="whisker"><line x1="${from}%" x2="${to}%" y1="${middle}" y2="${middle}"/>${[cap(from), cap(to)]}</g>`;
}

/** The reference: another shape, so that colour is not needed to tell it. Paths know no percent, nested pictures do. */
export function diamond(x: number, middle: number): Markup {
  return html`<svg x="${round(x)}%" overflow="visible" class="reference"><path d="M0 ${middle - 7}L6 ${middle}L0 ${middle + 7}L-6 ${middle}Z"/></svg>`;
}

/** What was measured, where a bar would say too much. */
export function dot(x: number, middle: number): Markup {
  return html`<circle class="dot" cx="${round(x)}%" cy="${middle}" r="4"/>`;
}

/** The same on what the gates accepted: around the dot where nothing changed. */
export function ring(x: number, middle: number): Markup {
  return html`<circle class="ring" cx="${round(x)}%" cy="${middle}" r="6.5"/>`;
}

/** A limit: a line across. */
export function limitLine(x: number, height: number): Markup {
  return html`<line class="limit" x1="${round(x)}%" x2="${round(x)}%" y1="0" y2="${height}"/>`;
}
