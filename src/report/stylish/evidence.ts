import type {Excerpt, Neighbour} from '../../api.js';
import {excerpt} from '../sanitize.js';
import type {Style} from '../style.js';
import {cells, wrap} from '../width.js';
import {difference, type Piece} from './difference.js';

const shown = 3;

/** The related records of a finding, each with the words that differ; indented by `indent` cells. */
export function evidence(related: readonly Neighbour[], indent: number, style: Style): string[] {
  const {symbols, paint} = style;
  const inner = indent + cells(symbols.branch) + 1;
  const blanks = ' '.repeat(inner);
  const lines: string[] = [];
  for (const neighbour of related.slice(0, shown)) {
    const [first = '', ...rest] = wrap(describe(neighbour), style.width - inner);
    lines.push(
      `${' '.repeat(indent)}${paint.dim(symbols.branch)} ${first}`,
      ...rest.map(line => blanks + line),
    );
    if (neighbour.excerpt && neighbour.relation !== 'same') {
      lines.push(...compared(neighbour.excerpt, style.width - inner, style).map(line => blanks + line));
    }
  }
  const more = related.length - shown;
  if (more > 0) lines.push(blanks + paint.dim(`${symbols.ellipsis} and ${more} more`));
  return lines;
}

function describe(neighbour: Neighbour): string {
  const {record, relation, origin, verified} = neighbour;
  const place = `${excerpt(record.path, 60)}:${record.line}`;
  // A record without an id field is called by its line, which the place says already.
  const name = record.id === `line:${record.line}` ? place : `\`${excerpt(record.id, 40)}\`, ${place}`;
  const share = Math.floor(neighbour.similarity * 100) / 100;
  const about = verified ? '' : 'about ';
  const facts = [
    ...(relation === 'near' ? [`similarity ${about}${share.toFixed(2)}`] : []),
    ...(origin === 'round' ? [] : [`${origin.role} reference ${excerpt(origin.reference, 40)}`]),
    verified ? 'verified' : 'estimated',
  ].join(', ');
  const part = `${about}${Math.floor(share * 100)} %`;
  const what = {
    same: `same text as ${name}`,
    near: `near copy of ${name}`,
    inside: `${part} of its words stand inside ${name}`,
    holds: `holds ${part} of the words of ${name}`,
  }[relation];
  return `${what} (${facts})`;
}

function compared(pair: Excerpt, width: number, {color, paint}: Style): string[] {
  const label = 7;
  const [here, there] = difference(pair, width - label, color ? 0 : 4);
  // As `git diff --word-diff` writes it where there is no colour to show it.
  const mark = (pieces: readonly Piece[], changed: (text: string) => string) =>
    pieces.map(({text, same}) => (same ? paint.dim(text) : changed(text))).join('');
  return [
    paint.dim('here   ') + mark(here, text => (color ? paint.red(text) : `[-${text}-]`)),
    paint.dim('there  ') + mark(there, text => (color ? paint.green(text) : `{+${text}+}`)),
  ];
}
