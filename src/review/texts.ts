import type {Span} from '../api.js';
import {count} from '../report/numbers.js';
import {differenceOf, type Piece, passageOf} from '../report/passages.js';
import {type Line, layOut, type Stretch} from './line.js';

/** Code units of a text that are shown. */
const shownUnits = 16_384;
const shownLines = 1_000;
/** Code units around the differing stretch of two texts that are shown. */
const context = 1_000;

/** A text with the stretches that findings are about; what was left out of a long one is said in words. */
export function textLines(text: string, spans: readonly Span[], width: number): Line[] {
  const {pieces, before, after} = passageOf(text, spans, shownUnits);
  return [
    ...(before > 0 ? [leftOut(before, 'before')] : []),
    ...layOut(pieces.map(marked), width, shownLines),
    ...(after > 0 ? [leftOut(after, 'after')] : []),
  ];
}

/**
 * Two texts as one, with what only one of them has: `[-other-]{+this+}`. Undefined where they have too little
 * in common for that to be readable.
 */
export function differenceLines(here: string, there: string, width: number): Line[] | undefined {
  const passage = differenceOf(here, there, shownUnits, context);
  if (passage === undefined) return undefined;
  const {pieces, before, after} = passage;
  return [
    ...(before > 0 ? [leftOut(before, 'before, the same in both')] : []),
    ...layOut(pieces.map(marked), width, shownLines),
    ...(after > 0 ? [leftOut(after, 'after, the same in both')] : []),
  ];
}

/** Without colours a mark must be seen too. */
function marked({text, tone}: Piece): Stretch {
  if (tone === 'mark') return {tone, text: `»${text}«`};
  if (tone === 'new') return {tone, text: `{+${text}+}`};
  return tone === 'gone' ? {tone, text: `[-${text}-]`} : {tone, text};
}

function leftOut(units: number, where: string): Line {
  return [{text: `… ${count(units)} more characters ${where}`, tone: 'dim'}];
}
