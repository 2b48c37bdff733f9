/**
 * What is looked for in the lines of an answer, rather than in its layout. Shared by the fast scan and the
 * reading of the Markdown tree, which find out in their own ways what is code. All of it takes time in
 * proportion to the text.
 */

const tag = /<(\/?)([A-Za-z_][\w.:-]{0,63})(?=[\s/>])[^<>]{0,500}>/g;

/** `<name …>` and, later, `</name>`. */
export function hasTagPair(text: string): boolean {
  if (!text.includes('</')) return false;
  const opened = new Set<string>();
  for (const [, slash, name] of text.matchAll(tag)) {
    if (slash === '') opened.add(name!);
    else if (opened.has(name!)) return true;
  }
  return false;
}

const command = /\\(?:boxed|begin|[dt]?frac|sqrt|text|math[a-z]{2,4}) ?\{/;
/** A command, a power, or a variable that is set or has an index; an amount of money is none. */
const formula = /\\[A-Za-z]|\^|^[A-Za-z](?:_\w| ?=)/;

/** `\boxed{…}`, `\begin{…}` and other commands, `\[…\]`, `\(…\)`, `$$…$$`, or a formula between two `$`. */
export function hasLatex(text: string): boolean {
  if (text.includes('\\')) {
    if (command.test(text) || encloses(text, '\\[', '\\]') || encloses(text, '\\(', '\\)')) return true;
  }
  const first = text.indexOf('$');
  if (first === -1) return false;
  return encloses(text, '$$', '$$') || hasInlineFormula(text, first);
}

/** True when something other than white space stands between the first `open` and the `close` after it. */
function encloses(text: string, open: string, close: string): boolean {
  const start = text.indexOf(open);
  if (start === -1) return false;
  const end = text.indexOf(close, start + 2);
  return end !== -1 && text.slice(start + 2, end).trim() !== '';
}

/** As pandoc reads it: no white space inside next to the signs, no digit behind, all in one line. */
function hasInlineFormula(text: string, first: number): boolean {
  let open = first;
  while (open !== -1) {
    const close = text.indexOf('$', open + 1);
    if (close === -1) return false;
    const inner = text.slice(open + 1, close);
    if (
      inner !== '' &&
      !/^\s|\s$|\n/.test(inner) &&
      !/\d/.test(text.charAt(close + 1)) &&
      formula.test(inner)
    ) {
      return true;
    }
    open = close;
  }
  return false;
}

const bulletSigns = '•◦▪●‣';

/** `• item`, also behind spaces other than the plain one: a list for the eye, though not in Markdown. */
export function hasBulletSign(text: string, at: number): boolean {
  if (text.charCodeAt(at) < 128) return false;
  while (/[^\S\n]/.test(text.charAt(at))) at++;
  return bulletSigns.includes(text.charAt(at)) && at < text.length;
}

const python = /(?:async {1,4})?def {1,4}\w{1,80} {0,4}\(/y;
const modifiers =
  'abstract|async|const|default|export|extern|final|inline|internal|override|private|protected|pub|public|static|unsafe';
const types =
  'auto|bool|boolean|char|double|float|fn|fun|func|function|int|long|short|string|String|sub|void';
const braces = new RegExp(
  `(?:(?:${modifiers}) {1,4}){0,4}(?:${types})\\b[ *&]{0,4}(?:\\w{1,80} {0,4})?\\(`,
  'y',
);
const arrow =
  /(?:export {1,4})?(?:const|let|var) {1,4}\w{1,80} {0,4}= {0,4}(?:async {1,4})?(?:function\b|\([^()]{0,200}\) {0,4}=>|\w{1,80} {0,4}=>)/y;
/** The first two letters of all of these: what other lines begin with costs next to nothing. */
const openers = new Uint8Array(1 << 14);
for (const word of `${modifiers}|${types}|def|let|var`.split('|')) openers[openerOf(word, 0)] = 1;

function openerOf(text: string, at: number): number {
  return ((text.charCodeAt(at) & 127) << 7) | (text.charCodeAt(at + 1) & 127);
}

/**
 * `def f(x):`, `function f(x) {`, `int main() {`, `const f = x => …`: the line that opens a definition. But
 * for Python and arrows a brace must stand in it, so that a sentence which begins with "function" is none.
 */
export function isFunctionLine(text: string, at: number, end: number): boolean {
  if (openers[openerOf(text, at)] === 0) return false;
  if (opens(python, text, at) || opens(arrow, text, at)) return true;
  return opens(braces, text, at) && text.slice(braces.lastIndex, end).includes('{');
}

function opens(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

/**
 * A block of Markdown with a space for each code span: a run of backticks, up to the next run of the same
 * length. Runs are looked up by length, so a megabyte of backticks is no trap.
 */
export function withoutCodeSpans(block: string): string {
  if (!block.includes('`')) return block;
  const runs = [...block.matchAll(/`+/g)].map(({0: {length}, index}) => ({start: index, length}));
  const byLength = new Map<number, number[]>();
  for (const {start, length} of runs.toReversed()) {
    const starts = byLength.get(length);
    if (starts === undefined) byLength.set(length, [start]);
    else starts.push(start);
  }
  let kept = '';
  let done = 0;
  for (const run of runs) {
    if (run.start < done) continue;
    const escaped = isEscaped(block, run.start) ? 1 : 0;
    const start = run.start + escaped;
    const length = run.length - escaped;
    const closers = byLength.get(length) ?? [];
    while (closers.length > 0 && closers.at(-1)! <= run.start) closers.pop();
    const close = closers.at(-1);
    if (length === 0 || close === undefined) continue;
    kept += `${block.slice(done, start)} `;
    done = close + length;
  }
  return kept + block.slice(done);
}

/** An odd number of backslashes before it. */
function isEscaped(text: string, at: number): boolean {
  let before = at;
  while (before > 0 && text.charAt(before - 1) === '\\') before--;
  return (at - before) % 2 === 1;
}
