import type {Action} from './reduce.js';
import type {State} from './state.js';

/** A key press, as Ink tells it. */
export interface Press {
  readonly input: string;
  readonly key: Readonly<Partial<Record<KeyName, boolean>>>;
}

type KeyName =
  | 'upArrow'
  | 'downArrow'
  | 'pageUp'
  | 'pageDown'
  | 'home'
  | 'end'
  | 'return'
  | 'escape'
  | 'backspace'
  | 'delete'
  | 'ctrl'
  | 'meta'
  | 'tab';

/** What a key asks of the program rather than of the state. */
export type Command = 'quit' | 'edit' | 'suspend' | 'pane';

/** Keys for people to read, in the order of use. */
export const keyHelp: readonly (readonly [keys: string, what: string])[] = [
  ['a', 'accept: it may be trained on'],
  ['r', 'reject'],
  ['w', "waive: this rule's findings on it do not count; asks why"],
  ['s', 'skip: look at the next one'],
  ['u', 'undo, as often as you like'],
  ['A R W', 'the same for the whole cluster of duplicates; asks first'],
  ['n', 'next undecided record of the same rule'],
  ['j k ↑ ↓', 'next, previous'],
  ['g G', 'first, last'],
  ['PgUp PgDn', 'a page of records'],
  ['J K space', 'scroll the record'],
  ['/', 'filter: words of rule, id, file, message; Esc clears'],
  ['o', 'group by rule, source, cluster, file'],
  ['t', 'sort by place, similarity, number of findings'],
  ['e', 'open the file in $EDITOR at this record'],
  ['Tab', 'list or record, where the window shows one'],
  ['?', 'this help'],
  ['q Ctrl-C', 'quit; every decision is saved already'],
];

const verbs = {a: 'accept', r: 'reject', w: 'waive'} as const;

/** What a terminal sets around pasted text, as Ink tells it, once it was asked to. */
export const pasteMarks = {start: '[200~', end: '[201~'} as const;

const controls: Readonly<Record<string, Press>> = {
  '\r': {input: '', key: {return: true}},
  '\n': {input: '', key: {return: true}},
  '\t': {input: '', key: {tab: true}},
  '\b': {input: '', key: {backspace: true}},
  '\x7f': {input: '', key: {backspace: true}},
  '\x03': {input: 'c', key: {ctrl: true}},
  '\x04': {input: 'd', key: {ctrl: true}},
  '\x15': {input: 'u', key: {ctrl: true}},
  '\x1a': {input: 'z', key: {ctrl: true}},
};

/**
 * The first of several keys that came at once, as they do over a slow line. Where text is typed, all of it up
 * to the next key that is no text is one.
 */
export function firstPress(
  input: string,
  key: Press['key'],
  {mode}: Pick<State, 'mode'>,
): {readonly press: Press; readonly rest: string | undefined} {
  const [single = ''] = input;
  if (single === input) return {press: controls[input] ?? {input, key}, rest: undefined};
  const text = isTyping(mode) ? /^\P{Cc}+/u.exec(input)?.[0] : undefined;
  const first = text ?? single;
  const rest = input.slice(first.length);
  return {press: controls[first] ?? {input: first, key: {}}, rest: rest === '' ? undefined : rest};
}

function isTyping({kind}: State['mode']): boolean {
  return kind === 'filter' || kind === 'reason';
}

/** What pasted text does: it is written where text is asked for, and never taken for keys. */
export function pasteOf(text: string, {mode}: Pick<State, 'mode'>): Action {
  if (isTyping(mode)) return {type: 'type', text: oneLine(text)};
  return {type: 'notice', text: 'Pasted text is not taken for keys'};
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}

/** What a key means in the mode at hand; undefined for nothing. `page` is the number of listed records. */
export function actionOf(
  {input, key}: Press,
  {mode}: Pick<State, 'mode'>,
  page: number,
): Action | Command | undefined {
  if (key.ctrl && input === 'c') return 'quit';
  if (key.ctrl && input === 'z') return 'suspend';
  if (isTyping(mode)) {
    if (key.escape) return {type: 'escape'};
    if (key.return) return {type: 'submit'};
    if (key.backspace || key.delete) return {type: 'erase'};
    const text = key.ctrl || key.meta ? '' : oneLine(input);
    return text === '' ? undefined : {type: 'type', text};
  }
  if (mode.kind === 'confirm') {
    return input === 'y' || input === 'Y' ? {type: 'confirm'} : {type: 'escape'};
  }
  if (mode.kind === 'help') {
    if (input === 'q') return 'quit';
    const scroll = key.downArrow ? letters.J : key.upArrow ? letters.K : letters[input];
    return typeof scroll === 'object' && scroll.type === 'scroll' ? scroll : {type: 'help'};
  }
  if (key.ctrl && input === 'd') return {type: 'scroll', by: 10};
  if (key.ctrl && input === 'u') return {type: 'scroll', by: -10};
  if (key.ctrl || key.meta) return undefined;
  if (key.downArrow) return {type: 'move', by: 1};
  if (key.upArrow) return {type: 'move', by: -1};
  if (key.pageDown) return {type: 'move', by: page};
  if (key.pageUp) return {type: 'move', by: -page};
  if (key.home) return {type: 'first'};
  if (key.end) return {type: 'last'};
  if (key.tab || key.return) return 'pane';
  if (key.escape) return {type: 'escape'};
  const verb = verbs[input.toLowerCase() as keyof typeof verbs];
  if (verb !== undefined) return {type: 'decide', verb, cluster: input !== input.toLowerCase()};
  return letters[input];
}

const letters: Readonly<Record<string, Action | Command>> = {
  s: {type: 'skip'},
  u: {type: 'undo'},
  n: {type: 'same'},
  j: {type: 'move', by: 1},
  k: {type: 'move', by: -1},
  g: {type: 'first'},
  G: {type: 'last'},
  J: {type: 'scroll', by: 3},
  K: {type: 'scroll', by: -3},
  ' ': {type: 'scroll', by: 10},
  '/': {type: 'filter'},
  o: {type: 'group'},
  t: {type: 'sort'},
  e: 'edit',
  q: 'quit',
  '?': {type: 'help'},
};
