import type {SignalValue} from '../../api.js';
import type {Exhibition} from '../exhibit.js';
import {html, type Markup} from '../markup.js';
import {percent, quantity} from '../numbers.js';
import {excerpt} from '../sanitize.js';
import type {Spread} from '../spread.js';
import {round} from '../svg/scale.js';

const bars = 25;
const height = 20;

/** How each signal is spread, drawn once; records only say where they stand. */
export interface Spreads {
  /** To be put on the page once. */
  readonly drawings: Markup;
  /** One line for each signal of a record. */
  lines(signals: Readonly<Record<string, SignalValue>>): Markup | undefined;
}

/** The round's spread as blocks, the reference's as a line above them. */
export function drawSpreads({spreads}: Exhibition, references: ReadonlyMap<string, Spread>): Spreads {
  const known = [...spreads].map(([name, spread], at) => {
    const beside = references.get(name);
    const ranges = [spread.range, ...(beside ? [beside.range] : [])];
    const range = [
      Math.min(...ranges.map(([low]) => low)),
      Math.max(...ranges.map(([, high]) => high)),
    ] as const;
    return {name, at, spread, beside, range};
  });
  const drawings = known.map(
    ({at, spread, beside, range}) =>
      html`<path id="spread-${at}" d="${blocks(spread.bars(bars, range))}"/>${
        beside && html`<path id="spread-${at}-reference" d="${outline(beside.bars(bars, range))}"/>`
      }`,
  );
  const byName = new Map(known.map(one => [one.name, one]));
  return {
    drawings: html`<svg class="hidden" aria-hidden="true"><defs>${drawings}</defs></svg>`,
    lines(signals) {
      const entries = Object.entries(signals);
      if (entries.length === 0) return undefined;
      return html`<dl class="signals">${entries.map(([name, value]) => line(name, value, byName.get(name)))}</dl>`;
    },
  };
}

interface Known {
  readonly at: number;
  readonly spread: Spread;
  readonly beside: Spread | undefined;
  readonly range: readonly [low: number, high: number];
}

function line(name: string, value: SignalValue, known: Known | undefined): Markup {
  const title = html`<dt><code>${excerpt(name, 40)}</code></dt>`;
  if (typeof value !== 'number')
    return html`${title}<dd class="soft">${value.absent}: ${excerpt(value.reason, 160)}</dd>`;
  if (known === undefined) return html`${title}<dd><strong>${quantity(value)}</strong></dd>`;
  const {
    at,
    spread,
    beside,
    range: [low, high],
  } = known;
  const x = high > low ? round(Math.min(1, Math.max(0, (value - low) / (high - low))) * 100) : 50;
  const over = [
    `above ${share(spread.below(value))} of this round`,
    ...(beside ? [`above ${share(beside.below(value))} of the reference`] : []),
  ].join(', ');
  return html`${title}<dd><strong>${quantity(value)}</strong> <span class="soft">${over}</span><svg class="spread" viewBox="0 0 100 ${height}" preserveAspectRatio="none" aria-hidden="true"><use class="round" href="#spread-${at}"/>${
    beside && html`<use class="beside" href="#spread-${at}-reference"/>`
  }<line class="here" x1="${x}" x2="${x}" y1="0" y2="${height}"/></svg></dd>`;
}

/** Small samples do not tell tenths. */
function share(part: number): string {
  return part > 0 && part < 0.01 ? '<1 %' : percent(Math.round(part * 100) / 100).replace('.0', '');
}

/** What is there can be seen. */
const tall = (part: number) => (part === 0 ? 0 : Math.max(1, round(part * (height - 1))));

function blocks(heights: readonly number[]): string {
  const width = 100 / heights.length;
  return heights
    .flatMap((part, at) =>
      part === 0 ? [] : [`M${round(at * width)} ${height}v-${tall(part)}h${round(width)}v${tall(part)}z`],
    )
    .join('');
}

function outline(heights: readonly number[]): string {
  const width = 100 / heights.length;
  const steps = heights.map((part, at) => `V${round(height - tall(part))}H${round((at + 1) * width)}`);
  return `M0 ${height}${steps.join('')}V${height}`;
}
