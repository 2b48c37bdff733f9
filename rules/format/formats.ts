import type {CorpusRecord} from '../../src/api.js';
import {hasLatex, hasTagPair} from './inline.js';
import {type UserFormat, userFormatOf} from './patterns.js';
import {scanMarkdown} from './scan.js';
import type {Structure} from './structure.js';

/**
 * Structural formats (after arXiv:2504.07912), and their precedence: of the formats that an answer shows it
 * has the first in this list, after those of the user. It goes from what a program reads to what a person
 * does, so that one code block in a page of prose is a choice of format, and a list under a heading is not.
 */
export const builtinFormats = [
  'json',
  'tags',
  'code-fence',
  'function',
  'latex',
  'table',
  'headed',
  'numbered',
  'bullets',
  'prose',
] as const;
export type BuiltinFormat = (typeof builtinFormats)[number];

/** The part that is classified: the response where there is one. */
export function answerOf({response, text}: CorpusRecord): string {
  return response ?? text;
}

/** Reads the structure of a Markdown text; with `prose`, also what is no code in it. */
export type StructureReader = (text: string, wanted: {readonly prose: boolean}) => Structure;

/** The structural format of an answer. */
export function formatOf(
  answer: string,
  patterns: readonly UserFormat[] = [],
  read: StructureReader = scanMarkdown,
): string {
  const text = answer.includes('\r') ? answer.replace(/\r\n?/g, '\n') : answer;
  return userFormatOf(text, patterns) ?? (isJson(text) ? 'json' : markdownFormatOf(text, read));
}

/** The whole answer is a JSON object or array. */
function isJson(text: string): boolean {
  let start = 0;
  while (text.charCodeAt(start) <= 32) start++;
  const closing = {'{': '}', '[': ']'}[text.charAt(start)];
  if (closing === undefined || !text.trimEnd().endsWith(closing)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function markdownFormatOf(text: string, read: StructureReader): BuiltinFormat {
  // Whether it stands in code matters only where there is a tag or a formula at all.
  const tags = hasTagPair(text);
  const latex = hasLatex(text);
  const structure = read(text, {prose: tags || latex});
  const prose = structure.prose.join('\n');
  if (tags && hasTagPair(prose)) return 'tags';
  if (structure.fence) return 'code-fence';
  if (structure.definition) return 'function';
  if (latex && hasLatex(prose)) return 'latex';
  if (structure.table) return 'table';
  if (structure.heading) return 'headed';
  return listFormatOf(structure) ?? 'prose';
}

/** The list that begins first, of those of two items or more; a single item is a dash. */
function listFormatOf({bullets, numbers, first}: Structure): 'bullets' | 'numbered' | undefined {
  const many = {bullets: bullets > 1, numbered: numbers > 1};
  if (first !== undefined && many[first]) return first;
  return many.numbered ? 'numbered' : many.bullets ? 'bullets' : undefined;
}
