import type {RecordRef} from '../api.js';
import type {RawFinding} from './evidence.js';
import type {RecordVerdict} from './gates.js';

/**
 * What people said beforehand about findings and records: a baseline, waivers, decisions of reviewers. Asked
 * row by row, in input order.
 */
export interface Exceptions {
  /** True when records without any finding may have a verdict too: then every row is asked about. */
  readonly everyRow: boolean;
  /** Tells the findings that count from those that somebody has taken on. */
  findings(
    ref: RecordRef,
    found: readonly RawFinding[],
  ): {
    readonly counted: readonly RawFinding[];
    readonly waived: readonly RawFinding[];
  };
  /** A person's verdict on the record, in the place of that of the gates. */
  verdict(ref: RecordRef, given: RecordVerdict): RecordVerdict;
}
