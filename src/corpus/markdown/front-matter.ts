import {visible} from '../errors.js';

/** The YAML block that a Markdown file may begin with. */
export interface FrontMatter {
  /** The YAML between the two fences. */
  readonly yaml: string;
  /** UTF-16 code units up to and with the line of the closing fence. */
  readonly end: number;
}

/** What stands in it, or why it cannot be read, with the line in the file. */
export type Matter =
  | {readonly fields: Readonly<Record<string, unknown>>}
  | {readonly reason: string; readonly line: number};

/** The block at the start of a text; undefined where it has none or never closes it (then `---` is a rule). */
export function frontMatterOf(text: string): FrontMatter | undefined {
  const open = /^---[ \t]*\r?\n/.exec(text)?.[0].length;
  if (open === undefined) return undefined;
  for (let start = open; start <= text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found + 1;
    if (/^(?:---|\.\.\.)[ \t]*\r?$/.test(text.slice(start, found < 0 ? end : found)))
      return {yaml: text.slice(open, start), end};
    if (found < 0) return undefined;
    start = end;
  }
  return undefined;
}

/** Parses the block of a file. Dates stay the text that they are. */
export async function parseMatter(text: string, matter: FrontMatter | undefined): Promise<Matter> {
  if (matter === undefined) {
    // Its fields would be provenance; without a reader for them they must not be lost without a word.
    if (/^\+\+\+[ \t]*\r?\n[\s\S]{0,10000}?\n\+\+\+[ \t]*(?:\r?\n|$)/.test(text))
      return {reason: 'Front matter in TOML (`+++`) is not read; write it as YAML between `---`', line: 1};
    return {fields: {}};
  }
  const {parseDocument} = await import('yaml');
  const document = parseDocument(matter.yaml, {schema: 'core', prettyErrors: false, logLevel: 'silent'});
  const [error] = document.errors;
  if (error !== undefined) {
    const line = 2 + (matter.yaml.trimEnd().slice(0, error.pos[0]).match(/\n/g)?.length ?? 0);
    return {reason: `Front matter does not parse at line ${line}: ${visible(error.message, 120)}`, line};
  }
  let value: unknown;
  try {
    value = document.toJS({maxAliasCount: 100});
  } catch (problem) {
    return {reason: `Front matter cannot be read: ${visible((problem as Error).message, 120)}`, line: 2};
  }
  if (value === null || value === undefined) return {fields: {}};
  if (typeof value !== 'object' || Array.isArray(value))
    return {reason: 'Front matter is no mapping; write it as `key: value` lines', line: 2};
  return {fields: value as Record<string, unknown>};
}
