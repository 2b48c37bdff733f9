import {type Cell, type Column, type Gate, placeName, type Rule} from '../../api.js';
import {count} from '../numbers.js';
import type {Report, RoundFindingReport, TableReport} from '../report.js';
import {excerpt} from '../sanitize.js';
import type {Style} from '../style.js';
import {inUnit, range} from '../units.js';
import {pad, shorten, table, wrap} from '../width.js';

/** Rows of a table that a terminal shows: what matters most stands first. */
const shownRows = 5;
const labelCells = 44;
/** What tables say that somebody asked for by a flag: they are shown whole. */
export const askedTables = 'gates';

interface Known {
  readonly rules: ReadonlyMap<string, Rule>;
  readonly gates: ReadonlyMap<string, Gate>;
}

/**
 * What rules say of the round as a whole, and below it the beginning of the tables of those that speak, or whose
 * measures failed a gate: which topics are lost, which frames repeat. The page shows all of them.
 */
export function renderRound(report: Report, known: Known, style: Style): string[][] {
  const {roundFindings: found = [], tables = []} = report;
  const speaking = new Set([...found.map(({rule}) => rule), ...rulesOfFailed(report, known)]);
  const preferred = tables.filter(
    ({id, rule, view}) =>
      rule === askedTables ||
      (speaking.has(rule) &&
        (view === 'accepted' ||
          (view === 'all' && !tables.some(other => other.id === id && other.view === 'accepted')))),
  );
  return [
    ...(found.length > 0 ? [renderFound(found, style)] : []),
    ...preferred.map(each => renderTable(each, style)),
  ].filter(lines => lines.length > 0);
}

/** Rules that gave a measure which a failed round gate reads. */
function rulesOfFailed(report: Report, {rules, gates}: Known): string[] {
  const read = report.gates.flatMap(({id, status}) => {
    const gate = gates.get(id);
    return status === 'fail' && gate?.scope === 'round'
      ? gate.measures.map(name => name.split('@', 1)[0]!)
      : [];
  });
  return [...rules.values()]
    .filter(rule => rule.kind === 'corpus' && read.some(name => Object.hasOwn(rule.measures, name)))
    .map(({id}) => id);
}

function renderFound(found: readonly RoundFindingReport[], style: Style): string[] {
  const {paint, width} = style;
  const worstFirst = found.toSorted((a, b) => Number(b.level === 'error') - Number(a.level === 'error'));
  const lines = worstFirst.flatMap(({rule, level, message, place}) => {
    const [first = '', ...rest] = wrap(excerpt(message, 400), width - 9);
    const painted = (level === 'error' ? paint.red : paint.yellow)(pad(level, 5));
    return [
      `  ${painted}  ${first}`,
      ...rest.map(line => `         ${line}`),
      `         ${paint.dim(`${place ? `${excerpt(placeName(place), 200)}  ` : ''}${excerpt(rule, 60)}`)}`,
    ];
  });
  return [paint.bold('The round as a whole'), ...lines];
}

function renderTable(from: TableReport, style: Style): string[] {
  const rows = worstOf(from);
  if (rows.length === 0) return [];
  // An interval, and what is only known by an id, is for those who look closer.
  const columns = from.columns.flatMap((column, at) => {
    const cells = rows.map(row => row[at]);
    return cells.some(Array.isArray) || cells.every(cell => cell === null) ? [] : [{column, at}];
  });
  const shown = from.rule === askedTables ? rows : rows.slice(0, shownRows);
  const isText = ({at}: {at: number}) => shown.some(row => typeof row[at] === 'string');
  const lines = table(
    [
      columns.map(({column}, first) => (first === 0 ? '' : excerpt(column.title, 40))),
      ...shown.map(row => columns.map(({column, at}) => cellText(row[at], column, style))),
    ],
    columns.map(each => (isText(each) ? 'left' : 'right')),
  );
  const {paint, symbols} = style;
  const more = rows.length - shown.length;
  return [
    paint.bold(excerpt(from.title, style.width)),
    ...lines.map((row, at) => {
      const line = shorten(`  ${row.join('  ')}`.trimEnd(), style.width, symbols.ellipsis);
      return at === 0 ? paint.dim(line) : line;
    }),
    ...(more > 0
      ? [paint.dim(`  ${symbols.ellipsis} and ${count(more)} more: --output html=FILE shows all`)]
      : []),
  ];
}

/** Rows as they stand; of a matrix each pair once, the largest values first. */
function worstOf({rows, columns, picture}: TableReport): TableReport['rows'] {
  if (picture?.kind !== 'matrix') return rows;
  const place = (id: string) => columns.findIndex(column => column.id === id);
  const [row, column, value] = [place(picture.row), place(picture.column), place(picture.value)];
  const seen = new Set<string>();
  return rows
    .filter(cells => {
      const pair = JSON.stringify([String(cells[row]), String(cells[column])].sort());
      return cells[value] !== null && !seen.has(pair) && seen.add(pair);
    })
    .toSorted((a, b) => Number(b[value]) - Number(a[value]));
}

function cellText(cell: Cell | undefined, {unit}: Column, {symbols}: Style): string {
  if (cell === null || cell === undefined) return '–';
  if (typeof cell === 'string') return shorten(excerpt(cell, 200), labelCells, symbols.ellipsis);
  return typeof cell === 'number' ? inUnit(cell, unit) : range(cell, unit);
}
