import {Box, Text, useIsScreenReaderEnabled} from 'ink';
import {useMemo} from 'react';
import type {Spread} from '../../report/spread.js';
import {type Detail, detailLines} from '../detail.js';
import type {Line} from '../line.js';
import {plain} from '../line.js';
import {listLines} from '../list.js';
import {currentCase, type State} from '../state.js';
import {helpLines, statusLine, titleLine} from '../status.js';
import {Lines, LineText} from './Lines.js';

export interface ReviewProps {
  readonly state: State;
  /** Of the current case; undefined while it is read. */
  readonly detail: Detail | undefined;
  readonly spreads: ReadonlyMap<string, Spread>;
  readonly columns: number;
  readonly rows: number;
  /** Where only one of both fits. */
  readonly pane: 'list' | 'record';
}

/** From this width on, list and record stand beside each other. */
export const bothFrom = 76;

/** How many records the list shows at once. */
export function pageOf(rows: number): number {
  return Math.max(1, rows - 4);
}

/** The whole screen: a pure view of the state. One row is left free: a full screen would scroll. */
export function Review({state, detail, spreads, columns, rows, pane}: ReviewProps) {
  const spoken = useIsScreenReaderEnabled();
  // Help is all there is while it is read: it must be whole in any window.
  const help = state.mode.kind === 'help';
  const both = columns >= bothFrom && !spoken && !help;
  const listWidth = both ? Math.min(48, Math.floor(columns * 0.36)) : columns;
  const recordWidth = Math.max(20, both ? columns - listWidth - 3 : columns);
  const height = pageOf(rows);
  const {blind} = state;
  const body = useMemo(
    () => detail && detailLines(detail, {width: recordWidth, spreads, blind}),
    [detail, recordWidth, spreads, blind],
  );
  const lines = recordLines(state, body, recordWidth);
  const first = Math.max(0, Math.min(state.scroll, lines.length - height));
  if (spoken) return <Spoken title={titleLine(state, 1000)} lines={lines} status={statusLine(state, 1000)} />;
  return (
    <Box flexDirection="column" width={columns} height={rows - 1}>
      <LineText line={titleLine(state, columns)} />
      <Box height={1} />
      <Box height={height}>
        {(both || (pane === 'list' && !help)) && (
          <Box width={listWidth} marginRight={both ? 1 : 0}>
            <Lines lines={listLines(state, listWidth, height)} first={0} height={height} />
          </Box>
        )}
        {(both || pane === 'record' || help) && (
          <Box width={recordWidth} marginLeft={both ? 1 : 0} flexGrow={1}>
            <Lines lines={lines} first={first} height={height} />
          </Box>
        )}
      </Box>
      <LineText line={[...statusLine(state, columns - 10), ...position(first, height, lines.length)]} />
    </Box>
  );
}

function recordLines(state: State, body: readonly Line[] | undefined, width: number): readonly Line[] {
  if (state.mode.kind === 'help') return helpLines(width);
  if (currentCase(state) === undefined) {
    return [plain(state.filter === '' ? 'Nothing to decide.' : 'Nothing fits the filter. / changes it.')];
  }
  return body ?? [[{text: 'Reading …', tone: 'dim'}]];
}

/** How much of the record is below. */
function position(first: number, height: number, all: number): Line {
  const below = all - first - height;
  return below > 0 ? [{text: `  ↓ ${below}`, tone: 'dim'}] : [];
}

/** For a screen reader: the record at hand in plain lines, no list and no drawing. */
function Spoken({
  title,
  lines,
  status,
}: {
  readonly title: Line;
  readonly lines: readonly Line[];
  readonly status: Line;
}) {
  const text = [title, ...lines, status].map(line => line.map(stretch => stretch.text).join('')).join('\n');
  return <Text>{text}</Text>;
}
