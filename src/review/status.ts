import {count} from '../report/numbers.js';
import {excerpt} from '../report/sanitize.js';
import {wrap} from '../report/width.js';
import {keyHelp} from './keys.js';
import type {Line} from './line.js';
import {currentCase, type State} from './state.js';

/** The line at the top: how far one has come. */
export function titleLine(state: State, width: number): Line {
  const {view, cases, records, marks, cursor, grouping, sorting, filter, blind} = state;
  const where = view.length === 0 ? 'nothing listed' : `${count(cursor + 1)} of ${count(view.length)}`;
  const listed = view.length === cases.length ? '' : ` (${count(cases.length)} in all)`;
  const how = blind ? 'blind sample' : `by ${grouping}, ${sorting}`;
  const filtered = filter === '' ? '' : ` · filter: ${excerpt(filter, 30)}`;
  const text = `collapse review · ${where}${listed} · ${count(marks.size)} of ${count(records)} decided${filtered} · ${how}`;
  return [{text: excerpt(text, width), tone: 'strong'}];
}

/** The line at the bottom: what is asked, what just happened, or which keys there are. */
export function statusLine(state: State, width: number): Line {
  const {mode, notice} = state;
  if (mode.kind === 'filter')
    return [{text: `/${tail(mode.text, width - 30)}▏`, tone: 'strong'}, hint('  Enter keeps it, Esc not')];
  if (mode.kind === 'reason') {
    const many = mode.targets.length > 1 ? ` ${mode.targets.length} records` : '';
    const text = `Waive${many} because: ${tail(mode.text, width - 50)}▏`;
    return [{text, tone: 'strong'}, hint(notice === '' ? '  Enter, Esc' : `  ${notice}`)];
  }
  if (mode.kind === 'confirm') {
    const verb = {accept: 'Accept', reject: 'Reject', waive: 'Waive'}[mode.mark.verb];
    const [first] = mode.targets;
    const of = first === undefined ? '' : ` from ${excerpt(state.cases[first]!.path, 40)}`;
    return [
      {
        text: excerpt(`${verb} all ${mode.targets.length} records of this cluster${of}? y/n`, width),
        tone: 'warn',
      },
    ];
  }
  if (mode.kind === 'help') return [hint(excerpt('any key goes back  space scrolls  q quit', width))];
  if (notice !== '') return [{text: excerpt(notice, width), tone: 'warn'}];
  if (currentCase(state) === undefined) return [hint('/ filter  ? help  q quit')];
  return [hint(hints.find(text => text.length <= width) ?? hints.at(-1)!)];
}

/** The way to help and out is in sight however narrow the window is. */
const hints = [
  'a accept  r reject  w waive  s skip  u undo  n next same  / filter  ? help  q quit',
  'a accept  r reject  w waive  s skip  u undo  / filter  ? help  q quit',
  'a accept  r reject  w waive  u undo  ? help  q quit',
  'a r w s u  ? help  q quit',
  '? help',
];

export function helpLines(width: number): Line[] {
  const indent = Math.max(...keyHelp.map(([keys]) => keys.length)) + 4;
  return [
    [{text: 'Keys', tone: 'strong'}],
    ...keyHelp.flatMap(([keys, what]) =>
      wrap(what, Math.max(8, width - indent)).map((row, index): Line => {
        const name = index === 0 ? `  ${keys}` : '';
        return [
          {text: name.padEnd(indent), tone: 'name'},
          {text: row, tone: 'plain'},
        ];
      }),
    ),
  ];
}

/** The end of what is being typed stays in sight. */
function tail(text: string, room: number): string {
  const shown = excerpt(text, 10_000);
  return shown.length > room ? `…${shown.slice(-Math.max(1, room))}` : shown;
}

function hint(text: string): Line[number] {
  return {text, tone: 'dim'};
}
