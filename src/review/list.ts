import {count} from '../report/numbers.js';
import {excerpt} from '../report/sanitize.js';
import {placeOf} from './case.js';
import type {Line} from './line.js';
import {groupOf} from './order.js';
import type {Mark, State} from './state.js';

const signs: Readonly<Record<Mark['verb'], Line[number]>> = {
  accept: {text: '✔', tone: 'good'},
  reject: {text: '✘', tone: 'bad'},
  waive: {text: '~', tone: 'warn'},
};

/** The lines of the list around the cursor, `height` of them at most; headings stand above their groups. */
export function listLines(state: State, width: number, height: number): Line[] {
  const {view, cursor} = state;
  const lines: Line[] = [];
  let current = 0;
  const from = Math.max(0, cursor - height);
  const to = Math.min(view.length, cursor + height + 1);
  for (let position = from; position < to; position++) {
    const heading = headingAt(state, position, position === from);
    if (heading !== undefined) lines.push(headingLine(heading, width));
    if (position === cursor) current = lines.length;
    lines.push(caseLine(state, position, width));
  }
  const first = Math.max(0, Math.min(current - Math.floor(height / 2), lines.length - height));
  return lines.slice(first, first + height);
}

/** Where a group begins, and at the top of the window, what group it is. */
function headingAt(
  {cases, view, sizes, grouping, blind}: State,
  position: number,
  top: boolean,
): string | undefined {
  // Whoever reviews blind must not learn from a heading what was found.
  if (blind) return undefined;
  const groupAt = (other: number) => groupOf(cases[view[other]!]!, grouping);
  const group = groupAt(position);
  if (!top && groupAt(position - 1) === group) return undefined;
  const first = cases[view[position]!]!;
  const name = grouping === 'cluster' ? `like ${placeOf(first)}` : group === '*' ? 'nothing reported' : group;
  return `${name} · ${count(sizes.get(group) ?? 0)}`;
}

function headingLine(group: string, width: number): Line {
  return [{text: excerpt(group, width), tone: 'name'}];
}

function caseLine({cases, view, cursor, marks, blind}: State, position: number, width: number): Line {
  const one = cases[view[position]!]!;
  const mark = marks.get(one.hash);
  const chosen = position === cursor;
  const place = blind ? `record ${position + 1}` : placeOf(one);
  const room = width - 4;
  // The end of a path tells more than its beginning.
  const shown = place.length > room * 0.6 ? `…${place.slice(-Math.floor(room * 0.6))}` : place;
  const name = excerpt(shown, room);
  const message = blind ? '' : excerpt(one.message, Math.max(0, room - name.length - 1));
  return [
    {text: chosen ? '>' : ' ', tone: chosen ? 'strong' : 'plain'},
    mark === undefined ? {text: ' ', tone: 'plain'} : signs[mark.verb],
    {text: ` ${name}`, tone: chosen ? 'mark' : 'plain'},
    {text: message === '' ? '' : ` ${message}`, tone: 'dim'},
  ];
}
