import {appendDecisions, readDecisions} from '../decisions/file.js';
import {settle} from '../decisions/settled.js';
import {type Case, placeOf} from './case.js';
import type {Entry, Mark} from './state.js';

/** Who decides, with what, and where it is written. */
export interface Reviewer {
  readonly who: string;
  readonly tool: string;
  readonly file: string;
  readonly now: () => Date;
}

/** Writes entries down as decisions: on the disk when it returns. */
export function createSaver({who, tool, file, now}: Reviewer) {
  let last = 0;
  return (entries: readonly Entry[], cases: readonly Case[]): void => {
    const decisions = entries.map(({index, verb, rule, reason}) => {
      const one = cases[index]!;
      // Two decisions within a millisecond, or a clock that was set back: their order must still be told.
      last = Math.max(last + 1, now().getTime());
      const when = new Date(last).toISOString();
      const said = {when, who, decision: verb, rule, hash: one.hash, record: placeOf(one), tool};
      return reason === undefined ? said : {...said, reason};
    });
    appendDecisions(file, decisions);
  };
}

/** What this reviewer decided earlier, by record hash. */
export function earlierMarks({file, who}: Pick<Reviewer, 'file' | 'who'>): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  const own = readDecisions(file).filter(decision => decision.who === who);
  for (const [hash, {verdict, waived}] of settle(own)) {
    const [waiver] = waived.values();
    if (verdict !== undefined) marks.set(hash, {verb: verdict.decision, rule: verdict.rule});
    else if (waiver !== undefined) {
      marks.set(hash, {verb: 'waive', rule: waiver.rule, ...(waiver.reason && {reason: waiver.reason})});
    }
  }
  return marks;
}
