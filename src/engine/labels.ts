import type {Labelled, SignalValue} from '../api.js';
import type {Judge} from './judge.js';
import type {Rows} from './rows.js';
import {type RowView, selects} from './views.js';

/** Counts records that are known to be right or wrong, by the signal `correct`, in each view. */
export interface LabelCounts {
  /** A row that was judged. */
  judged(row: number, signals: Readonly<Record<string, SignalValue>>): void;
  /** Undefined where no record of the round is known. */
  of(view: RowView): Labelled | undefined;
}

export function createLabelCounts(
  run: {readonly rows: Rows; readonly judge: Judge},
  views: readonly RowView[],
): LabelCounts {
  const counts = new Map(views.map(view => [view, {correct: 0, wrong: 0}]));
  let known = false;
  return {
    judged(row, {correct}) {
      if (correct !== 0 && correct !== 1) return;
      known = true;
      for (const [view, count] of counts) {
        if (!selects(run, view, row)) continue;
        if (correct === 1) count.correct++;
        else count.wrong++;
      }
    },
    of: view => (known ? counts.get(view) : undefined),
  };
}
