import {Text, useIsScreenReaderEnabled} from 'ink';
import {useLayoutEffect, useMemo} from 'react';
import {type Detail, detailLines, type SignalSpread} from '../detail.js';
import {type Line, textOf} from '../line.js';
import type {Painter} from '../painter.js';
import {recordLines, recordWidth, screenLines} from '../screen.js';
import type {State} from '../state.js';
import {statusLine, titleLine} from '../status.js';

export interface ReviewProps {
  readonly state: State;
  /** Of the current case; undefined while it is read. */
  readonly detail: Detail | undefined;
  readonly spreads: ReadonlyMap<string, SignalSpread>;
  readonly columns: number;
  readonly rows: number;
  /** Where only one of both fits. */
  readonly pane: 'list' | 'record';
  readonly draw: Painter['draw'];
}

/** The screen that shows a state. For a screen reader there are only lines, which Ink writes. */
export function Review({state, detail, spreads, columns, rows, pane, draw}: ReviewProps) {
  const spoken = useIsScreenReaderEnabled();
  const width = recordWidth(state, spoken ? 72 : columns);
  const {blind} = state;
  const body = useMemo(
    () => detail && detailLines(detail, {width, spreads, blind, spoken}),
    [detail, width, spreads, blind, spoken],
  );
  useLayoutEffect(() => {
    if (!spoken) draw(screenLines(state, body, {columns, rows, pane}), columns, rows);
  });
  return spoken ? <Spoken state={state} body={body} /> : null;
}

/** The record at hand in plain lines, no list and no drawing. */
function Spoken({state, body}: {readonly state: State; readonly body: readonly Line[] | undefined}) {
  const lines = [titleLine(state, 1000), ...recordLines(state, body, 72), statusLine(state, 1000)];
  return <Text>{lines.map(textOf).join('\n')}</Text>;
}
