import type {Run} from './scan.js';
import {createTaskReader} from './tasks.js';

export interface ViewStates {
  /** True for a view that holds the same records as `all`: it needed no pass. */
  sameAsAll(view: string): boolean;
}

/**
 * Lets corpus rules see what the gates let through: the views other than `all`. Verdicts come first, so this
 * reads the inputs once more, unless no view differs from `all`.
 */
export async function observeViews(run: Run): Promise<ViewStates> {
  const {plan, rows, judge, pool, request} = run;
  const views = plan.views.filter(view => !holdsAll(view));
  if (views.length > 0) {
    const pending = new Set<Promise<unknown>>();
    let first = 0;
    let chunk = 0;
    for await (const task of createTaskReader(request.inputs, undefined, false, request.chunkBytes).tasks()) {
      request.signal?.throwIfAborted();
      const count = run.rowsPerChunk[chunk++] ?? 0;
      const masks = new Map(views.map(view => [view as string, maskOf(view, first, count)]));
      first += count;
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
  return {sameAsAll: view => holdsAll(view)};

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

  function maskOf(view: string, first: number, count: number): Uint8Array {
    const mask = new Uint8Array(count);
    for (let offset = 0; offset < count; offset++) mask[offset] = selects(view, first + offset) ? 1 : 0;
    return mask;
  }
}
