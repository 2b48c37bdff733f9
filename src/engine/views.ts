import type {CorpusRule} from '../api.js';
import type {Run} from './scan.js';

/**
 * Sets of rows beside `all` that corpus rules are observed on: the public views `accepted` and `gate:<id>`
 * (what one gate alone let through), and for comparisons `distinct` (no duplicate rule flagged it), `kept`
 * (those that were accepted) and `kept:<id>` (those that one gate alone let through).
 */
export type RowView = string;

export const keptBy = (gate: string): RowView => `kept:${gate}`;

/** Views that a rule has to be observed on, `all` among them. */
export function viewsOf(rule: CorpusRule, gates: readonly string[]): RowView[] {
  const compared = rule.compare === undefined ? [] : ['distinct', 'kept', ...gates.map(keptBy)];
  return [...rule.views, ...compared];
}

/** Whether a view holds a row. */
export function selects({rows, judge}: Pick<Run, 'rows' | 'judge'>, view: RowView, row: number): boolean {
  if (rows.verdict(row) === 'malformed') return false;
  if (view === 'all') return true;
  if (view === 'accepted') return rows.verdict(row) === 'accept';
  if (!view.startsWith('gate:') && rows.duplicate(row)) return false;
  if (view === 'distinct') return true;
  if (view === 'kept') return rows.verdict(row) === 'accept';
  const id = view.slice(view.indexOf(':') + 1);
  const gate = judge.gates.findIndex(active => active.gate.id === id);
  return gate < 0 || (rows.failed(row) & (1 << gate)) === 0;
}

/**
 * Which views leave a row out, one character a view: `1` for those that do. Rows are counted, and observed, by
 * this pattern: each once, however many views it is missing in.
 */
export type Pattern = string;

/** The patterns of a round's rows, gathered as they are judged. */
export interface Patterns {
  /** That of a row; undefined for a row that no view leaves out, or that is no record. */
  of(row: number): Pattern | undefined;
  /** The same, and counts the row. */
  count(row: number): Pattern | undefined;
  /** The first view that holds the same rows: often the view itself, or `all`. */
  same(view: RowView): RowView;
  /** Patterns of the records that a view leaves out, and how many these are. */
  leftOutOf(view: RowView): Pattern[];
  leftOut(view: RowView): number;
}

export function createPatterns(run: Pick<Run, 'rows' | 'judge'>, views: readonly RowView[]): Patterns {
  const counts = new Map<Pattern, number>();
  const leftOutOf = (view: RowView) => {
    const at = views.indexOf(view);
    return [...counts.keys()].filter(pattern => pattern[at] === '1');
  };
  function of(row: number): Pattern | undefined {
    if (run.rows.verdict(row) === 'malformed') return undefined;
    const pattern = views.map(view => (selects(run, view, row) ? '0' : '1')).join('');
    return pattern.includes('1') ? pattern : undefined;
  }
  return {
    of,
    count(row) {
      const pattern = of(row);
      if (pattern !== undefined) counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
      return pattern;
    },
    same(view) {
      const own = leftOutOf(view).join();
      return own === '' ? 'all' : (views.find(other => leftOutOf(other).join() === own) ?? view);
    },
    leftOutOf,
    leftOut: view => leftOutOf(view).reduce((sum, pattern) => sum + counts.get(pattern)!, 0),
  };
}
