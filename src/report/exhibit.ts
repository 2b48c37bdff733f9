import type {RecordRef, SignalValue, Verdict} from '../api.js';
import type {Passage} from './passages.js';
import type {FindingReport} from './report.js';
import type {Spread} from './spread.js';

/** A record as a person looks at it: what was seen, what gates said, and the text itself. */
export interface Exhibit {
  readonly record: RecordRef;
  /** Where the data says the record is from. */
  readonly source?: string;
  readonly verdict: Verdict;
  /** Errors first. */
  readonly findings: readonly Pick<FindingReport, 'rule' | 'level' | 'message'>[];
  /** What gates said beyond the findings. */
  readonly reasons: readonly {readonly gate: string; readonly message: string}[];
  readonly signals: Readonly<Record<string, SignalValue>>;
  /** The other record of a pair, and what the two are to each other. */
  readonly other?: {readonly name: string; readonly relation: string};
  readonly shown: ShownTexts | {readonly missing: string};
}

export interface ShownTexts {
  /** Those that say where the record comes from first. */
  readonly fields: Readonly<Record<string, string>>;
  readonly texts: readonly ShownText[];
}

export interface ShownText {
  /** Part of the record. */
  readonly name: string;
  /** The record's own text, what differs from the other record, or the other record's text. */
  readonly kind: 'own' | 'difference' | 'other';
  readonly passage: Passage;
}

/** The records that a page shows, of all that something was said about. */
export interface Exhibition {
  readonly exhibits: readonly Exhibit[];
  readonly all: number;
  /** By signal: how it is spread over the round. */
  readonly spreads: ReadonlyMap<string, Spread>;
}

/** The rule or gate that speaks first of a record. */
export function leadOf({findings, reasons}: Exhibit): string {
  const [first] = findings;
  if (first !== undefined) return first.rule;
  return reasons[0] === undefined ? '*' : `gate/${reasons[0].gate}`;
}
