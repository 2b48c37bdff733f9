import {suggest} from '../config/suggest.js';
import type {Report} from './report.js';
import {excerpt} from './sanitize.js';
import type {StylishOptions} from './stylish.js';

export type RenderReport = (report: Report, options: StylishOptions) => string;

/** One entry per `--format`; a format is imported when it is asked for. */
const formats: Readonly<Record<string, () => Promise<RenderReport>>> = {
  stylish: async () => (await import('./stylish.js')).renderStylish,
  html: async () => (await import('./html.js')).renderHtml,
  json: async () => (await import('./json.js')).renderJson,
};

export const formatNames: readonly string[] = Object.keys(formats);

/** Throws an error that names the known formats when `name` is none of them. */
export async function loadFormat(name: string): Promise<RenderReport> {
  const load = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (load) return load();
  const known = `Known formats: ${formatNames.join(', ')}.`;
  throw new Error(`Unknown format \`${excerpt(name, 40)}\`.${suggest(name, formatNames)} ${known}`);
}
