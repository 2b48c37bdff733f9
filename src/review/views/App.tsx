import {useInput, useStdout} from 'ink';
import {useEffect, useRef, useState} from 'react';
import type {Case} from '../case.js';
import type {Detail, SignalSpread} from '../detail.js';
import {actionOf, type Command, firstPress, pasteMarks, pasteOf} from '../keys.js';
import type {Loader} from '../loader.js';
import type {Painter} from '../painter.js';
import {type Action, reduce} from '../reduce.js';
import {bothFrom, pageOf} from '../screen.js';
import {currentCase, type Entry, type State} from '../state.js';
import {Review} from './Review.js';

export interface AppProps {
  readonly initial: State;
  readonly spreads: ReadonlyMap<string, SignalSpread>;
  readonly loader: Loader;
  readonly draw: Painter['draw'];
  /** Writes entries down before they are shown. What it throws is shown instead, and nothing is decided. */
  readonly save: (entries: readonly Entry[], cases: readonly Case[]) => void;
  /** Quit, edit and suspend: what needs the terminal for itself. */
  readonly onCommand: (command: Exclude<Command, 'pane'>, one: Case | undefined) => Promise<string>;
  /** Tells when the program is to stop for a while, or goes on after it was stopped; returns what ends the telling. */
  readonly onSignal?: (listener: (signal: 'stop' | 'continue') => void) => () => void;
}

export function App({initial, spreads, loader, draw, save, onCommand, onSignal}: AppProps) {
  const [state, setState] = useState(initial);
  const [pane, setPane] = useState<'list' | 'record'>('list');
  const {columns, rows} = useSize();
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
    const told = onCommand(meant, currentCase(latest.current));
    if (meant !== 'quit') void told.then(text => apply({type: 'notice', text}));
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: what it calls looks at the latest state
  useEffect(
    () =>
      onSignal?.(signal => {
        if (signal === 'stop') command('suspend');
        else apply({type: 'notice', text: 'Back again'});
      }),
    [onSignal],
  );

  const pasting = useRef(false);
  useInput((input, key) => {
    if (input === pasteMarks.start || input === pasteMarks.end) {
      pasting.current = input === pasteMarks.start;
      return;
    }
    if (pasting.current && !key.ctrl) return apply(pasteOf(input, latest.current));
    // What is typed or held down fast comes at once. What a key means depends on what the one before it did.
    for (let left: string | undefined = input; left !== undefined; ) {
      const {press, rest} = firstPress(left, key, latest.current);
      left = rest;
      const meant = actionOf(press, latest.current, pageOf(rows));
      if (meant === undefined) continue;
      if (typeof meant !== 'string') apply(meant);
      else if (meant !== 'pane') command(meant);
      else if (columns < bothFrom) setPane(shown => (shown === 'list' ? 'record' : 'list'));
    }
  });

  const detail = useDetail(currentCase(state), loader);
  useAhead(state, loader);
  return <Review {...{state, detail, spreads, columns, rows, pane, draw}} />;
}

/** What is known of the case; undefined until it is read. Never that of another case. */
function useDetail(one: Case | undefined, {known, load}: Loader): Detail | undefined {
  const [read, setRead] = useState<{readonly of: Case; readonly detail: Detail}>();
  const there = one && (known(one) ?? (read?.of === one ? read.detail : undefined));
  const missing = there === undefined ? one : undefined;
  useEffect(() => {
    if (missing === undefined) return;
    let wanted = true;
    const found = (detail: Detail) => wanted && setRead({of: missing, detail});
    load(missing).then(found, error => found(unreadable(missing, error)));
    return () => {
      wanted = false;
    };
  }, [missing, load]);
  return there;
}

/** Reads the records beside the one at the cursor, once that one is on the screen. */
function useAhead({cases, view, cursor}: State, {ahead}: Loader): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const position of [cursor + 1, cursor - 1]) {
        const index = view[position];
        if (index !== undefined) ahead(cases[index]!);
      }
    });
    return () => clearTimeout(timer);
  }, [cases, view, cursor, ahead]);
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
