/**
 * What a line of Markdown begins (CommonMark 0.31, GFM tables). All of it looks at `text` between `at`, the
 * first character that is not white space, and `end`, and takes time in proportion to the line.
 */

const space = 32;
const tab = 9;
const hash = 35;
const dash = 45;
const colon = 58;
const backtick = 96;
const pipe = 124;
const backslash = 92;

const isSpace = (code: number) => code === space || code === tab;
export const isDigit = (code: number) => code >= 48 && code <= 57;

function skip(text: string, at: number, end: number, code: number): number {
  while (at < end && text.charCodeAt(at) === code) at++;
  return at;
}

export function isBlank(text: string, at: number, end: number): boolean {
  while (at < end && isSpace(text.charCodeAt(at))) at++;
  return at === end;
}

/** `## Title`: one to six signs and white space behind them. */
export function isHeading(text: string, at: number, end: number): boolean {
  const after = skip(text, at, end, hash);
  return after - at <= 6 && (after === end || isSpace(text.charCodeAt(after)));
}

/** A line of `=` or `-` that makes the paragraph above it a heading. */
export function isUnderline(text: string, at: number, end: number): boolean {
  return isBlank(text, skip(text, at, end, text.charCodeAt(at)), end);
}

/** `***`, `- - -`: three of one sign or more, and nothing but white space. */
export function isThematicBreak(text: string, at: number, end: number): boolean {
  const sign = text.charCodeAt(at);
  let signs = 0;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === sign) signs++;
    else if (!isSpace(code)) return false;
  }
  return signs >= 3;
}

/** Length of the fence that opens here, 0 for none. Behind backticks there are no others in the line. */
export function fenceLength(text: string, at: number, end: number): number {
  const sign = text.charCodeAt(at);
  const after = skip(text, at, end, sign);
  if (after - at < 3) return 0;
  if (sign === backtick && text.slice(after, end).includes('`')) return 0;
  return after - at;
}

export function closesFence(text: string, at: number, end: number, sign: number, length: number): boolean {
  const after = skip(text, at, end, sign);
  return after - at >= length && isBlank(text, after, end);
}

/** Where the marker of a list item ends, `-` or up to nine digits and `.` or `)`; -1 for none. */
export function markerEnd(text: string, at: number, end: number): number {
  let after = at;
  while (after < end && after - at < 10 && isDigit(text.charCodeAt(after))) after++;
  if (after > at) {
    const code = text.charCodeAt(after);
    if (after - at > 9 || after === end || (code !== 46 && code !== 41)) return -1;
  }
  after++;
  return after === end || isSpace(text.charCodeAt(after)) ? after : -1;
}

/** Columns of the row `| :-- | --- |` under the head of a table; 0 when it is none. */
export function delimiterColumns(text: string, at: number, end: number): number {
  let columns = 0;
  let dashes = 0;
  /** 0 before a cell, 1 after its first colon, 2 in its dashes, 3 behind them. */
  let state = 0;
  for (let index = text.charCodeAt(at) === pipe ? at + 1 : at; index < end; index++) {
    const code = text.charCodeAt(index);
    if (code === dash && state < 3) {
      state = 2;
      dashes++;
    } else if (code === colon && (state === 0 || state === 2)) state = state === 0 ? 1 : 3;
    else if (code === pipe && state >= 2) {
      state = 0;
      columns++;
    } else if (isSpace(code) && state !== 1) {
      if (state === 2) state = 3;
    } else return 0;
  }
  if (state === 1) return 0;
  return dashes === 0 ? 0 : state >= 2 ? columns + 1 : columns;
}

/** Cells of a row of a table: `\|` divides none. */
export function cells(text: string, at: number, end: number): number {
  let last = end;
  while (last > at && isSpace(text.charCodeAt(last - 1))) last--;
  let count = last - at === 1 && text.charCodeAt(at) === pipe ? 0 : 1;
  for (let index = at; index < last; index++) {
    const code = text.charCodeAt(index);
    if (code === backslash) index++;
    else if (code === pipe && index > at && index < last - 1) count++;
  }
  return count;
}
