import type {Case} from './case.js';
import {type Arranged, type Arrangement, arrange} from './order.js';

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

/** The state with the cursor there, or as near as the list goes. */
export function at(state: State, cursor: number): State {
  const within = Math.max(0, Math.min(cursor, state.view.length - 1));
  return {...state, cursor: within, scroll: within === state.cursor ? state.scroll : 0};
}
