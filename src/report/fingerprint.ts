import {createHash} from 'node:crypto';
import type {FindingReport} from './report.js';

/**
 * What a finding is known by from run to run: its rule, the content of its record, and the stretch that it is
 * about. Not its line, not its file, not its wording: it stays when rows are inserted and files are split, and
 * goes when the record is changed. Two records with the same bytes have the same.
 */
export function fingerprint({rule, record, span}: Pick<FindingReport, 'rule' | 'record' | 'span'>): string {
  const name = record.hash ?? `${record.path}\n${record.id}`;
  const at = span === undefined ? '' : `${span.part} ${span.start} ${span.end}`;
  return createHash('sha256').update(`1\n${rule}\n${name}\n${at}`).digest('hex').slice(0, 32);
}
