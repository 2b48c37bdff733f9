import {fingerprint} from './fingerprint.js';
import type {Report} from './report.js';
import {escapeJson} from './sanitize.js';

/**
 * JSON lines for other programs: a line for each finding, with the name it is known by from run to run, one
 * for each gate, and last the report without them. `type` says which.
 */
export function renderJsonl(report: Report): string {
  const {findings, gates, roundFindings = [], ...rest} = report;
  const lines: unknown[] = [
    ...findings.map(finding => ({type: 'finding', ...finding, fingerprint: fingerprint(finding)})),
    ...roundFindings.map(finding => ({type: 'roundFinding', ...finding})),
    ...gates.map(gate => ({type: 'gate', ...gate})),
    {type: 'report', ...rest},
  ];
  return lines.map(line => `${escapeJson(JSON.stringify(line))}\n`).join('');
}
