import {html, type Markup} from '../markup.js';
import {round} from './scale.js';

export interface Part {
  /** Class that colours it. */
  readonly name: string;
  readonly count: number;
}

/** Percent: what is there can be seen. */
const least = 0.4;

/** Parts of a whole side by side, as long as they are large. */
export function proportions(parts: readonly Part[]): Markup {
  let from = 0;
  const drawn = widths(parts.map(({count}) => count)).map((width, at) => {
    const x = round(from);
    from += width;
    return html`<rect class="${parts[at]!.name}" x="${x}%" y="0" width="${round(width)}%" height="28"/>`;
  });
  return html`<svg class="shares" width="100%" height="28" aria-hidden="true">${drawn}</svg>`;
}

/** Percent of the whole; the largest part gives what the smallest need to be seen. */
export function widths(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return counts.map(() => 0);
  const shares = counts.map(count => (count === 0 ? 0 : Math.max(least, (count / total) * 100)));
  const over = shares.reduce((sum, share) => sum + share, 0) - 100;
  const largest = shares.indexOf(Math.max(...shares));
  return shares.map((share, at) => (at === largest ? share - over : share));
}
