import type {Broken} from './parse.js';

/** The parser compares each mark with those before it in its paragraph, and each quote with those around it. */
const most = {emphasis: 1000, brackets: 5000, nesting: 100} as const;

const fence = /^ {0,3}(?:`{3,}|~{3,})/;
/** A line that begins a block of its own, so that its marks meet no earlier ones: list item, row, heading. */
const opens = /^[ \t]*(?:[-*+|#]|\d{1,9}[.)])/;
/** What a line opens before its text: quotes, and lists in lists. */
const opened = /^(?:[ \t]*(?:>|[-*+](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)))*/;

/** Text that no person writes and that would take the parser minutes: what it has too much of, and where. */
export function tooMuch(text: string): Broken | undefined {
  let code = false;
  let emphasis = 0;
  let brackets = 0;
  let line = 0;
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    const own = text.slice(start, end);
    start = end + 1;
    line++;
    if (fence.test(own)) code = !code;
    if (code) continue;
    if (own.trim() === '' || opens.test(own)) [emphasis, brackets] = [0, 0];
    emphasis += count(own, /[*~]+|(?<!\w)_+|_+(?!\w)/g);
    brackets += count(own, /\[/g);
    const nesting = count(opened.exec(own)![0], />|[-*+.)]/g);
    if (emphasis > most.emphasis)
      return {reason: `More than ${most.emphasis} marks of emphasis ${cut}`, line};
    if (brackets > most.brackets) return {reason: `More than ${most.brackets} brackets ${cut}`, line};
    if (nesting > most.nesting)
      return {reason: `Quotes or lists nested more than ${most.nesting} deep; take some out`, line};
  }
  return undefined;
}

const cut = 'in one paragraph; break it up, or put it into a code block';

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
