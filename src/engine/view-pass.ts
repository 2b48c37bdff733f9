import type {CorpusRule} from '../api.js';
import {onlyOf, restOf} from './corpus-rules.js';
import type {Run} from './scan.js';
import type {ScanTask} from './scanner.js';
import type {LeftRow} from './session.js';
import {createPatterns, type Pattern, type RowView, selects, viewsOf} from './views.js';

export interface ViewStates {
  /** The view that was observed in a view's place because it holds the same records: `all`, at best. */
  same(view: RowView): RowView;
  /**
   * Keys of what a view leaves out, where that was observed for the rules that can subtract it; undefined
   * where the view itself was.
   */
  rest(view: RowView): string[] | undefined;
}

/** Lets corpus rules see what the gates let through: the views other than `all`. */
export interface ViewPass {
  /** Told of each row that was judged, in order, unless it was accepted without a word. */
  judged(row: number): void;
  /** When all are judged; reads the inputs once more where a view cannot be had from what it leaves out. */
  finish(again: () => AsyncIterable<ScanTask>): Promise<ViewStates>;
}

const isAll = (view: RowView) => view === 'all';

/** What is to be observed when chunks are read again: views by their keys, and rows of some patterns. */
interface Wanted {
  readonly views: ReadonlyMap<string, RowView>;
  readonly patterns: ReadonlySet<Pattern>;
}

/** Rows that are sent to be observed at once. */
const batchRows = 256;
/** From this part of the rows on, it is better to read all chunks once more than many rows one by one. */
const manyRows = 0.25;
const fewRows = 20_000;

/**
 * A view is mostly known by what it leaves out: a few rows, which are read again while the scan goes on, as
 * soon as they are refused. Views that hold the same rows are observed once.
 */
export function createViewPass(run: Omit<Run, 'views' | 'labels'>): ViewPass {
  const {plan, rows, pool, request} = run;
  const patterns = createPatterns(run, plan.views);
  const observing: Promise<unknown>[] = [];
  let waiting: LeftRow[] = [];
  let count = 0;
  // Providers take records in batches, and other rules have to see the view itself.
  let oneByOne =
    plan.viewNeeds.length === 0 &&
    plan.corpusRules.every(
      rule => rule.subtract !== undefined || viewsOf(rule, plan.recordGates).every(isAll),
    );

  function send(): void {
    if (waiting.length === 0) return;
    const observed = pool.aside({kind: 'left', rows: waiting});
    // Comes up when all are waited for.
    observed.catch(() => {});
    observing.push(observed);
    waiting = [];
  }

  function noteLeft(row: number, pattern: Pattern): void {
    count++;
    if (count > fewRows && count > manyRows * row) oneByOne = false;
    if (!oneByOne) return;
    const {path, file} = request.inputs[rows.input(row)]!;
    const place = {path, file, start: rows.start(row), end: rows.end(row), line: rows.line(row)};
    waiting.push({key: restOf(pattern), place});
    if (waiting.length === batchRows) send();
  }

  async function readAgain(again: () => AsyncIterable<ScanTask>, wanted: Wanted): Promise<void> {
    const pending = new Set<Promise<unknown>>();
    let first = 0;
    let chunk = 0;
    for await (const task of again()) {
      request.signal?.throwIfAborted();
      const end = first + (run.rowsPerChunk[chunk++] ?? 0);
      const masks = masksOf(first, end, wanted);
      first = end;
      if (masks.size === 0) continue;
      const done = pool.run({kind: 'observe', task, masks}, [task.bytes.buffer]);
      pending.add(done);
      done.then(
        () => pending.delete(done),
        () => {},
      );
      if (pending.size >= pool.width * 2) await Promise.race(pending);
    }
    await Promise.all(pending);
  }

  /** What is to be observed of a chunk: one byte a row for each key of which it has rows. */
  function masksOf(first: number, end: number, {views, patterns: wanted}: Wanted): Map<string, Uint8Array> {
    const masks = new Map<string, Uint8Array>();
    const mark = (key: string, row: number) => {
      const mask = masks.get(key) ?? new Uint8Array(end - first);
      mask[row - first] = 1;
      masks.set(key, mask);
    };
    for (let row = first; row < end; row++) {
      for (const [key, view] of views) if (selects(run, view, row)) mark(key, row);
      const pattern = wanted.size === 0 ? undefined : patterns.of(row);
      if (pattern !== undefined && wanted.has(pattern)) mark(restOf(pattern), row);
    }
    return masks;
  }

  return {
    judged(row) {
      const pattern = patterns.count(row);
      if (pattern !== undefined) noteLeft(row, pattern);
    },
    async finish(again) {
      const views = [...new Set(plan.views.map(patterns.same))].filter(view => view !== 'all');
      const records = rows.count - run.tally.totals.malformed;
      const byRest = new Set(views.filter(view => (records - patterns.leftOut(view)) * 2 > rows.count));
      send();
      await Promise.all(observing);
      if (!oneByOne && observing.length > 0) await pool.runOnAll({kind: 'forget'});
      const wanted = {
        views: new Map(views.filter(view => !byRest.has(view)).map(view => [view, view])),
        patterns: new Set<Pattern>(),
      };
      for (const view of oneByOne ? [] : byRest) {
        if (cannotSubtract(view)) wanted.views.set(onlyOf(view), view);
        for (const pattern of patterns.leftOutOf(view)) wanted.patterns.add(pattern);
      }
      if (wanted.views.size + wanted.patterns.size > 0) await readAgain(again, wanted);
      return {
        same: view => (view === 'all' ? view : patterns.same(view)),
        rest: view => (byRest.has(view) ? patterns.leftOutOf(view).map(restOf) : undefined),
      };
    },
  };

  /** Whether a rule is measured on this view, or on one with the same rows, and has to observe it as it is. */
  function cannotSubtract(view: RowView): boolean {
    const wants = (rule: CorpusRule) =>
      viewsOf(rule, plan.recordGates).some(wanted => patterns.same(wanted) === view);
    return plan.corpusRules.some(rule => rule.subtract === undefined && wants(rule));
  }
}
