import type {OptionSchemas, OptionValues} from './options.js';
import type {MeasureValue} from './rules.js';

export type Verdict = 'accept' | 'quarantine' | 'reject';
export type RoundStatus = 'pass' | 'fail' | 'abstain';

interface GateMeta<O extends OptionSchemas> {
  readonly id: string;
  readonly summary: string;
  /** Why it matters, with its source (arXiv id, standard). */
  readonly why: string;
  /** What to do when it says no. */
  readonly advice: string;
  readonly details?: string;
  readonly since: string;
  /** On in `collapse:recommended`. */
  readonly recommended: boolean;
  readonly options: O;
}

/** What a record gate decided by itself: `pass: false` becomes its `else` verdict. */
export interface RecordDecision {
  readonly pass: boolean;
  /** The number it looked at, and the limit it held it against. */
  readonly measured?: number;
  readonly limit?: number;
  readonly message?: string;
}

/**
 * Turns signals into a verdict on a record. A pure function of numbers, so that a saved run can be judged
 * again without a scan. `judge` is only called when every signal is a number: a `missing` signal never
 * accepts, and a `not-applicable` one gives the verdict that `onAbstain` names.
 */
export interface RecordGate<O extends OptionSchemas = OptionSchemas> extends GateMeta<O> {
  readonly scope: 'record';
  readonly signals: readonly string[];
  /** Default of the `else` option: what becomes of a record that does not pass. */
  readonly else: Exclude<Verdict, 'accept'>;
  /** Default of the `onAbstain` option. */
  readonly onAbstain: Verdict;
  judge(signals: Readonly<Record<string, number>>, options: OptionValues<O>): RecordDecision;
}

export interface RoundDecision {
  readonly status: 'pass' | 'fail';
  readonly measured?: number;
  readonly limit?: number;
  readonly message: string;
}

/** Turns measures into pass or fail for the whole round. */
export interface RoundGate<O extends OptionSchemas = OptionSchemas> extends GateMeta<O> {
  readonly scope: 'round';
  /** Names as in the report; `@accepted` asks for another view than `all`: `length.median@accepted`. */
  readonly measures: readonly string[];
  /** Default of the `onAbstain` option: the status when a measure cannot be had (no reference, say). */
  readonly onAbstain: RoundStatus;
  judge(measures: Readonly<Record<string, MeasureValue>>, options: OptionValues<O>): RoundDecision;
}

export type Gate = RecordGate | RoundGate;

type DefineGate<O extends OptionSchemas> = RecordGate<O> | RoundGate<O>;

export function defineGate<const O extends OptionSchemas>(gate: DefineGate<O>): Gate {
  return gate as unknown as Gate;
}
