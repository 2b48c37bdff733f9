import {createObserver, type ObserverStates, onlyOf, restOf} from './corpus-rules.js';
import type {Run} from './scan.js';
import type {ScanTask} from './scanner.js';
import {type RowView, sameViews, selects, viewsOf} from './views.js';

export interface ViewStates {
  /** The view that was observed in a view's place because it holds the same records: `all`, at best. */
  same(view: RowView): RowView;
  /** True for a view of which what it leaves out was observed, where a rule can subtract that. */
  byRest(view: string): boolean;
  /** Summaries of what was observed in this thread. */
  readonly states: ObserverStates;
}

/** Rows that are read one by one rather than with all others. */
const fewRows = 20_000;

/**
 * Lets corpus rules see what the gates let through: the views other than `all`. Verdicts come first, so this
 * reads the inputs once more, unless no view differs from `all`. Views that hold the same rows are observed once.
 */
export async function observeViews(run: Run, again: () => AsyncIterable<ScanTask>): Promise<ViewStates> {
  const {plan, rows, pool, request} = run;
  const same = sameViews(run, plan.views);
  const views = [...new Set(same.values())].filter(view => view !== 'all');
  const rests = new Set<string>(views.filter(byRest));
  const observer = createObserver(plan);
  const few = rests.size === views.length && !views.some(cannotSubtract) && plan.viewNeeds.length === 0;
  const left = few ? rowsLeftOut(views) : [];
  if (few && left.length <= fewRows) {
    // A few rows are read one by one: all chunks would be read again for them.
    for (const row of left) {
      request.signal?.throwIfAborted();
      const record = run.rowReader.read(row);
      if (record === undefined) continue;
      for (const view of views) if (!selects(run, view, row)) observer.observe(restOf(view), record);
    }
  } else if (views.length > 0) {
    const pending = new Set<Promise<unknown>>();
    let first = 0;
    let chunk = 0;
    for await (const task of again()) {
      request.signal?.throwIfAborted();
      const count = run.rowsPerChunk[chunk++] ?? 0;
      const masks = new Map(views.flatMap(view => masksOf(view, first, count)));
      first += count;
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
  return {same: view => same.get(view) ?? view, byRest: view => rests.has(view), states: observer.states()};

  function rowsLeftOut(of: readonly string[]): number[] {
    const left: number[] = [];
    for (let row = 0; row < rows.count && left.length <= fewRows; row++) {
      if (rows.verdict(row) !== 'malformed' && of.some(view => !selects(run, view, row))) left.push(row);
    }
    return left;
  }

  function byRest(view: string): boolean {
    let selected = 0;
    for (let row = 0; row < rows.count; row++) if (selects(run, view, row)) selected++;
    return selected * 2 > rows.count;
  }

  /** What is to be observed of a chunk for a view: its records, or those it leaves out. Nothing, at best. */
  function masksOf(view: string, first: number, count: number): [string, Uint8Array][] {
    const keys: [string, (row: number) => boolean][] = rests.has(view)
      ? ([
          [restOf(view), row => rows.verdict(row) !== 'malformed' && !selects(run, view, row)],
          ...(cannotSubtract(view)
            ? [[onlyOf(view), (row: number) => selects(run, view, row)] as const]
            : []),
        ] as [string, (row: number) => boolean][])
      : [[view, row => selects(run, view, row)]];
    return keys.flatMap(([key, wanted]): [string, Uint8Array][] => {
      const mask = new Uint8Array(count);
      for (let offset = 0; offset < count; offset++) mask[offset] = wanted(first + offset) ? 1 : 0;
      return mask.includes(1) ? [[key, mask]] : [];
    });
  }

  /** Whether a rule is measured on this view, or on one with the same rows, and has to observe it as it is. */
  function cannotSubtract(view: string): boolean {
    const wants = (rule: Run['plan']['corpusRules'][number]) =>
      viewsOf(rule, plan.recordGates).some(wanted => (same.get(wanted) ?? wanted) === view);
    return plan.corpusRules.some(rule => rule.subtract === undefined && wants(rule));
  }
}
