/** How far back a quotation mark or a code span may have opened. */
const reach = 400;

/**
 * Whether what stands at `at` is quoted: in quotation marks or a code span that opened in the same paragraph,
 * or in a fenced code block. Who writes about assistants quotes them; assistants do not quote themselves. Marks
 * around the whole text do not count: records are at times put in quotes.
 */
export function isQuoted(text: string, at: number): boolean {
  const from = Math.max(text.lastIndexOf('\n', at - 1) + 1, at - reach, 0);
  let straight = 0;
  let ticks = 0;
  let open = 0;
  for (let index = from; index < at; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x22) straight++;
    else if (code === 0x60) ticks++;
    else if (opening.includes(code)) open++;
    else if (closing.includes(code)) open = Math.max(0, open - 1);
  }
  if (ticks % 2 === 1 || inFence(text, at)) return true;
  const single = at > 1 && /['‘]/.test(text[at - 1]!) && /[\s(]/.test(text[at - 2]!);
  return single || ((straight % 2 === 1 || open > 0) && !isWrapped(text));
}

/** “ „ « 「 */
const opening = [0x201c, 0x201e, 0xab, 0x300c];
/** ” » 」 */
const closing = [0x201d, 0xbb, 0x300d];
const marks = /["“”„«»「」]/;

/** Whether the text begins with a mark whose other half ends it, or is not there. */
function isWrapped(text: string): boolean {
  if (!marks.test(text[0] ?? '')) return false;
  const next = text.slice(1).search(marks);
  return next === -1 || next >= text.length - 3;
}

/** Whether an odd number of code fences opened before `at`. */
function inFence(text: string, at: number): boolean {
  let fences = 0;
  for (let next = text.indexOf('```'); next !== -1 && next < at; next = text.indexOf('```', next + 3)) {
    if (next === 0 || text[next - 1] === '\n') fences++;
  }
  return fences % 2 === 1;
}

/** Matches that are tried: beyond these a text quotes and quotes. */
const tries = 5;

/** The first match of a pattern with the flag `g` that is not quoted. */
export function firstUnquoted(pattern: RegExp, text: string): RegExpExecArray | undefined {
  pattern.lastIndex = 0;
  for (let left = tries; left > 0; left--) {
    const match = pattern.exec(text);
    if (match === null) return undefined;
    if (!isQuoted(text, match.index)) return match;
  }
  return undefined;
}

/** The same pattern, to be looked for again and again. */
export function everywhere({source, flags}: RegExp): RegExp {
  return new RegExp(source, `${flags}g`);
}
