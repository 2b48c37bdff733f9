import {subjectOf} from './case.js';
import {at, clusterOf, type Entry, type Mark, type State} from './state.js';

/** What a key for a verdict does: decides at once, or asks for a reason or whether it is meant. */
export function ask(state: State, verb: Mark['verb'], cluster: boolean): State {
  const index = state.view[state.cursor];
  if (index === undefined) return {...state, notice: 'There is nothing to decide'};
  const targets = cluster ? clusterOf(state) : [index];
  if (verb === 'waive') {
    if (targets.some(target => state.cases[target]!.rules.length === 0))
      return {...state, notice: 'Nothing was reported here that could be waived'};
    return {...state, mode: {kind: 'reason', targets, text: ''}};
  }
  if (targets.length > 1) return {...state, mode: {kind: 'confirm', targets, mark: {verb}}};
  return decide(state, targets, {verb});
}

export function decide(state: State, targets: readonly number[], mark: Omit<Mark, 'rule'>): State {
  const marks = new Map(state.marks);
  const before = new Map<string, Mark | undefined>();
  const fresh: Entry[] = [];
  for (const index of targets) {
    const one = state.cases[index]!;
    const made = {...mark, rule: state.blind ? '*' : subjectOf(one)};
    if (before.has(one.hash)) continue;
    const known = marks.get(one.hash);
    before.set(one.hash, known);
    fresh.push(...change(index, known, made));
    marks.set(one.hash, made);
  }
  const steps = {before, targets, cursor: state.cursor, previous: state.steps};
  const decided = {...state, marks, fresh, steps, mode: {kind: 'browse'} as const};
  const past = {accept: 'Accepted', reject: 'Rejected', waive: 'Waived'}[mark.verb];
  const many = before.size > 1 ? ` ${before.size} records` : '';
  return {...nextOpen(decided), notice: `${past}${many}. u takes it back.`};
}

/** After a decision: on to what is not decided yet, as far as there is something below. */
function nextOpen(state: State): State {
  const {view, cases, marks, cursor} = state;
  const open = view.findIndex((index, position) => position > cursor && !marks.has(cases[index]!.hash));
  return at(state, open < 0 ? cursor + 1 : open);
}

/** Takes the last decision back: the marks are those before it. */
export function undo(state: State): State {
  const {steps} = state;
  if (steps === undefined) return {...state, notice: 'There is nothing to take back'};
  const marks = new Map(state.marks);
  const fresh: Entry[] = [];
  for (const index of steps.targets) {
    const {hash} = state.cases[index]!;
    const now = marks.get(hash);
    const was = steps.before.get(hash);
    if (now === was) continue;
    fresh.push(...change(index, now, was));
    if (was === undefined) marks.delete(hash);
    else marks.set(hash, was);
  }
  const view = state.view.indexOf(steps.targets[0]!);
  const back = {...state, marks, fresh, steps: steps.previous, notice: 'Taken back'};
  return at(back, view < 0 ? state.cursor : view);
}

/** What to write so that `now` holds where `was` did. A verdict and a waiver stand beside each other unless undone. */
function change(index: number, was: Mark | undefined, now: Mark | undefined): Entry[] {
  const entries: Entry[] = [];
  const replaced =
    now !== undefined && was?.rule === now.rule && (was.verb === 'waive') === (now.verb === 'waive');
  if (was !== undefined && !replaced) entries.push({index, verb: 'undo', rule: was.rule});
  if (now !== undefined) entries.push({index, ...now});
  return entries;
}
