import {excerpt} from '../sanitize.js';
import type {Style} from '../style.js';
import {wrap} from '../width.js';

/** Where a label of a note ends and its text begins. */
const start = 9;

/** Why something matters, in a sentence: `collapse explain` has the rest. */
export function why(text: string, style: Style): string[] {
  return note('why', sentences(text)[0] ?? '', style);
}

/** What to do: the first sentence, and those after it that fit into two lines. */
export function advice(text: string, style: Style): string[] {
  const [first = '', ...more] = sentences(text);
  let said = first;
  for (const sentence of more) {
    if (wrap(`${said} ${sentence}`, room(style)).length > 2) break;
    said += ` ${sentence}`;
  }
  return note('do', said, style);
}

/** A full stop ends a sentence where a capital, a digit, a quote or a code span follows; `e.g.` never does. */
export function sentences(text: string): string[] {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .split(/(?<=[.!?][)”"]?)(?<!\b(?:e\.g|i\.e|cf|vs|etc|al|No|Fig)\.) (?=[\p{Lu}\p{Lo}\d`“"(])/u);
}

/** A dim note under a table row. */
function note(label: string, text: string, style: Style): string[] {
  if (text === '') return [];
  const [first = '', ...rest] = wrap(excerpt(text, 1000), room(style));
  return [`    ${label.padEnd(start - 4)}${first}`, ...rest.map(line => ' '.repeat(start) + line)].map(
    style.paint.dim,
  );
}

function room({width}: Style): number {
  return Math.min(width, 110) - start;
}

/** The header of a table: its first cell is a heading, the others say what stands below. */
export function titled([title = '', ...rest]: readonly string[], {paint}: Style): string {
  return `${paint.bold(title)}  ${paint.dim(rest.join('  '))}`.trimEnd();
}
