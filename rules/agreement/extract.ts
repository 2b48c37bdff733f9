import {lastNumber, normalNumber} from '../../src/api.js';
import {compilePattern} from './pattern.js';

/** Ways to read the answer out of a response, by the names that the option `extract` uses. */
export const extractorNames = ['tag', 'boxed', 'number', 'regex', 'json', 'exact'] as const;
type ExtractorName = (typeof extractorNames)[number];

export interface ExtractOptions {
  readonly extract: readonly string[];
  readonly tag: string;
  readonly pattern: string;
  readonly pointer: string;
}

/** What a response answers, as written and in one spelling for all spellings of it. */
export interface Answer {
  readonly shown: string;
  readonly key: string;
}

/** Null for an answer that was cut off: then the other ways are not tried, as what is left is no answer. */
type Read = (text: string) => string | null | undefined;

/**
 * Reads the answer of a response: the first of the ways that finds one counts. What is not closed (a tag, a
 * brace) was cut off and is no answer.
 * @throws Error for an unknown way, or a pattern or pointer that cannot be read.
 */
export function createExtractor(options: ExtractOptions): (text: string) => Answer | undefined {
  if (options.extract.length === 0) throw new Error('`extract` is empty: name at least one way, as `number`');
  const ways = options.extract.map(name => reader(name, options));
  return text => {
    for (const read of ways) {
      const found = read(text);
      if (found === null) return undefined;
      const shown = found?.trim();
      if (shown) return answerFrom(shown);
    }
    return undefined;
  };
}

/** An answer that is known, such as the value of a field. */
export function answerFrom(shown: string): Answer {
  return {shown, key: normalAnswer(shown)};
}

function reader(name: string, {tag, pattern, pointer}: ExtractOptions): Read {
  switch (name as ExtractorName) {
    case 'tag':
      return inTag(tag);
    case 'boxed':
      return lastBoxed;
    case 'number':
      return lastNumber;
    case 'regex':
      if (pattern === '') throw new Error('`extract` names `regex`, so `pattern` must be set');
      return compilePattern(pattern);
    case 'json':
      return atPointer(pointer);
    case 'exact':
      return text => text;
    default:
      throw new Error(`\`extract\` names \`${name}\`; it knows ${extractorNames.join(', ')}`);
  }
}

/** What stands in the last `<tag>…</tag>`, whatever the case of its letters. */
function inTag(tag: string): Read {
  const [open, close] = [`<${tag.toLowerCase()}>`, `</${tag.toLowerCase()}>`];
  return text => {
    const folded = text.toLowerCase();
    // Lower case of some letters is longer than the letter: then places do not fit, and only ASCII is folded.
    const where = folded.length === text.length ? folded : text;
    const start = where.lastIndexOf(open);
    if (start < 0) return undefined;
    const end = where.indexOf(close, start);
    return end < 0 ? null : text.slice(start + open.length, end);
  };
}

/** What stands in the last `\boxed{…}` or `\fbox{…}`, with braces inside braces; null where it is not closed. */
export function lastBoxed(text: string): string | null | undefined {
  const start = Math.max(text.lastIndexOf('\\boxed{'), text.lastIndexOf('\\fbox{'));
  if (start < 0) return undefined;
  const from = text.indexOf('{', start) + 1;
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === '\\') at++;
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return text.slice(from, at);
  }
  return null;
}

/** The value at a JSON Pointer (RFC 6901) of a response that is JSON, bare or in a code fence. */
function atPointer(pointer: string): Read {
  if (pointer !== '' && !pointer.startsWith('/')) {
    throw new Error(`\`pointer\` is \`${pointer}\`; a JSON Pointer begins with \`/\`: \`/answer\``);
  }
  const keys = pointer
    .split('/')
    .slice(1)
    .map(key => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  return text => {
    let value = parsed(text);
    for (const key of keys) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
      value = (value as Record<string, unknown>)[key];
    }
    if (value === undefined || value === null) return undefined;
    return typeof value === 'object' ? canonical(value) : String(value);
  };
}

function parsed(text: string): unknown {
  const fence = text.lastIndexOf('```json');
  const end = fence < 0 ? -1 : text.indexOf('```', fence + 7);
  try {
    return JSON.parse(end < 0 ? text : text.slice(fence + 7, end));
  } catch {
    return undefined;
  }
}

/** JSON with the keys of objects in order, so that equal values have equal texts. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** Longer answers are compared by this much of them. */
const mostCharacters = 4000;

/** Equal for answers that say the same: numbers by value, text by its letters. */
function normalAnswer(text: string): string {
  const bare = withoutLatex(text.slice(0, mostCharacters));
  const number = normalNumber(bare);
  if (number !== undefined) return `=${number}`;
  return bare
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/^ | ?[.,;:!] ?$| $/g, '');
}

/** Takes off what LaTeX says about looks: `$…$`, `\left`, `\,`, `\text{…}` around words or behind a number. */
function withoutLatex(text: string): string {
  return text
    .replace(/\\(?:left|right|displaystyle)(?![a-z])|\\[,!;: ]|\$/g, '')
    .replace(/(\d)\s*\\(?:text|mathrm|textrm|mbox)\{[^{}]{0,80}\}\s*$/, '$1')
    .replace(/\\(?:text|mathrm|textbf|mathbf|mbox)\{([^{}]{0,400})\}/g, '$1')
    .trim()
    .replace(/[.]$/, '');
}
