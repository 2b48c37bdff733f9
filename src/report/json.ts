import type {Report} from './report.js';
import {escapeJson} from './sanitize.js';

/** Keys in the order in which a reader wants them; those of maps (measures, counts) follow by name. */
const order = [
  ...[
    'name',
    'version',
    'tool',
    'config',
    'references',
    'inputs',
    'change',
    'base',
    'files',
    'moved',
    'added',
    'stayed',
    'gone',
    'totals',
    'limits',
    'sample',
    'oneIn',
    'measures',
    'tables',
    'gates',
    'roundFindings',
    'counts',
  ],
  ...['findings', 'verdict', 'rule', 'level', 'record', 'id', 'scope', 'status', 'hash', 'path', 'line'],
  ...['role', 'bytes', 'records', 'accepted', 'quarantined', 'rejected', 'malformed', 'sha256', 'view'],
  ...[
    'value',
    'reference',
    'interval',
    'measured',
    'limit',
    'message',
    'place',
    'verdicts',
    'accept',
    'quarantine',
  ],
  ...['reject', 'errors', 'warnings', 'span', 'related', 'part', 'start', 'end', 'relation', 'similarity'],
  ...[
    'verified',
    'origin',
    'words',
    'excerpt',
    'here',
    'there',
    'title',
    'note',
    'columns',
    'rows',
    'picture',
  ],
  ...['exceptions', 'kind', 'from', 'reason', 'until', 'used', 'state', 'unit', 'label', 'row', 'column'],
];
const rank = new Map(order.map((key, at) => [key, at]));

/**
 * The report as `schema/report.json` describes it: the same bytes for the same report, in whatever order
 * its objects were filled. What a terminal would obey or hide in record text is written as an escape.
 */
export function renderJson(report: Report): string {
  return `${escapeJson(JSON.stringify(report, canonical, 2))}\n`;
}

function canonical(key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new Error(
      `The report's \`${key}\` is ${value}, which JSON cannot hold. A rule or gate returned it.`,
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).sort(([a], [b]) => position(a) - position(b) || compare(a, b)),
  );
}

function position(key: string): number {
  return rank.get(key) ?? order.length;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
