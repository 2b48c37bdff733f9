import {html, type Markup} from '../markup.js';
import {diamond, dot, ring, whisker} from '../svg/marks.js';
import {scaleOf} from '../svg/scale.js';

export interface Legend {
  /** What a bar is, or a dot. */
  readonly bar?: string | undefined;
  readonly dot?: string | undefined;
  /** How accepted records are drawn, where they are. */
  readonly accepted?: 'bar' | 'dot' | undefined;
  readonly interval?: boolean | undefined;
  readonly reference?: boolean | undefined;
}

/** What the marks of a picture mean, each beside its own drawing. */
export function legend({bar, dot: point, accepted, interval, reference}: Legend): Markup {
  const entries: [Markup, string][] = [];
  if (bar !== undefined)
    entries.push([html`<rect class="bar" x="2" y="5" width="20" height="8" rx="2"/>`, bar]);
  if (point !== undefined) entries.push([dot(50, 9), point]);
  if (accepted === 'bar')
    entries.push([html`<rect class="kept" x="2" y="6" width="20" height="5" rx="2"/>`, 'accepted records']);
  if (accepted === 'dot') entries.push([ring(50, 9), 'accepted records']);
  if (interval) entries.push([whisker([0.1, 0.9], scaleOf([0, 1], 1), 9), '95 % interval']);
  if (reference) entries.push([diamond(50, 9), 'reference']);
  return html`<span class="legend">${entries.map(
    ([drawn, name]) =>
      html`<span><svg width="24" height="18" aria-hidden="true">${drawn}</svg> ${name}</span> `,
  )}</span>`;
}
