import type {Rule} from '../../api.js';
import {html, type Markup, prose} from '../markup.js';
import {measureName} from '../measure-name.js';
import type {Measure, Report} from '../report.js';
import {excerpt} from '../sanitize.js';
import {numberLine} from '../svg/line.js';
import {markScale} from '../svg/scale.js';
import {inUnit, range, type UnitOf, unitsOf} from '../units.js';
import {type Known, viewName} from './known.js';
import {scrolling, tableOf} from './section.js';

/** A measure once: on all records, on the accepted ones beside it, and on what single gates let through. */
export interface MeasureRow {
  readonly name: string;
  readonly main: Measure;
  readonly accepted: Measure | undefined;
  /** Of all its views: they share a scale. */
  readonly same: readonly Measure[];
}

/** A row a measure by name; what a gate lets through has one of its own. */
export function measureRows({measures}: Report): MeasureRow[] {
  const byName = new Map<string, Measure[]>();
  for (const [key, measure] of Object.entries(measures)) {
    const name = measureName(key, measure);
    byName.set(name, [...(byName.get(name) ?? []), measure]);
  }
  const names = [...byName].sort(([a], [b]) => (a < b ? -1 : 1));
  return names.flatMap(([name, views]) => {
    const same = views.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1));
    const all = same.find(({view}) => view === 'all');
    const accepted = all && same.find(({view}) => view === 'accepted');
    return same
      .filter(measure => measure !== accepted)
      .map(main => ({name, main, accepted: main === all ? accepted : undefined, same}));
  });
}

/** Measures beside those of the reference, before and after the gates, and which round gate goes by them. */
export function measureTable(
  caption: string,
  rows: readonly MeasureRow[],
  report: Report,
  known: Known,
): Markup {
  const unitOf = unitsOf(known.rules);
  const about = descriptions(known.rules);
  const beside = rows.some(({same}) => same.some(each => each.reference !== undefined));
  const both = rows.some(({accepted}) => accepted !== undefined);
  const read = gatesOf(report, known);
  const titles = [
    {text: 'measure'},
    {text: html`<span class="hidden">picture</span>`},
    {text: 'all records', number: true},
    ...(both ? [{text: 'accepted', number: true}] : []),
    ...(beside ? [{text: 'reference', number: true}] : []),
  ];
  const cells = rows.map((row, at) => {
    const first = rows[at - 1]?.name !== row.name;
    const {name, main, accepted} = row;
    const tags = first ? read(name) : [];
    return [
      {
        text: html`<code>${excerpt(name, 80)}</code>${main.view === 'all' ? undefined : html` <span class="soft">${viewName(main.view)}</span>`}${tags}${
          first && about.has(name) ? html`<span class="about">${prose(about.get(name)!)}</span>` : undefined
        }`,
      },
      {text: picture(row, unitOf)},
      {text: value(main, unitOf(name)), number: true},
      ...(both ? [{text: accepted ? value(accepted, unitOf(name)) : '', number: true}] : []),
      ...(beside ? [{text: reference(row, unitOf), number: true}] : []),
    ];
  });
  return scrolling(caption, tableOf(caption, titles, cells, true));
}

function value({value: measured, interval}: Measure, unit: ReturnType<UnitOf>): Markup {
  return html`${inUnit(measured, unit)}${interval ? html` <small class="range">${range(interval, unit)}</small>` : undefined}`;
}

/** References are at the size of what they stand beside, so those of two views may differ. */
function reference({name, main, accepted}: MeasureRow, unitOf: UnitOf): string | Markup {
  const unit = unitOf(name);
  if (main.reference === undefined) return '';
  const shown = inUnit(main.reference, unit);
  const other = accepted?.reference === undefined ? shown : inUnit(accepted.reference, unit);
  return other === shown ? shown : html`${shown} <small class="range">${other} beside accepted</small>`;
}

function picture({name, main, accepted, same}: MeasureRow, unitOf: UnitOf): Markup {
  const {value: measured, interval, reference: beside} = main;
  const unit = unitOf(name);
  const known = same.flatMap(each => [each.value, ...(each.interval ?? []), each.reference ?? each.value]);
  const marks = {value: measured, interval, reference: beside, accepted: accepted?.value};
  return html`<span class="track">${numberLine(marks, markScale(known, unit), unit)}</span>`;
}

/** Round gates that go by a measure, on whatever view. */
function gatesOf(report: Report, {gates}: Known): (name: string) => Markup[] {
  const active = report.gates.filter(({scope}) => scope === 'round');
  return name =>
    active.flatMap(({id, status}) => {
      const gate = gates.get(id);
      if (gate?.scope !== 'round') return [];
      const names = [...gate.measures, ...(gate.optionalMeasures ?? [])];
      if (!names.some(each => each.split('@', 1)[0] === name)) return [];
      return [
        html` <span class="goes ${status}">gate ${excerpt(id, 40)}${status === 'fail' ? ' ✘' : ''}</span>`,
      ];
    });
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
