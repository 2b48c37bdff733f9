import {renderToString} from 'ink';
import {describe, expect, test} from 'vitest';
import {createSpread, spreadOf} from '../../src/report/spread.js';
import {cells} from '../../src/report/width.js';
import {type Detail, detailLines} from '../../src/review/detail.js';
import {actionOf, keyHelp} from '../../src/review/keys.js';
import {type Line, textOf} from '../../src/review/line.js';
import {type Action, reduce} from '../../src/review/reduce.js';
import {recordWidth, screenLines} from '../../src/review/screen.js';
import {type State, startState} from '../../src/review/state.js';
import {Review} from '../../src/review/views/Review.js';
import {someCases} from './cases.js';

const cases = someCases(23);

function detail(over: Partial<Detail['line']> = {}, text = 'The harbour was quiet that morning.'): Detail {
  return {
    line: {
      row: 0,
      id: 'id-0',
      hash: '0'.repeat(32),
      path: 'data/a.jsonl',
      line: 1,
      bytes: [0, 10],
      verdict: 'reject',
      reasons: [{gate: 'findings', verdict: 'reject', message: '1 error'}],
      signals: {novelty: 0.25},
      findings: [{rule: 'duplicate/near', level: 'error', message: 'Near-duplicate of `id-9`'}],
      neighbours: [],
      words: {},
      variant: 0,
      ...over,
    },
    record: {parts: {text}, fields: {source: 'the log of the harbour'}},
  };
}

const spreads = new Map([['novelty', createSpread()]]);
for (let each = 0; each < 100; each++) spreads.get('novelty')!.add(String(each), each / 100);

function screen(state: State, columns: number, rows: number, shown: Detail | null = detail()): string[] {
  const options = {width: recordWidth(state, columns), spreads, blind: state.blind};
  const body = shown === null ? undefined : detailLines(shown, options);
  return screenLines(state, body, {columns, rows, pane: 'list'}).map(line => textOf(line).trimEnd());
}

test('list and record stand beside each other at 80x24', () => {
  expect(screen(startState(cases), 80, 24).join('\n')).toMatchInlineSnapshot(`
    "collapse review · 1 of 23 · 0 of 20 decided · by rule, place

    duplicate/near · 10           data/a.jsonl:1  id-0  rejected
    >  data/a.jsonl:1 message 0
       data/c.jsonl:3 message 2   error duplicate/near
       data/a.jsonl:7 message 6         Near-duplicate of \`id-9\`
       data/c.jsonl:9 message 8
       …ata/b.jsonl:11 message…   novelty  0.25      ████████████████████
       …ata/a.jsonl:13 message…
       …ata/b.jsonl:17 message…   source: the log of the harbour
       …ata/a.jsonl:19 message…
       …ata/c.jsonl:21 message…   ── text ──────────────────────────────────────────
       …ata/b.jsonl:23 message…   The harbour was quiet that morning.
    synthetic/style · 9
       data/b.jsonl:2 message 1
       data/a.jsonl:4 message 3
       data/c.jsonl:6 message 5
       data/b.jsonl:8 message 7
       …ata/c.jsonl:12 message…
       …ata/b.jsonl:14 message…
       …ata/a.jsonl:16 message…
       …ata/c.jsonl:18 message…
    a accept  r reject  w waive  s skip  u undo  / filter  ? help  q quit"
  `);
});

test('the bars of the reference stand under those of the round, over one range', () => {
  const [round] = spreads.values();
  const reference = spreadOf([0.5, 1.5, 2]);
  const beside = new Map([
    ['novelty', {range: round!.range, below: round!.below, bars: round!.bars, reference}],
  ]);
  const lines = detailLines(detail(), {width: 80, spreads: beside, blind: false}).map(textOf);
  const at = lines.findIndex(line => line.startsWith('novelty'));
  expect(lines.slice(at, at + 2)).toMatchInlineSnapshot(`
    [
      "novelty  0.25      ██████████            above 26 % of this round",
      "                     ▏  █         █   █  above 0 % of the reference",
    ]
  `);
});

test('a screen reader hears words and no bars', () => {
  const lines = detailLines(detail(), {width: 72, spreads, blind: false, spoken: true}).map(textOf);
  expect(lines).toContain('novelty: 0.25, above 26 % of this round');
  expect(lines.join('')).not.toMatch(/[▁-█]/);
});

test('a narrow window shows one of both', () => {
  const text = screen(startState(cases), 50, 12).join('\n');
  expect(text).toContain('> ');
  expect(text).not.toContain('Near-duplicate');
});

test.each([
  [80, 24],
  [50, 40],
])('help stands alone and is whole at %ix%i', (columns, rows) => {
  const lines = screen(reduce(startState(cases), {type: 'help'}), columns, rows);
  const text = lines.join(' ').replace(/\s+/g, ' ');
  for (const [keys, what] of keyHelp) expect(text).toContain(`${keys} ${what}`);
  expect(text).not.toContain('message 0');
});

test('help that is longer than the window scrolls', () => {
  const help = reduce(startState(cases), {type: 'help'});
  expect(screen(help, 50, 12).join('\n')).not.toContain('quit; every');
  const press = {input: ' ', key: {}};
  const down = actionOf(press, help, 8) as Action;
  expect(screen(reduce(reduce(help, down), down), 50, 12).join('\n')).toContain('quit; every');
});

test.each([30, 50, 76, 80, 120])('help and quit are in sight at %i columns', columns => {
  const last = screen(startState(cases), columns, 24).at(-1);
  expect(last).toContain('? help');
  expect(last).toMatch(columns < 50 ? /\?/ : /q quit/);
});

describe('never wider or higher than the terminal', () => {
  const hostile =
    `\x1b[2J\x1b]0;owned\x07 \u202etxt.exe\u2066 tab\there\u200b 漢字漢字漢字漢字漢字 👩‍👩‍👧 ${'x'.repeat(400)}\n`.repeat(
      30,
    );
  const odd = detail({path: `${'deep/'.repeat(40)}漢字.jsonl`, id: '\x1b[31mred'}, hostile);
  for (const [columns, rows] of [
    [80, 24],
    [200, 50],
    [40, 10],
    [20, 6],
  ] as const) {
    test.each(['browse', 'help', 'filter', 'reason', 'confirm'])(`%s at ${columns}x${rows}`, mode => {
      let state = startState(cases);
      if (mode === 'help' || mode === 'filter') state = reduce(state, {type: mode});
      if (mode === 'reason') state = reduce(state, {type: 'decide', verb: 'waive'});
      if (mode === 'confirm') state = reduce(state, {type: 'decide', verb: 'reject', cluster: true});
      state = reduce(state, {type: 'type', text: 'long '.repeat(60)});
      const lines = screen(state, columns, rows, odd);
      expect(lines.length).toBeLessThan(rows);
      expect(Math.max(...lines.map(cells))).toBeLessThanOrEqual(columns);
      expect(lines.join('')).not.toMatch(/[\x00-\x08\x0b-\x1f\u202e\u2066]/);
    });
  }
});

test('while a record is read, nothing of another one is shown', () => {
  const text = screen(startState(cases), 100, 24, null).join('\n');
  expect(text).toContain('Reading …');
  expect(text).not.toContain('harbour');
});

test('a view hands its screen to the terminal, and writes lines for a screen reader', () => {
  const drawn: string[] = [];
  const draw = (lines: readonly Line[]) => drawn.push(...lines.map(textOf));
  const about = {
    state: startState(cases),
    detail: detail(),
    spreads,
    columns: 80,
    rows: 24,
    pane: 'list',
  } as const;
  expect(renderToString(<Review {...about} draw={draw} />, {columns: 80})).toBe('');
  expect(drawn[0]).toContain('collapse review · 1 of 23');
});

test('blind hides what was found', () => {
  const text = screen(startState(cases, {blind: true}), 120, 24).join('\n');
  expect(text).toContain('The harbour was quiet');
  for (const told of ['duplicate', 'rejected', 'novelty', 'error', 'message'])
    expect(text).not.toContain(told);
});
