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
export function selects({rows, judge}: Run, view: RowView, row: number): boolean {
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

/** Views that hold all rows of another: of two that hold as many rows, both hold the same. */
function holders(view: RowView): RowView[] {
  if (view === 'kept') return ['all', 'distinct', 'accepted'];
  return view.startsWith('kept:') ? ['all', 'distinct'] : ['all'];
}

/** For each view the first one that holds the same rows: often itself, or `all`. */
export function sameViews(run: Run, views: readonly RowView[]): Map<RowView, RowView> {
  const counted = ['all', ...views];
  const counts = new Map(counted.map(view => [view, 0]));
  for (let row = 0; row < run.rows.count; row++) {
    for (const view of counted) if (selects(run, view, row)) counts.set(view, counts.get(view)! + 1);
  }
  const same = new Map<RowView, RowView>([['all', 'all']]);
  for (const view of views) {
    const holder = holders(view).find(one => counts.get(one) === counts.get(view));
    same.set(view, holder === undefined ? view : (same.get(holder) ?? holder));
  }
  return same;
}
