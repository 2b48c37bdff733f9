import type {Cell, Table} from '../../src/api.js';
import {wilson} from '../statistics/proportions.js';
import {type FormatCounts, numbersOf} from './counts.js';
import {type ModelCounts, mostModels} from './models.js';

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const largestFirst = <T>(rows: T[], size: (row: T) => number) => rows.sort((a, b) => size(b) - size(a));

/** Shares of the formats that the round or the reference has, the reference's beside them. */
export function sharesTable(
  counts: FormatCounts,
  reference: FormatCounts | undefined,
  names: readonly string[],
): Table {
  const here = numbersOf(counts, names);
  const there = reference && numbersOf(reference, names);
  const [total, totalThere] = [sum(here), there && sum(there)];
  const rows = names.map((name, index): Cell[] => [
    name,
    here[index]!,
    here[index]! / total,
    wilson(here[index]!, total),
    there ? there[index]! / totalThere! : null,
  ]);
  return {
    id: 'format.shares',
    title: 'Formats of the answers',
    note: 'The structural format of each answer, and its share beside that of the reference. An answer that shows several formats has the one that stands first in `docs/methods.md`.',
    columns: [
      {id: 'format', title: 'Format'},
      {id: 'records', title: 'Records'},
      {id: 'share', title: 'Share', unit: 'share'},
      {id: 'interval', title: '95 % interval', unit: 'share'},
      {id: 'reference', title: 'Reference', unit: 'share'},
    ],
    rows: largestFirst(
      rows.filter((_, index) => here[index]! > 0 || (there?.[index] ?? 0) > 0),
      row => row[1] as number,
    ),
    picture: {
      kind: 'bars',
      label: 'format',
      value: 'share',
      interval: 'interval',
      ...(reference && {reference: 'reference'}),
    },
  };
}

/** Rows that a report keeps. */
const mostRows = 200;

/** Shares of formats by model, for the formats that any of them has; undefined where models have no names. */
export function modelsTable(models: ModelCounts, names: readonly string[]): Table | undefined {
  if (models.size === 0) return;
  const used = names.filter(name => [...models.values()].some(({formats}) => formats.has(name)));
  const known = [...models].map(([model, {formats}]) => ({
    model,
    formats,
    total: sum([...formats.values()]),
  }));
  known.sort((a, b) => b.total - a.total || (a.model < b.model ? -1 : 1));
  const shown = known.slice(0, Math.floor(mostRows / used.length));
  return {
    id: 'format.models',
    title: 'Formats by model',
    note: `Share of each model's answers in each format: a row that is dark in one place is a model of one format. At most ${mostModels} models are counted, those with the most records are shown.`,
    columns: [
      {id: 'model', title: 'Model'},
      {id: 'format', title: 'Format'},
      {id: 'records', title: 'Records'},
      {id: 'share', title: 'Share', unit: 'share'},
    ],
    rows: shown.flatMap(({model, formats, total}) =>
      used.map(format => [model, format, formats.get(format) ?? 0, (formats.get(format) ?? 0) / total]),
    ),
    picture: {kind: 'matrix', row: 'model', column: 'format', value: 'share'},
  };
}
