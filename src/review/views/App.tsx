import {Text, useInput, useStdout} from 'ink';
import {useEffect, useRef, useState} from 'react';
import type {Spread} from '../../report/spread.js';
import type {Case} from '../case.js';
import type {Detail} from '../detail.js';
import {actionOf, type Command, firstPress} from '../keys.js';
import {type Action, reduce} from '../reduce.js';
import {currentCase, type Entry, type State} from '../state.js';
import {bothFrom, pageOf, Review} from './Review.js';

export interface AppProps {
  readonly initial: State;
  readonly spreads: ReadonlyMap<string, Spread>;
  readonly load: (one: Case) => Promise<Detail>;
  /** Writes entries down before they are shown. What it throws is shown instead, and nothing is decided. */
  readonly save: (entries: readonly Entry[], cases: readonly Case[]) => void;
  /** Quit, edit and suspend: what needs the terminal for itself. */
  readonly onCommand: (command: Exclude<Command, 'pane'>, one: Case | undefined) => Promise<string>;
  /** Tells when the program is to stop for a while; returns what ends the telling. */
  readonly onStop?: (listener: () => void) => () => void;
}

export function App({initial, spreads, load, save, onCommand, onStop}: AppProps) {
  const [state, setState] = useState(initial);
  const [pane, setPane] = useState<'list' | 'record'>('list');
  const {columns, rows} = useSize();
  /** What there is to say once the terminal is the program's own again. */
  const [back, setBack] = useState<string>();
  // Keys may come faster than React draws: each must see what the last one did.
  const latest = useRef(state);

  function apply(action: Action): void {
    let next = reduce(latest.current, action);
    try {
      if (next.fresh.length > 0) save(next.fresh, next.cases);
    } catch (error) {
      const text = `Not saved, so not decided: ${(error as Error).message}`;
      next = reduce(latest.current, {type: 'notice', text});
    }
    latest.current = next;
    setState(next);
  }

  function command(meant: Exclude<Command, 'pane'>): void {
    void onCommand(meant, currentCase(latest.current)).then(meant === 'quit' ? undefined : setBack);
  }

  // Ink draws only what differs from its last frame. That frame is gone when the terminal was lent, so an empty
  // one comes between; the time is more than Ink leaves between two frames.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `apply` looks at the latest state
  useEffect(() => {
    if (back === undefined) return;
    const timer = setTimeout(() => {
      setBack(undefined);
      apply({type: 'notice', text: back});
    }, 50);
    return () => clearTimeout(timer);
  }, [back]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what it calls looks at the latest state
  useEffect(() => onStop?.(() => command('suspend')), [onStop]);

  useInput((input, key) => {
    // What is typed or held down fast comes at once. What a key means depends on what the one before it did.
    for (let left: string | undefined = input; left !== undefined; ) {
      const {press, rest} = firstPress(left, key, latest.current);
      left = rest;
      const meant = actionOf(press, latest.current, pageOf(rows));
      if (meant === undefined) continue;
      if (typeof meant !== 'string') apply(meant);
      else if (meant !== 'pane') {
        command(meant);
      } else if (columns < bothFrom) setPane(shown => (shown === 'list' ? 'record' : 'list'));
    }
  });

  const detail = useDetail(currentCase(state), load);
  if (back !== undefined) return <Text> </Text>;
  return <Review state={state} detail={detail} spreads={spreads} columns={columns} rows={rows} pane={pane} />;
}

/** What is known of the case; undefined until it is read. Never that of another case. */
function useDetail(one: Case | undefined, load: AppProps['load']): Detail | undefined {
  const [read, setRead] = useState<{readonly of: Case; readonly detail: Detail}>();
  useEffect(() => {
    if (one === undefined) return;
    let wanted = true;
    const found = (detail: Detail) => wanted && setRead({of: one, detail});
    load(one).then(found, error => found(unreadable(one, error)));
    return () => {
      wanted = false;
    };
  }, [one, load]);
  return read?.of === one ? read?.detail : undefined;
}

function unreadable(one: Case, error: Error): Detail {
  const {row, id, hash, path, line, verdict} = one;
  const nothing = {reasons: [], signals: {}, findings: [], neighbours: [], words: {}, variant: 0};
  const bytes = [0, 0] as const;
  return {line: {row, id, hash, path, line, bytes, verdict, ...nothing}, record: {missing: error.message}};
}

function useSize(): {columns: number; rows: number} {
  const {stdout} = useStdout();
  const measure = () => ({columns: Math.max(20, stdout.columns || 80), rows: Math.max(6, stdout.rows || 24)});
  const [size, setSize] = useState(measure);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the stream decides
  useEffect(() => {
    const changed = () => setSize(measure());
    stdout.on('resize', changed);
    return () => void stdout.off('resize', changed);
  }, [stdout]);
  return size;
}
