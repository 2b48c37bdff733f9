import type {Cell} from '../../api.js';
import type {TableReport} from '../report.js';

/** A table once, whatever the number of views that were measured. */
export interface MergedTable {
  /** On all records; the first view that there is where these were not measured. */
  readonly table: TableReport;
  /** The same on the accepted ones, where the gates changed anything that can be seen. */
  readonly accepted?: TableReport;
  /** Measured on both, and the same. */
  readonly alike: boolean;
  /** What single gates let through. */
  readonly others: readonly TableReport[];
}

/** One entry a table, in the order in which they first come. */
export function mergeViews(tables: readonly TableReport[]): MergedTable[] {
  const ids = [...new Set(tables.map(({id}) => id))];
  return ids.map(id => {
    const views = tables.filter(table => table.id === id);
    const of = (view: string) => views.find(table => table.view === view);
    const [all, accepted] = [of('all'), of('accepted')];
    const table = all ?? accepted ?? views[0]!;
    const alike = all !== undefined && accepted !== undefined && looksAlike(all, accepted);
    const second = table === all && accepted !== undefined && !alike ? accepted : undefined;
    return {
      table,
      ...(second && {accepted: second}),
      alike,
      others: views.filter(view => view !== table && view !== accepted),
    };
  });
}

/** What names a row: the columns that its picture draws by, else its first. */
export function rowKey({columns, picture}: TableReport): (row: readonly Cell[]) => string {
  const ids =
    picture === undefined
      ? [columns[0]?.id]
      : picture.kind === 'bars'
        ? [picture.label]
        : [picture.row, picture.column];
  const at = ids.map(id => columns.findIndex(column => column.id === id));
  return row => JSON.stringify(at.map(column => row[column] ?? null));
}

/** The column whose numbers are held against each other: the one that is drawn, else the first of numbers. */
export function valueColumn({columns, rows, picture}: TableReport): number {
  if (picture !== undefined) return columns.findIndex(({id}) => id === picture.value);
  return columns.findIndex((_, at) => at > 0 && rows.some(row => typeof row[at] === 'number'));
}

/** Values of the drawn column, by row. */
export function valuesOf(table: TableReport): Map<string, number | null> {
  const key = rowKey(table);
  const at = valueColumn(table);
  const number = (cell: Cell | undefined) =>
    typeof cell === 'number' && Number.isFinite(cell) ? cell : null;
  return new Map(table.rows.map(row => [key(row), number(row[at])]));
}

/** To the tenth of a percent, which is what is shown. */
function looksAlike(a: TableReport, b: TableReport): boolean {
  const [left, right] = [valuesOf(a), valuesOf(b)];
  if (left.size !== right.size) return false;
  const near = (x: number | null, y: number | null) =>
    x === y || (x !== null && y !== null && Math.abs(x - y) <= 0.0005 * Math.max(1, Math.abs(x)));
  return [...left].every(([key, value]) => right.has(key) && near(value, right.get(key)!));
}
