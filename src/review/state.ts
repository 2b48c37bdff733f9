import {type Case, subjectOf} from './case.js';
import {type Arranged, type Arrangement, arrange, groupings, sortings} from './order.js';

/** What a reviewer said about a record. */
export interface Mark {
  readonly verb: 'accept' | 'reject' | 'waive';
  /** The rule it is about. */
  readonly rule: string;
  readonly reason?: string;
}

/** What is to be written down: a mark, or that an earlier one no longer holds. */
export interface Entry {
  readonly index: number;
  readonly verb: Mark['verb'] | 'undo';
  readonly rule: string;
  readonly reason?: string;
}

/** What `undo` takes back: the marks before a decision, by record hash. */
interface Step {
  readonly before: ReadonlyMap<string, Mark | undefined>;
  readonly targets: readonly number[];
  readonly cursor: number;
  readonly previous: Step | undefined;
}

export type Mode =
  | {readonly kind: 'browse' | 'help'}
  | {readonly kind: 'filter'; readonly text: string; readonly before: string}
  | {readonly kind: 'reason'; readonly targets: readonly number[]; readonly text: string}
  | {readonly kind: 'confirm'; readonly targets: readonly number[]; readonly mark: Omit<Mark, 'rule'>};

export interface State extends Arrangement, Arranged {
  readonly cases: readonly Case[];
  /** Different records among the cases: rows with the same bytes are one. */
  readonly records: number;
  /** Position in `view`. */
  readonly cursor: number;
  /** First line of the record that is shown. */
  readonly scroll: number;
  /** By record hash: rows with the same bytes are decided together. */
  readonly marks: ReadonlyMap<string, Mark>;
  /** Entries of the last action, to be written before the next one. */
  readonly fresh: readonly Entry[];
  readonly steps: Step | undefined;
  readonly mode: Mode;
  /** One line on what just happened. */
  readonly notice: string;
  /** Blind: rules, scores and verdicts are hidden. */
  readonly blind: boolean;
}

export type Action =
  | {readonly type: 'move'; readonly by: number}
  | {readonly type: 'first' | 'last' | 'skip' | 'undo' | 'same' | 'group' | 'sort' | 'help' | 'escape'}
  | {readonly type: 'scroll'; readonly by: number}
  | {readonly type: 'decide'; readonly verb: Mark['verb']; readonly cluster?: boolean}
  | {readonly type: 'filter' | 'confirm' | 'submit'}
  | {readonly type: 'type'; readonly text: string}
  | {readonly type: 'erase'}
  | {readonly type: 'notice'; readonly text: string};

export interface StartOptions {
  readonly marks?: ReadonlyMap<string, Mark>;
  readonly blind?: boolean;
}

export function startState(
  cases: readonly Case[],
  {marks = new Map(), blind = false}: StartOptions = {},
): State {
  const arrangement = {grouping: blind ? 'file' : 'rule', sorting: 'place', filter: ''} as const;
  // A blind sample keeps its order: any other would tell what was found.
  const arranged = blind
    ? {view: cases.map((_, index) => index), sizes: new Map()}
    : arrange(cases, arrangement);
  const {view} = arranged;
  const hashes = new Set(cases.map(({hash}) => hash));
  const open = view.findIndex(index => !marks.has(cases[index]!.hash));
  return {
    ...arrangement,
    cases,
    records: hashes.size,
    ...arranged,
    cursor: Math.max(0, open),
    scroll: 0,
    marks: new Map([...marks].filter(([hash]) => hashes.has(hash))),
    fresh: [],
    steps: undefined,
    mode: {kind: 'browse'},
    notice: '',
    blind,
  };
}

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
      return {...next, mode: {kind: state.mode.kind === 'help' ? 'browse' : 'help'}};
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

export function currentCase({cases, view, cursor}: State): Case | undefined {
  const index = view[cursor];
  return index === undefined ? undefined : cases[index];
}

/** Numbers of the cases in the current one's cluster of duplicates, itself among them. */
export function clusterOf({cases, view, cursor}: State): number[] {
  const index = view[cursor];
  if (index === undefined) return [];
  const {cluster} = cases[index]!;
  return cases.flatMap((one, other) => (one.cluster === cluster ? [other] : []));
}

function at(state: State, cursor: number): State {
  const within = Math.max(0, Math.min(cursor, state.view.length - 1));
  return {...state, cursor: within, scroll: within === state.cursor ? state.scroll : 0};
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

function ask(state: State, verb: Mark['verb'], cluster: boolean): State {
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

function decide(state: State, targets: readonly number[], mark: Omit<Mark, 'rule'>): State {
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

function undo(state: State): State {
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
