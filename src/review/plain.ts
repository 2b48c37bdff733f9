import {createInterface} from 'node:readline';
import type {Case} from './case.js';
import {type Detail, detailLines, type SignalSpread} from './detail.js';
import {textOf} from './line.js';
import {reduce} from './reduce.js';
import {currentCase, type Entry, type State} from './state.js';

export interface PlainOptions {
  readonly initial: State;
  readonly spreads: ReadonlyMap<string, SignalSpread>;
  readonly load: (one: Case) => Promise<Detail>;
  readonly save: (entries: readonly Entry[], cases: readonly Case[]) => void;
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly width: number;
}

const verbs = {a: 'accept', r: 'reject', w: 'waive'} as const;
const help = `a  accept: it may be trained on
r  reject
w  waive: this rule's findings on it do not count; w REASON, or it asks
s  skip
u  undo
q  quit; every decision is saved already
A, R and W do the same for the whole cluster of duplicates.
`;

/** One record after the other, one letter and Enter each, as `git add -p` does. Works on any terminal, and piped. */
export async function reviewPlain(options: PlainOptions): Promise<State> {
  const {load, save, input, output, width, spreads} = options;
  let state = options.initial;
  const say = (text: string) => void output.write(text);
  const lines = createInterface({input})[Symbol.asyncIterator]();
  const ask = async (question: string): Promise<string | undefined> => {
    say(question);
    const {value, done} = await lines.next();
    // What was piped in is not seen on the screen.
    if (!('isTTY' in input && input.isTTY)) say(`${done ? '' : value}\n`);
    return done ? undefined : (value as string).trim();
  };

  let shown = -1;
  for (let one = undecided(state); one !== undefined; one = undecided(state)) {
    if (shown !== one.row) {
      const detail = await load(one);
      const text = detailLines(detail, {width, spreads, blind: state.blind}).map(textOf).join('\n');
      say(`\n${state.cursor + 1} of ${state.view.length}\n${text}\n\n`);
      shown = one.row;
    }
    const answer = await ask('Accept, reject, waive, skip, undo, quit? [a,r,w,s,u,q,?] ');
    if (answer === undefined || answer === 'q') break;
    const [letter = '', ...rest] = [...answer];
    const verb = verbs[letter.toLowerCase() as keyof typeof verbs];
    if (letter === 's') {
      if (state.cursor === state.view.length - 1) break;
      state = reduce(state, {type: 'skip'});
    } else if (letter === 'u') state = stored(reduce(state, {type: 'undo'}));
    else if (verb === undefined) say(help);
    else {
      let asked = reduce(state, {type: 'decide', verb, cluster: letter !== letter.toLowerCase()});
      if (asked.mode.kind === 'reason') {
        const reason = rest.join('').trim() || (await ask('Waive because: '));
        asked = reduce(reduce(asked, {type: 'type', text: reason ?? ''}), {type: 'submit'});
      } else if (asked.mode.kind === 'confirm') {
        const sure = await ask(`All ${asked.mode.targets.length} records of the cluster? [y,n] `);
        asked = reduce(asked, {type: sure === 'y' ? 'confirm' : 'escape'});
      }
      state = stored(asked.mode.kind === 'browse' ? asked : reduce(asked, {type: 'escape'}));
      if (asked.notice !== '') say(`${asked.notice}\n`);
    }
  }
  return state;

  /** The case at the cursor, unless it and all below it are decided. */
  function undecided({cases, view, cursor, marks}: State): Case | undefined {
    const open = view.some((index, position) => position >= cursor && !marks.has(cases[index]!.hash));
    return open ? currentCase(state) : undefined;
  }

  function stored(next: State): State {
    if (next.fresh.length > 0) save(next.fresh, next.cases);
    // After a step back the record is shown again.
    shown = -1;
    return next;
  }
}
