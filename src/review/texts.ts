import {diffWordsWithSpace} from 'diff';
import type {Span} from '../api.js';
import {count} from '../report/numbers.js';
import {type Line, layOut, type Stretch} from './line.js';

/** Code units of a text that are shown: a record may be 100 MB. */
const shownUnits = 16_384;
const shownLines = 1_000;

/**
 * A text with the stretches that findings are about. Of a long text the part around the first of them is
 * shown, with what was left out said in words.
 */
export function textLines(text: string, spans: readonly Span[], width: number): Line[] {
  const marks = [...spans].sort((a, b) => a.start - b.start);
  const first = marks[0]?.start ?? 0;
  const begin = whole(text, text.length <= shownUnits ? 0 : Math.max(0, first - shownUnits / 4));
  const end = whole(text, Math.min(text.length, begin + shownUnits));
  const stretches: Stretch[] = [];
  let at = begin;
  for (const {start, end: stop} of marks) {
    const [from, to] = [Math.max(at, Math.min(start, end)), Math.min(stop, end)];
    if (to <= from) continue;
    stretches.push({text: text.slice(at, from), tone: 'plain'}, {text: text.slice(from, to), tone: 'mark'});
    at = to;
  }
  stretches.push({text: text.slice(at, end), tone: 'plain'});
  return [
    ...(begin > 0 ? [leftOut(begin, 'before')] : []),
    ...layOut(bracketed(stretches), width, shownLines),
    ...(end < text.length ? [leftOut(text.length - end, 'after')] : []),
  ];
}

/**
 * Two texts as one, with what only one of them has: `[-other-]{+this+}`. What both begin and end with is cut to
 * a few lines. Undefined where they have too little in common for that to be readable.
 */
export function differenceLines(here: string, there: string, width: number): Line[] | undefined {
  const begin = whole(here, Math.max(0, commonStart(here, there) - context));
  const tail = Math.max(0, commonEnd(here, there, begin) - context);
  const left = here.slice(begin, whole(here, here.length - tail));
  const right = there.slice(begin, whole(there, there.length - tail));
  if (left.length > shownUnits || right.length > shownUnits) return undefined;
  const changes = diffWordsWithSpace(right, left, {maxEditLength: 600});
  if (changes === undefined) return undefined;
  const same = changes.reduce(
    (sum, {added, removed, value}) => sum + (added || removed ? 0 : value.length),
    0,
  );
  if (same * 3 < Math.max(left.length, right.length)) return undefined;
  const stretches = changes.map(({added, removed, value}): Stretch => {
    if (added) return {text: `{+${value}+}`, tone: 'new'};
    return removed ? {text: `[-${value}-]`, tone: 'gone'} : {text: value, tone: 'plain'};
  });
  return [
    ...(begin > 0 ? [leftOut(begin, 'before, the same in both')] : []),
    ...layOut(stretches, width, shownLines),
    ...(tail > 0 ? [leftOut(tail, 'after, the same in both')] : []),
  ];
}

/** Code units around the differing stretch that are shown. */
const context = 1_000;

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

/** Without colours a mark must be seen too. */
function bracketed(stretches: readonly Stretch[]): Stretch[] {
  return stretches.map(({text, tone}) => ({tone, text: tone === 'mark' ? `»${text}«` : text}));
}

/** Not inside a surrogate pair. */
function whole(text: string, at: number): number {
  const unit = text.charCodeAt(Math.floor(at));
  return unit >= 0xdc00 && unit < 0xe000 ? Math.floor(at) - 1 : Math.floor(at);
}

function leftOut(units: number, where: string): Line {
  return [{text: `… ${count(units)} more characters ${where}`, tone: 'dim'}];
}
