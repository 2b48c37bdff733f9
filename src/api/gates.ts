import type {MeasureValue} from './corpus.js';
import type {OptionSchemas, OptionValues} from './options.js';
import type {SignalLimit} from './signals.js';

/** What becomes of a record. `quarantine`: a person should look at it. */
export type Verdict = 'accept' | 'quarantine' | 'reject';
/** What a round gate says. `abstain`: it could not be judged, which fails nothing. */
export type RoundStatus = 'pass' | 'fail' | 'abstain';

/** What every gate says about itself; docs, `collapse explain`, schema and README are generated from it. */
export interface GateMeta<O extends OptionSchemas = OptionSchemas> {
  /** Lower-case letters, digits and `-`. In a plugin `plugin/name`. */
  readonly id: string;
  /** One line, what it refuses. */
  readonly summary: string;
  /** Why it matters, with its source (arXiv id, standard). */
  readonly why: string;
  /** What to do when it says no. */
  readonly advice: string;
  readonly details?: string;
  /** The version it came with, `1.2.0`. */
  readonly since: string;
  /** On in `collapse:recommended`. */
  readonly recommended: boolean;
  /** Every gate also has the option `onAbstain`, and a record gate `else`: they are not to be declared. */
  readonly options: O;
}

/** What a record gate decided by itself: `pass: false` becomes its `else` verdict. */
export interface RecordDecision {
  readonly pass: boolean;
  /** The number it looked at, and the limit it held it against. */
  readonly measured?: number;
  readonly limit?: number;
  /** Why it did not pass. Default: the two numbers. */
  readonly message?: string;
}

/**
 * Turns signals into a verdict on a record. A pure function of numbers, so that a saved run can be judged
 * again without a scan. `judge` is only called when every signal is a number: a `missing` signal never
 * accepts, and a `not-applicable` one gives the verdict that `onAbstain` names.
 */
export interface RecordGate<
  O extends OptionSchemas = OptionSchemas,
  N extends string = string,
  P extends string = string,
> extends GateMeta<O> {
  readonly scope: 'record';
  /** Names of the signals it reads. `findings.error` and `findings.warn`, numbers of findings, are always there. */
  readonly signals: readonly N[];
  /**
   * Signals that it judges by too, where a rule that gives them is on: then a missing one refuses as any other.
   * Those that abstain are left out while there is another signal to judge by.
   */
  readonly optionalSignals?: readonly P[];
  /** Which of its options are limits on its signals. */
  readonly limits?: readonly SignalLimit[];
  /** Default of the `else` option: what becomes of a record that does not pass. */
  readonly else: Exclude<Verdict, 'accept'>;
  /** Default of the `onAbstain` option. */
  readonly onAbstain: Verdict;
  /** What throws ends the run with the names of the gate and the record. */
  judge(
    signals: Readonly<Record<N, number>> & Readonly<Partial<Record<P, number>>>,
    options: OptionValues<O>,
  ): RecordDecision;
}

export interface RoundDecision {
  readonly status: 'pass' | 'fail';
  /** The number it looked at, and the limit it held it against. */
  readonly measured?: number;
  readonly limit?: number;
  readonly message: string;
}

/**
 * Turns measures into pass or fail for the whole round. A pure function of numbers, as a record gate. `judge`
 * is only called when every one of `measures` could be had, and one of all that it declares.
 */
export interface RoundGate<
  O extends OptionSchemas = OptionSchemas,
  N extends string = string,
  P extends string = string,
> extends GateMeta<O> {
  readonly scope: 'round';
  /**
   * Names as in the report; `@accepted` asks for another view than `all`: `length.median@accepted`. The share
   * of records that the rules of a family flagged is always there: `flagged.duplicate`; so is the number of
   * records of the references in a role: `references.previous`.
   */
  readonly measures: readonly N[];
  /** Measures that it judges by too, where they could be had. */
  readonly optionalMeasures?: readonly P[];
  /**
   * Default of the `onAbstain` option: the status when a measure cannot be had (no reference, say). Only
   * `fail` fails the round; for `pass` the report says `abstain` too.
   */
  readonly onAbstain: RoundStatus;
  /** What throws ends the run with the name of the gate. */
  judge(
    measures: Readonly<Record<N, MeasureValue>> & Readonly<Partial<Record<P, MeasureValue>>>,
    options: OptionValues<O>,
  ): RoundDecision;
}

export type Gate = RecordGate | RoundGate;

/** Options, and the names of signals or measures, are typed from what the gate declares. */
export function defineGate<
  const O extends OptionSchemas,
  const N extends string,
  const P extends string = never,
>(gate: RecordGate<O, N, P> | RoundGate<O, N, P>): Gate {
  return gate as unknown as Gate;
}
