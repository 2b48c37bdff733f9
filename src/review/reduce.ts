import {subjectOf} from './case.js';
import {ask, decide, undo} from './decide.js';
import {type Arrangement, arrange, groupings, sortings} from './order.js';
import {at, currentCase, type Mark, type State} from './state.js';

export type Action =
  | {readonly type: 'move'; readonly by: number}
  | {readonly type: 'first' | 'last' | 'skip' | 'undo' | 'same' | 'group' | 'sort' | 'help' | 'escape'}
  | {readonly type: 'scroll'; readonly by: number}
  | {readonly type: 'decide'; readonly verb: Mark['verb']; readonly cluster?: boolean}
  | {readonly type: 'filter' | 'confirm' | 'submit'}
  | {readonly type: 'type'; readonly text: string}
  | {readonly type: 'erase'}
  | {readonly type: 'notice'; readonly text: string};

/** A pure function: what `fresh` holds after each action is all that ever has to be written. */
export function reduce(state: State, action: Action): State {
  const next = {...state, fresh: [], notice: ''};
  if (state.blind && tells(action))
    return {...next, notice: 'Not in a blind review: it would tell what was found'};
  switch (action.type) {
    case 'move':
      return at(next, state.cursor + action.by);
    case 'first':
      return at(next, 0);
    case 'last':
      return at(next, state.view.length - 1);
    case 'skip':
      return at(next, state.cursor + 1);
    case 'scroll':
      return {...next, scroll: Math.max(0, state.scroll + action.by)};
    case 'same':
      return nextOfSameKind(next);
    case 'group':
      return rearranged(next, {grouping: after(groupings, state.grouping)});
    case 'sort':
      return rearranged(next, {sorting: after(sortings, state.sorting)});
    case 'help':
      return {...next, scroll: 0, mode: {kind: state.mode.kind === 'help' ? 'browse' : 'help'}};
    case 'filter':
      return {...next, mode: {kind: 'filter', text: state.filter, before: state.filter}};
    case 'decide':
      return ask(next, action.verb, action.cluster ?? false);
    case 'confirm':
      return state.mode.kind === 'confirm' ? decide(next, state.mode.targets, state.mode.mark) : next;
    case 'undo':
      return undo(next);
    case 'type':
      return typed(next, text => text + action.text);
    case 'erase':
      return typed(next, text => [...text].slice(0, -1).join(''));
    case 'submit':
      return submit(next);
    case 'escape':
      return leave(next);
    case 'notice':
      return {...next, notice: action.text};
  }
}

/** Whether what an action does depends on what rules said. */
function tells(action: Action): boolean {
  if (action.type === 'decide') return action.verb === 'waive' || (action.cluster ?? false);
  return ['group', 'sort', 'filter', 'same'].includes(action.type);
}

function after<Value>(values: readonly Value[], value: Value): Value {
  return values[(values.indexOf(value) + 1) % values.length]!;
}

/** The same record stays under the cursor where it is still listed. */
function rearranged(state: State, change: Partial<Arrangement>): State {
  const index = state.view[state.cursor];
  const arrangement = {...state, ...change};
  const arranged = arrange(state.cases, arrangement);
  return at({...arrangement, ...arranged}, Math.max(0, arranged.view.indexOf(index ?? -1)));
}

function nextOfSameKind(state: State): State {
  const current = currentCase(state);
  if (current === undefined) return state;
  const rule = subjectOf(current);
  const {view, cases, marks, cursor} = state;
  for (let step = 1; step < view.length; step++) {
    const position = (cursor + step) % view.length;
    const one = cases[view[position]!]!;
    if (subjectOf(one) === rule && !marks.has(one.hash)) return at(state, position);
  }
  return {
    ...state,
    notice: `Nothing else of ${rule} is left to decide`,
  };
}

function typed(state: State, edit: (text: string) => string): State {
  const {mode} = state;
  if (mode.kind === 'reason') return {...state, mode: {...mode, text: edit(mode.text)}};
  if (mode.kind !== 'filter') return state;
  const text = edit(mode.text);
  return {...rearranged(state, {filter: text}), mode: {...mode, text}};
}

function submit(state: State): State {
  const {mode} = state;
  if (mode.kind === 'filter') return {...state, mode: {kind: 'browse'}};
  if (mode.kind !== 'reason') return state;
  const reason = mode.text.trim();
  // A waiver without a reason cannot be told from an oversight later.
  if (reason === '') return {...state, notice: 'A waiver needs a reason'};
  return decide(state, mode.targets, {verb: 'waive', reason});
}

function leave(state: State): State {
  if (state.mode.kind === 'filter')
    return {...rearranged(state, {filter: state.mode.before}), mode: {kind: 'browse'}};
  return {...state, mode: {kind: 'browse'}};
}
