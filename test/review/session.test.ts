import {execFileSync, spawnSync} from 'node:child_process';
import {chmodSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {afterAll, afterEach, beforeEach, describe, expect, test} from 'vitest';
import {readDecisions} from '../../src/decisions/file.js';
import {writeRound} from './corpus.js';

const program = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
const hasTmux = spawnSync('tmux', ['-V']).status === 0;
if (!hasTmux) console.warn('SKIPPED: sessions of `collapse review` need tmux, which is not installed here.');

/** Of its own for each test: a server that is going away must not be asked. */
let socket = '';
const root = mkdtempSync(join(tmpdir(), 'collapse-tmux-'));
let cwd: string;
let made = 0;

function tmux(...args: string[]): string {
  return execFileSync('tmux', ['-f', '/dev/null', '-L', socket, ...args], {
    encoding: 'utf8',
    env: {...process.env, TMUX_TMPDIR: root, LC_ALL: 'C.UTF-8', TERM: 'xterm-256color'},
  });
}

const screen = () => tmux('capture-pane', '-p', '-t', 'main');
const keys = (...all: string[]) => tmux('send-keys', '-t', 'main', ...all);

/** Waits for what must come to be seen: no time is right on every machine. */
async function shows(text: string | RegExp): Promise<string> {
  let last = '';
  for (let attempt = 0; attempt < 200; attempt++) {
    last = screen();
    if (typeof text === 'string' ? last.includes(text) : text.test(last)) return last;
    await sleep(100);
  }
  throw new Error(`${text} was never shown:\n${last}`);
}

function open(columns: number, rows: number, args = ''): void {
  tmux('new-session', '-d', '-s', 'main', '-x', String(columns), '-y', String(rows), '-c', cwd, 'sh');
  keys(`PS1='ready> '; EDITOR=${join(cwd, 'editor')}; export EDITOR; clear`, 'Enter');
  keys(`${process.execPath} ${program} review round.jsonl -q --as mira ${args}; echo ended with $?`, 'Enter');
}

function pidOfReview(): number {
  return execFileSync('pgrep', ['-f', 'review round.jsonl -q --as mira'], {encoding: 'utf8'})
    .trim()
    .split('\n')
    .map(Number)
    .find(
      each =>
        readFileSync(`/proc/${each}/cmdline`, 'utf8').startsWith(process.execPath) &&
        readlinkSync(`/proc/${each}/cwd`) === cwd,
    )!;
}

const decisions = () => readDecisions(join(cwd, '.collapse/decisions.jsonl')).map(({decision}) => decision);

beforeEach(() => {
  socket = `collapse-${process.pid}-${made}`;
  cwd = mkdtempSync(join(root, `${made++}-`));
  writeRound(cwd);
  writeFileSync(join(cwd, 'editor'), '#!/bin/sh\necho "$@" > seen-by-editor\n');
  chmodSync(join(cwd, 'editor'), 0o755);
});
afterEach(() => {
  if (hasTmux) spawnSync('tmux', ['-L', socket, 'kill-server'], {env: {...process.env, TMUX_TMPDIR: root}});
});
afterAll(() => rmSync(root, {recursive: true, force: true}));

describe.skipIf(!hasTmux)('in a terminal', () => {
  test('decides, undoes, filters, and leaves the terminal as it was', async () => {
    open(80, 24);
    await shows('0 of 6 decided');
    const first = await shows('Same text as the earlier record');
    expect(first).toContain('duplicate/exact');
    // Keys that come at once are all seen.
    keys('aru');
    await shows('1 of 6 decided');
    keys('w');
    await shows('Waive because:');
    keys('a refrain', 'Enter');
    await shows('2 of 6 decided');
    keys('/');
    keys('near');
    await shows('filter: near');
    keys('Enter');
    await shows('/ filter  ? help');
    keys('A');
    await shows(/Accept all \d records of this cluster/);
    keys('n', '?');
    await shows('undo, as often as you like');
    keys('?', 'q');
    const after = await shows('ended with 0');
    expect(after).not.toContain('collapse review ·');
    expect(decisions()).toEqual(['accept', 'reject', 'undo', 'waive']);
  });

  test('fits a large window and a small one, and changes with it', async () => {
    open(200, 50);
    const wide = await shows('It was told again');
    expect(wide).toContain('Same text as the earlier record');
    tmux('resize-window', '-t', 'main', '-x', '50', '-y', '12');
    await shows(/^a r w s u {2}\? help {2}q quit/m);
    expect(screen()).not.toContain('It was told again');
    keys('?');
    await shows('reject');
    keys('?');
    await shows(/^>/m);
    keys('Tab');
    await shows('error duplicate/exact');
    keys('q');
    await shows('ended with 0');
  });

  test('hostile text stays text', async () => {
    open(100, 30);
    await shows('0 of 6 decided');
    keys('/near', 'Enter');
    const shown = await shows('⟨U+202E⟩');
    expect(shown).toContain('collapse review');
    keys('q');
    await shows('ended with 0');
  });

  test('opens the editor at the record, and stops and goes on as any program', async () => {
    open(80, 24);
    await shows('Same text');
    keys('e');
    await shows('Back from editor');
    expect(readFileSync(join(cwd, 'seen-by-editor'), 'utf8')).toContain('round.jsonl');
    keys('C-z');
    await shows(/^ready>\s*$/m);
    keys('fg', 'Enter');
    await shows('Back again');
    // As `kill -TSTP` asks it, and a program that stops all of its group.
    process.kill(pidOfReview(), 'SIGTSTP');
    const stopped = await shows(/Stopped[\s\S]*^ready>\s*$/m);
    expect(stopped).not.toContain('collapse review ·');
    keys('fg', 'Enter');
    await shows('Back again');
    keys('r');
    await shows('1 of 6 decided');
    keys('C-c');
    await shows('Decisions are in');
    expect(decisions()).toEqual(['reject']);
  });

  test('goes on after a stop that nobody was asked about, whatever the shell did with the terminal', async () => {
    open(80, 24);
    await shows('Same text');
    process.kill(pidOfReview(), 'SIGSTOP');
    await shows(/Stopped[\s\S]*ready>/);
    // The shell of this test leaves the terminal as it finds it, where Enter is no line end.
    keys('stty sane; clear', 'C-j');
    await shows(/^ready>\s*$/);
    keys('fg', 'Enter');
    const again = await shows('Back again');
    expect(again).toContain('0 of 6 decided');
    keys('r');
    await shows('1 of 6 decided');
    keys('q');
    await shows('Decisions are in');
    expect(decisions()).toEqual(['reject']);
  });

  test('gives the terminal back when drawing fails, and says why', async () => {
    // A record that cannot be drawn: no file makes one, so it is handed to the real program's views.
    const crash = `
      import {reviewInteractive} from ${JSON.stringify(new URL('../../dist/src/review/interactive.js', import.meta.url).href)};
      import {startState} from ${JSON.stringify(new URL('../../dist/src/review/state.js', import.meta.url).href)};
      const one = {row: 0, hash: 'a', id: 'a', path: 'a', line: 1, verdict: 'reject', rules: ['a'], source: '',
        cluster: 0, similarity: 0, message: 'drawn', at: [0, 1]};
      const load = () => new Promise(done => setTimeout(done, 3000, {line: null, record: {missing: ''}}));
      const loader = {load, known() {}, ahead() {}};
      const options = {initial: startState([one]), spreads: new Map(), loader, save() {}, folders: [], color: true};
      await reviewInteractive(options).catch(error => console.log('failed with', error.name));`;
    writeFileSync(join(cwd, 'crash.mjs'), crash);
    tmux('new-session', '-d', '-s', 'main', '-x', '80', '-y', '24', '-c', cwd, 'sh');
    keys(`PS1='ready> '; clear; CI=false ${process.execPath} crash.mjs; echo ended with $?`, 'Enter');
    await shows('Reading …');
    const after = await shows('ended with 0');
    expect(after).toContain('failed with TypeError');
    expect(after).not.toContain('collapse review ·');
    keys('echo still here', 'Enter');
    await shows(/^still here$/m);
  });

  test('gives the terminal back when it is ended from outside', async () => {
    open(80, 24);
    await shows('Same text');
    keys('a');
    await shows('1 of 6 decided');
    process.kill(pidOfReview(), 'SIGTERM');
    const after = await shows('ended with 143');
    expect(after).not.toContain('collapse review ·');
    // Typed characters are echoed again, and lines end as they should.
    keys('echo still here', 'Enter');
    await shows(/^still here$/m);
    expect(decisions()).toEqual(['accept']);
  });
});
