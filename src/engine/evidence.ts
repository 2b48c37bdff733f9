import type {Level, Neighbour, Place, SignalValue, Span, Verdict} from '../api.js';
import type {RowPlace} from './compare.js';

/** A finding as a rule reported it, its message rendered. */
export interface RawFinding {
  readonly rule: string;
  readonly level: Exclude<Level, 'off'>;
  readonly message: string;
  readonly span?: Span;
  readonly related?: readonly Neighbour[];
  /** Set on what the tool itself adds to a rule's findings: its level is not the rule's. */
  readonly note?: true;
}

/** What rules said about one record: findings and signals. */
export interface RuleEvidence {
  readonly findings: RawFinding[];
  readonly signals: Record<string, SignalValue>;
}

/** A verified or estimated neighbour, before it is known whether it may count. */
export interface FoundNeighbour {
  readonly neighbour: Omit<Neighbour, 'relation' | 'similarity'>;
  readonly part: string;
  /** Row of the round that it is, or -1 for a record of a reference. */
  readonly row: number;
  /** Where its text can be read, to show where the two differ. Not saved with a run. */
  readonly there?: RowPlace;
  readonly same: boolean;
  readonly near: number;
  readonly inside: number;
  readonly holds: number;
}

/** Everything known about one row, enough to judge it again: a line of the sidecar. */
export interface RowEvidence {
  readonly row: number;
  readonly id: string;
  readonly hash: string;
  readonly source?: string;
  readonly place: Place;
  /** Which resolved rule set applies to it. */
  readonly variant: number;
  /** Words of each part that pairs are looked for on. */
  readonly words: Readonly<Record<string, number>>;
  /** Set when the row is not a record; nothing else is then known. */
  readonly malformed?: string;
  readonly findings: readonly RawFinding[];
  readonly signals: Readonly<Record<string, SignalValue>>;
  readonly neighbours: readonly FoundNeighbour[];
}

/** Why a record gate did not accept. */
export interface Reason {
  readonly gate: string;
  readonly verdict: Verdict;
  readonly message: string;
}

export const noEvidence: RuleEvidence = {findings: [], signals: {}};
