import {suggest} from '../config/suggest.js';
import type {Exhibition} from './exhibit.js';
import type {Origins} from './origins.js';
import type {Report} from './report.js';
import {excerpt} from './sanitize.js';
import type {StylishOptions} from './stylish.js';

export interface RenderOptions extends StylishOptions {
  /** Where values of the config came from: gates are shown at the line that sets them. */
  readonly origins?: Origins | undefined;
  /** The working folder from the top of the repository, with a `/` at its end; '' at the top. */
  readonly prefix?: string | undefined;
  /** Records that the page shows, where they are at hand. */
  readonly exhibition?: Exhibition | undefined;
  /** Text of records also where it is left out by default. */
  readonly excerpts?: boolean | undefined;
}

export type RenderReport = (report: Report, options: RenderOptions) => string;

/** One entry per `--format`; a format is imported when it is asked for. */
const formats: Readonly<Record<string, () => Promise<RenderReport>>> = {
  stylish: async () => (await import('./stylish.js')).renderStylish,
  statistics: async () => (await import('./statistics.js')).renderStatistics,
  html: async () => (await import('./html.js')).renderHtml,
  json: async () => (await import('./json.js')).renderJson,
  jsonl: async () => (await import('./jsonl.js')).renderJsonl,
  sarif: async () => (await import('./sarif.js')).renderSarif,
  github: async () => (await import('./github.js')).renderGithub,
  junit: async () => (await import('./junit.js')).renderJunit,
  markdown: async () => (await import('./job-summary.js')).renderSummary,
};

/** Formats for programs that want more findings of a rule than a person does: how many. */
export const listings: Readonly<Record<string, number>> = {sarif: 25_000, jsonl: 25_000};

/** Formats that show single records as a reviewer sees them. */
export const exhibiting: readonly string[] = ['html'];

export const formatNames: readonly string[] = Object.keys(formats);

/** Throws an error that names the known formats when `name` is none of them. */
export async function loadFormat(name: string): Promise<RenderReport> {
  const load = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (load) return load();
  const known = `Known formats: ${formatNames.join(', ')}.`;
  throw new Error(`Unknown format \`${excerpt(name, 40)}\`.${suggest(name, formatNames)} ${known}`);
}

/** A report with at most so many findings of each rule. */
export function shortened(report: Report, maxFindings: number): Report {
  const seen = new Map<string, number>();
  const findings = report.findings.filter(({rule}) => {
    const before = seen.get(rule) ?? 0;
    seen.set(rule, before + 1);
    return before < maxFindings;
  });
  return findings.length === report.findings.length ? report : {...report, findings};
}
