/**
 * A number that a rule attaches to one record, or one of two different absences:
 * `not-applicable` (the rule abstains) and `missing` (it should be there and is not: gates fail closed).
 */
export type SignalValue = number | Absence;

export interface Absence {
  readonly absent: 'not-applicable' | 'missing';
  readonly reason: string;
}

export interface SignalDeclaration {
  readonly description: string;
  readonly range: readonly [low: number, high: number];
  /** Which end is the good one. */
  readonly better: 'high' | 'low';
}

/** An option that is a limit on a signal, for `collapse calibrate` to find its value: the bad end is flagged. */
export interface SignalLimit {
  readonly signal: string;
  readonly option: string;
  /** `rest`: the option is held against 1 minus the signal. Default `value`. */
  readonly of?: 'value' | 'rest';
  /** Which end is flagged. Default: not the one that the signal declares to be better. */
  readonly bad?: 'low' | 'high';
  /** Whether records at the limit are flagged. Default: where `of` is `rest`. */
  readonly inclusive?: boolean;
  /** Values of other options with which this one counts: in another mode another signal may be held against it. */
  readonly when?: Readonly<Record<string, unknown>>;
}

export type SignalDeclarations = Readonly<Record<string, SignalDeclaration>>;

/** The rule abstains on this record: gates apply their `onAbstain`. */
export function notApplicable(reason: string): Absence {
  return {absent: 'not-applicable', reason};
}

/** The value should be there and is not: no gate that needs it accepts the record. */
export function missing(reason: string): Absence {
  return {absent: 'missing', reason};
}
