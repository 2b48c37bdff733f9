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

export type SignalDeclarations = Readonly<Record<string, SignalDeclaration>>;

/** The rule abstains on this record: gates apply their `onAbstain`. */
export function notApplicable(reason: string): Absence {
  return {absent: 'not-applicable', reason};
}

/** The value should be there and is not: no gate that needs it accepts the record. */
export function missing(reason: string): Absence {
  return {absent: 'missing', reason};
}
