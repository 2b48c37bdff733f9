import {cells, head} from '../report/width.js';
import {type Line, plain, type Stretch} from './line.js';
import {listLines} from './list.js';
import {currentCase, type State} from './state.js';
import {helpLines, statusLine, titleLine} from './status.js';

export interface ScreenOptions {
  readonly columns: number;
  readonly rows: number;
  /** Where only one of both fits. */
  readonly pane: 'list' | 'record';
}

/** From this width on, list and record stand beside each other. */
export const bothFrom = 76;
const gap = 2;

/** How many records the list shows at once. */
export function pageOf(rows: number): number {
  return Math.max(1, rows - 4);
}

/** How the window is divided. Help is all there is while it is read: it must be whole in any window. */
function widths({mode}: State, columns: number): {readonly list: number; readonly record: number} {
  const list = Math.min(48, Math.floor(columns * 0.36));
  if (columns < bothFrom || mode.kind === 'help') return {list: columns, record: columns};
  return {list, record: columns - list - gap};
}

/** How wide the record may be. */
export function recordWidth(state: State, columns: number): number {
  return Math.max(20, widths(state, columns).record);
}

/** The whole screen, line by line: a pure view of the state. `body` is the record; undefined while it is read. */
export function screenLines(
  state: State,
  body: readonly Line[] | undefined,
  {columns, rows, pane}: ScreenOptions,
): Line[] {
  const height = pageOf(rows);
  const width = widths(state, columns);
  const record = recordLines(state, body, columns);
  const first = Math.max(0, Math.min(state.scroll, record.length - height));
  const shown = record.slice(first, first + height);
  const below = record.length - first - height;
  const status = [...statusLine(state, columns - 10), ...more(below)];
  const lines = [titleLine(state, columns), [], ...middle(), status];
  return lines.map(line => fitting(line, columns));

  function middle(): Line[] {
    const alone = pane === 'record' || state.mode.kind === 'help';
    if (width.list === columns && alone) return filled(shown, height);
    const list = filled(listLines(state, width.list, height), height);
    if (width.list === columns) return list;
    return list.map((line, row) => [...padded(line, width.list + gap), ...(shown[row] ?? [])]);
  }
}

/** What stands on the right: the record, the help, or why there is neither. */
export function recordLines(
  state: State,
  body: readonly Line[] | undefined,
  columns: number,
): readonly Line[] {
  if (state.mode.kind === 'help') return helpLines(recordWidth(state, columns));
  if (currentCase(state) === undefined) {
    return [plain(state.filter === '' ? 'Nothing to decide.' : 'Nothing fits the filter. / changes it.')];
  }
  return body ?? [[{text: 'Reading …', tone: 'dim'}]];
}

/** How much of the record is below. */
function more(below: number): Line {
  return below > 0 ? [{text: `  ↓ ${below}`, tone: 'dim'}] : [];
}

function filled(lines: readonly Line[], height: number): Line[] {
  return Array.from({length: height}, (_, row) => lines[row] ?? []);
}

function padded(line: Line, width: number): Line {
  const cut = fitting(line, width - gap);
  const used = cut.reduce((sum, {text}) => sum + cells(text), 0);
  return [...cut, {text: ' '.repeat(width - used), tone: 'plain'}];
}

/** What does not fit is cut. */
function fitting(line: Line, width: number): Line {
  const all: Stretch[] = [];
  let left = width;
  for (const stretch of line) {
    const used = cells(stretch.text);
    if (used > left) return [...all, {...stretch, text: head(stretch.text, left)}];
    all.push(stretch);
    left -= used;
  }
  return all;
}
