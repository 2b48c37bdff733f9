import type {View} from '../api.js';
import {createObserver, type ObserverStates, onlyOf, restOf} from './corpus-rules.js';
import type {Run} from './scan.js';
import type {ScanTask} from './scanner.js';

export interface ViewStates {
  /** True for a view that holds the same records as `all`: it needed no pass. */
  sameAsAll(view: string): boolean;
  /** True for a view of which what it leaves out was observed, where a rule can subtract that. */
  byRest(view: string): boolean;
  /** Summaries of what was observed in this thread. */
  readonly states: ObserverStates;
}

/** Rows that are read one by one rather than with all others. */
const fewRows = 20_000;

/**
 * Lets corpus rules see what the gates let through: the views other than `all`. Verdicts come first, so this
 * reads the inputs once more, unless no view differs from `all`.
 */
export async function observeViews(run: Run, again: () => AsyncIterable<ScanTask>): Promise<ViewStates> {
  const {plan, rows, judge, pool, request} = run;
  const views = plan.views.filter(view => !holdsAll(view));
  const rests = new Set<string>(views.filter(byRest));
  const observer = createObserver(plan);
  const few = rests.size === views.length && !views.some(cannotSubtract) && plan.needs.length === 0;
  const left = few ? rowsLeftOut(views) : [];
  if (few && left.length <= fewRows) {
    // A few rows are read one by one: all chunks would be read again for them.
    for (const row of left) {
      request.signal?.throwIfAborted();
      const record = run.rowReader.read(row);
      if (record === undefined) continue;
      for (const view of views) if (!selects(view, row)) observer.observe(restOf(view), record);
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
  return {sameAsAll: view => holdsAll(view), byRest: view => rests.has(view), states: observer.states()};

  function rowsLeftOut(of: readonly string[]): number[] {
    const left: number[] = [];
    for (let row = 0; row < rows.count && left.length <= fewRows; row++) {
      if (rows.verdict(row) !== 'malformed' && of.some(view => !selects(view, row))) left.push(row);
    }
    return left;
  }

  function selects(view: string, row: number): boolean {
    if (rows.verdict(row) === 'malformed') return false;
    if (view === 'accepted') return rows.verdict(row) === 'accept';
    const gate = judge.gates.findIndex(active => `gate:${active.gate.id}` === view);
    return gate < 0 || (rows.failed(row) & (1 << gate)) === 0;
  }

  function holdsAll(view: string): boolean {
    if (view === 'accepted') return run.tally.totals.quarantined === 0 && run.tally.totals.rejected === 0;
    const gate = judge.gates.findIndex(active => `gate:${active.gate.id}` === view);
    const verdicts = run.tally.gateVerdicts[gate];
    return verdicts === undefined || verdicts.quarantine + verdicts.reject === 0;
  }

  function byRest(view: string): boolean {
    let selected = 0;
    for (let row = 0; row < rows.count; row++) if (selects(view, row)) selected++;
    return selected * 2 > rows.count;
  }

  /** What is to be observed of a chunk for a view: its records, or those it leaves out. Nothing, at best. */
  function masksOf(view: string, first: number, count: number): [string, Uint8Array][] {
    const keys: [string, (row: number) => boolean][] = rests.has(view)
      ? ([
          [restOf(view), row => rows.verdict(row) !== 'malformed' && !selects(view, row)],
          ...(cannotSubtract(view) ? [[onlyOf(view), (row: number) => selects(view, row)] as const] : []),
        ] as [string, (row: number) => boolean][])
      : [[view, row => selects(view, row)]];
    return keys.flatMap(([key, wanted]): [string, Uint8Array][] => {
      const mask = new Uint8Array(count);
      for (let offset = 0; offset < count; offset++) mask[offset] = wanted(first + offset) ? 1 : 0;
      return mask.includes(1) ? [[key, mask]] : [];
    });
  }

  function cannotSubtract(view: string): boolean {
    return plan.corpusRules.some(rule => rule.views.includes(view as View) && rule.subtract === undefined);
  }
}
