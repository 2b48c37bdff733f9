import type {Rule} from '../../api.js';
import {measureName} from '../measure-name.js';
import type {Measure, Report} from '../report.js';
import {excerpt} from '../sanitize.js';
import type {Style} from '../style.js';
import {inUnit, range, unitsOf} from '../units.js';
import {table} from '../width.js';
import {titled} from './prose.js';

const titles = ['Measures', 'value', 'interval', 'reference', 'accepted'] as const;

/**
 * Measures beside the reference's value, by name, each in its unit. What a measure is on the accepted records
 * stands in the same line, where it is known on all of them too.
 */
export function renderMeasures(report: Report, rules: ReadonlyMap<string, Rule>, style: Style): string[] {
  const measures = Object.entries(report.measures).sort(([a], [b]) => (a < b ? -1 : 1));
  if (measures.length === 0) return [];
  const unitOf = unitsOf(rules);
  const onAll = new Set(measures.filter(([, {view}]) => view === 'all').map(([key]) => key));
  const beside = (key: string, measure: Measure) =>
    measure.view === 'accepted' && onAll.has(measureName(key, measure));
  const rows = measures
    .filter(([key, measure]) => !beside(key, measure))
    .map(([key, {value, interval, reference}]) => {
      const unit = unitOf(key);
      const accepted = onAll.has(key) ? report.measures[`${key}@accepted`] : undefined;
      return [
        `  ${excerpt(key, 50)}`,
        inUnit(value, unit),
        interval ? range(interval, unit) : '',
        reference === undefined ? '' : inUnit(reference, unit),
        accepted === undefined ? '' : inUnit(accepted.value, unit),
      ];
    });
  const used = titles.map((_, column) => column < 2 || rows.some(row => row[column] !== ''));
  const [header = [], ...body] = table(
    [titles, ...rows].map(row => row.filter((_, column) => used[column])),
    titles.filter((_, column) => used[column]).map((_, column) => (column === 0 ? 'left' : 'right')),
  );
  const paintRow = ([name = '', ...numbers]: string[]) => [style.paint.cyan(name), ...numbers].join('  ');
  return [titled(header, style), ...body.map(row => paintRow(row).trimEnd())];
}
