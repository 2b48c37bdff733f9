import {type Excerpt, idOfPlace, type Neighbour, placeName} from '../../api.js';
import type {FindingReport} from '../report.js';
import {excerpt} from '../sanitize.js';
import type {Style} from '../style.js';
import {cells, wrap} from '../width.js';
import {difference, type Piece} from './difference.js';

const shown = 3;

/**
 * The related records of a finding, each with the words that differ; indented by `indent` cells. What the
 * message says already is not said again.
 */
export function evidence({message, related = []}: FindingReport, indent: number, style: Style): string[] {
  const {symbols, paint} = style;
  const inner = indent + cells(symbols.branch) + 1;
  const width = style.width - inner;
  const blocks = related.slice(0, shown).map(neighbour => {
    const {relation, excerpt: pair} = neighbour;
    const words = unsaid(message, neighbour);
    return [
      ...(words === '' ? [] : wrap(words, width)),
      ...(pair && relation !== 'same' ? compared(pair, width, style) : []),
    ];
  });
  const more = related.length - shown;
  if (more > 0) blocks.at(-1)?.push(paint.dim(`${symbols.ellipsis} and ${more} more`));
  return blocks.flatMap(lines =>
    lines.map((line, at) =>
      at === 0 ? `${' '.repeat(indent)}${paint.dim(symbols.branch)} ${line}` : ' '.repeat(inner) + line,
    ),
  );
}

/** What a related record is, in words; empty where the message says it already. */
export function unsaid(message: string, neighbour: Neighbour): string {
  const {record, verified} = neighbour;
  if (!names(message, placeName(record))) return describe(neighbour);
  return verified ? '' : 'estimated from sketches, not verified on the texts';
}

/** Line 1 is not named by a message on line 12. */
function names(message: string, place: string): boolean {
  return message
    .split(place)
    .slice(1)
    .some(rest => !/^\d/.test(rest));
}

function describe(neighbour: Neighbour): string {
  const {record, relation, origin, verified} = neighbour;
  const place = placeName({path: excerpt(record.path, 60), line: record.line});
  // A record without an id field is called by its line, which the place says already.
  const name = record.id === idOfPlace(record) ? place : `\`${excerpt(record.id, 40)}\`, ${place}`;
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
