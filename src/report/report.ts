import type {Neighbour, RecordRef, Role, RoundPlace, Span, Table, View} from '../api.js';

/** Version 1 of the report: what `--format json` prints and `schema/report.json` describes. */
export interface Report {
  readonly version: 1;
  readonly tool: {readonly name: 'collapse-gate'; readonly version: string};
  readonly config: {
    /** Path of the config file relative to the working folder; null when there is none. */
    readonly path: string | null;
    /** SHA-256 of the resolved config. */
    readonly hash: string;
  };
  readonly references: readonly ReferenceReport[];
  readonly inputs: readonly InputReport[];
  /** Set when only what a change brings was judged: `totals` and `inputs` are then of its new records. */
  readonly change?: ChangeReport;
  readonly totals: Totals;
  /** What the round was allowed. */
  readonly limits?: {readonly malformed: number};
  /** Set for a large round: some corpus rules read one record in so many, by a hash of its text and id. */
  readonly sample?: SampleReport;
  readonly measures: Readonly<Record<string, Measure>>;
  /** What stands behind the measures, for a person to look at. Reports of older versions have none. */
  readonly tables?: readonly TableReport[];
  readonly gates: readonly GateReport[];
  /** What corpus rules say of the round as a whole. Reports of older versions have none. */
  readonly roundFindings?: readonly RoundFindingReport[];
  /** All findings are counted here, also those that `findings` leaves out. */
  readonly counts: Readonly<Record<string, RuleCount>>;
  /** In input order; at most `maxFindings` per rule. */
  readonly findings: readonly FindingReport[];
  /** What people had taken on beforehand, and does not count. */
  readonly exceptions?: readonly ExceptionReport[];
  readonly verdict: 'pass' | 'fail';
}

/** A baseline, a waiver of the config, or a reviewer's decision that this run met, or should have met. */
export interface ExceptionReport {
  readonly kind: 'baseline' | 'waiver' | 'decision';
  /** The baseline's file, where the waiver stands, the reviewer. */
  readonly from: string;
  /** Rule or family that it is about; `*` for all. */
  readonly rule: string;
  readonly reason?: string;
  readonly until?: string;
  /** Findings, or of decisions on records: records, that it was used for. */
  readonly used: number;
  /** `unused`: there was nothing that it is about. Of a baseline: some of it. */
  readonly state: 'used' | 'unused' | 'expired' | 'conflict';
}

export interface ReferenceReport {
  readonly path: string;
  readonly role: Role;
  readonly records: number;
  /**
   * By signal of a record rule, how it is spread over the reference: 101 values, the least, those that one, two,
   * … hundredths of the records are under, and the greatest. Absent where its profile does not know.
   */
  readonly signals?: Readonly<Record<string, readonly number[]>>;
}

export interface InputReport {
  readonly path: string;
  readonly bytes: number;
  readonly records: number;
  readonly sha256: string;
}

/** A change to a data set, by the content of its records. */
export interface ChangeReport {
  /** What it was compared with: `HEAD`, `main (1a2b3c4d5e6f)`. */
  readonly base: string;
  /** Files whose content is not what it was, those that are new or gone among them. */
  readonly files: number;
  /** Files that are what they were, under another path. */
  readonly moved: number;
  /** Records that were not there before: the ones that were judged. */
  readonly added: number;
  /** Records of changed files that were there before, there or in another file. */
  readonly stayed: number;
  readonly gone: number;
}

/** `accepted + quarantined + rejected + malformed = records`, always. */
export interface Totals {
  readonly records: number;
  readonly accepted: number;
  readonly quarantined: number;
  readonly rejected: number;
  readonly malformed: number;
}

export interface SampleReport {
  /** A power of 2. */
  readonly oneIn: number;
  /** Ids of the rules whose measures, tables and findings on the round are of the sample. */
  readonly rules: readonly string[];
}

/** Keyed `name` for the view `all`, else `name@view`. */
export interface Measure {
  readonly view: View;
  readonly value: number;
  readonly reference?: number;
  readonly interval?: readonly [number, number];
}

export interface TableReport extends Table {
  /** Id of the rule that gave it. */
  readonly rule: string;
  readonly view: View;
}

export interface RoundFindingReport {
  readonly rule: string;
  readonly level: 'warn' | 'error';
  readonly view: View;
  readonly message: string;
  /** Where it is to be mended, where that is a line of a file. */
  readonly place?: RoundPlace;
}

export interface GateReport {
  readonly id: string;
  readonly scope: 'record' | 'round';
  /** Round gates: pass, fail, abstain. Record gates: pass when they let every record through, abstain when there was none. */
  readonly status: 'pass' | 'fail' | 'abstain';
  /** Record gates: share of records let through. Round gates: the measured number. */
  readonly measured?: number;
  readonly limit?: number;
  readonly message: string;
  /** Record gates: how many records got which verdict from this gate. */
  readonly verdicts?: {readonly accept: number; readonly quarantine: number; readonly reject: number};
}

export interface RuleCount {
  readonly findings: number;
  readonly records: number;
  readonly errors: number;
  readonly warnings: number;
}

export interface FindingReport {
  readonly rule: string;
  readonly level: 'warn' | 'error';
  readonly record: RecordRef;
  readonly message: string;
  readonly span?: Span;
  readonly related?: readonly Neighbour[];
}
