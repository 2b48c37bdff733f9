import {diffWordsWithSpace} from 'diff';
import type {Span} from '../api.js';

/** A stretch of a text: as it is, what a finding is about, or what only one of two texts has. */
export interface Piece {
  readonly text: string;
  readonly tone: 'plain' | 'mark' | 'gone' | 'new';
}

/** What is shown of a text, and how many code units stand before and after it. */
export interface Passage {
  readonly pieces: readonly Piece[];
  readonly before: number;
  readonly after: number;
}

/**
 * At most `most` code units of a text, with the stretches that findings are about. Of a long text the part
 * around the first of them is shown: a record may be 100 MB.
 */
export function passageOf(text: string, spans: readonly Span[], most: number): Passage {
  const marks = [...spans].sort((a, b) => a.start - b.start);
  const first = marks[0]?.start ?? 0;
  const begin = whole(text, text.length <= most ? 0 : Math.max(0, first - most / 4));
  const end = whole(text, Math.min(text.length, begin + most));
  const pieces: Piece[] = [];
  const add = (from: number, to: number, tone: Piece['tone']) => {
    if (to > from) pieces.push({text: text.slice(from, to), tone});
  };
  let at = begin;
  for (const {start, end: stop} of marks) {
    const [from, to] = [Math.max(at, Math.min(start, end)), Math.min(stop, end)];
    if (to <= from) continue;
    add(at, from, 'plain');
    add(from, to, 'mark');
    at = to;
  }
  add(at, end, 'plain');
  return {pieces, before: begin, after: text.length - end};
}

/**
 * Two texts as one, with what only one of them has: `gone` stands there, `new` here. What both begin and end
 * with is cut to `context` code units. Undefined where they have too little in common for that to be readable,
 * or differ over more than `most` code units.
 */
export function differenceOf(
  here: string,
  there: string,
  most: number,
  context: number,
): Passage | undefined {
  const begin = whole(here, Math.max(0, commonStart(here, there) - context));
  const tail = Math.max(0, commonEnd(here, there, begin) - context);
  const left = here.slice(begin, whole(here, here.length - tail));
  const right = there.slice(begin, whole(there, there.length - tail));
  if (left.length > most || right.length > most) return undefined;
  const changes = diffWordsWithSpace(right, left, {maxEditLength: 600});
  if (changes === undefined) return undefined;
  const same = changes.reduce(
    (sum, {added, removed, value}) => sum + (added || removed ? 0 : value.length),
    0,
  );
  if (same * 3 < Math.max(left.length, right.length)) return undefined;
  const pieces = changes.map(
    ({added, removed, value}): Piece => ({text: value, tone: added ? 'new' : removed ? 'gone' : 'plain'}),
  );
  return {pieces, before: begin, after: tail};
}

function commonStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let at = 0;
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

function commonEnd(a: string, b: string, begin: number): number {
  const most = Math.min(a.length, b.length) - begin;
  let size = 0;
  while (size < most && a.charCodeAt(a.length - 1 - size) === b.charCodeAt(b.length - 1 - size)) size++;
  return size;
}

/** Not inside a surrogate pair. */
function whole(text: string, at: number): number {
  const unit = text.charCodeAt(Math.floor(at));
  return unit >= 0xdc00 && unit < 0xe000 ? Math.floor(at) - 1 : Math.floor(at);
}
