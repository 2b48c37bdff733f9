import type {Rule} from '../../api.js';
import {html, type Markup, prose} from '../markup.js';
import {measureName} from '../measure-name.js';
import {count} from '../numbers.js';
import type {Measure, Report} from '../report.js';
import {excerpt} from '../sanitize.js';
import {numberLine} from '../svg/line.js';
import {markScale} from '../svg/scale.js';
import {inUnit, range, type UnitOf, unitsOf} from '../units.js';
import {viewName} from './known.js';
import {legend} from './legend.js';
import {type Section, scrolling, tableOf} from './section.js';

const most = 300;

/** Each measure on a line of its own with its interval and the reference's value. Views of one share a scale. */
export function renderMeasures(report: Report, rules: ReadonlyMap<string, Rule>): Section | undefined {
  const all = Object.entries(report.measures)
    .map(([key, measure]) => ({name: measureName(key, measure), measure}))
    .sort((a, b) => compare(a.name, b.name) || compare(rank(a.measure), rank(b.measure)));
  if (all.length === 0) return undefined;
  const unitOf = unitsOf(rules);
  const about = descriptions(rules);
  const shown = all.slice(0, most);
  const rows = shown.map(({name, measure}, at) => {
    const same = all.filter(other => other.name === name).map(other => other.measure);
    return row(name, measure, same, unitOf, shown[at - 1]?.name === name ? undefined : about.get(name));
  });
  const titles = [
    {text: 'measure'},
    {text: 'value', number: true},
    {text: html`<span class="hidden">picture</span>`},
    {text: '95 % interval', number: true},
    {text: 'reference', number: true},
  ];
  const left = all.length - shown.length;
  return {
    id: 'measures',
    title: 'Measures',
    lead: html`Numbers on the corpus as a whole. Each line has a scale of its own, named at its ends. ${marks(shown.map(({measure}) => measure))}`,
    body: html`<div class="card">${scrolling('Measures', tableOf('Measures beside those of the reference', titles, rows, true))}${
      left > 0 ? html`<p class="more">${count(left)} more are in the JSON report.</p>` : undefined
    }</div>`,
  };
}

function row(
  name: string,
  measure: Measure,
  same: readonly Measure[],
  unitOf: UnitOf,
  about: string | undefined,
) {
  const {value, interval, reference, view} = measure;
  const unit = unitOf(name);
  const known = same.flatMap(each => [each.value, ...(each.interval ?? []), each.reference ?? each.value]);
  return [
    {
      text: html`<code>${excerpt(name, 80)}</code>${of(view)}${about === undefined ? undefined : html`<span class="about">${prose(about)}</span>`}`,
    },
    {text: inUnit(value, unit), number: true},
    {
      text: html`<span class="track">${numberLine({value, interval, reference}, markScale(known, unit), unit)}</span>`,
    },
    {text: interval ? range(interval, unit) : '', number: true},
    {text: reference === undefined ? '' : inUnit(reference, unit), number: true},
  ];
}

function marks(measures: readonly Measure[]): Markup {
  return legend({
    dot: 'the round',
    interval: measures.some(({interval}) => interval !== undefined),
    reference: measures.some(({reference}) => reference !== undefined),
  });
}

function of(view: Measure['view']): Markup | undefined {
  return view === 'all' ? undefined : html` <span class="soft">${viewName(view)}</span>`;
}

function descriptions(rules: ReadonlyMap<string, Rule>): Map<string, string> {
  const declared = [...rules.values()].flatMap(rule =>
    rule.kind === 'corpus' ? Object.entries(rule.measures) : [],
  );
  return new Map(
    declared.map(([name, said]) => [name, typeof said === 'string' ? said : said.description] as const),
  );
}

/** All records first, then the accepted ones, then single gates. */
function rank({view}: Measure): string {
  return view === 'all' ? '0' : view === 'accepted' ? '1' : `2${view}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
