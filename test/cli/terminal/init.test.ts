import {execFileSync, spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {afterAll, afterEach, describe, expect, test} from 'vitest';
import {repo} from '../../git/repo.js';

const program = fileURLToPath(new URL('../../../dist/src/cli/main.js', import.meta.url));
const hasTmux = spawnSync('tmux', ['-V']).status === 0;
if (!hasTmux) console.warn('SKIPPED: `collapse init` in a terminal needs tmux, which is not installed here.');

const sockets = mkdtempSync(join(tmpdir(), 'collapse-tmux-'));
const env = {...process.env, TMUX_TMPDIR: sockets, LC_ALL: 'C.UTF-8', TERM: 'xterm-256color'};
let sessions = 0;

const tmux = (...args: string[]) =>
  execFileSync('tmux', ['-f', '/dev/null', '-L', `init-${sessions}`, ...args], {encoding: 'utf8', env});
const keys = (...all: string[]) => tmux('send-keys', '-t', 'main', ...all);

async function shows(text: string): Promise<string> {
  let last = '';
  for (let attempt = 0; attempt < 200; attempt++) {
    last = tmux('capture-pane', '-p', '-t', 'main');
    if (last.includes(text)) return last;
    await sleep(100);
  }
  throw new Error(`${text} was never shown:\n${last}`);
}

function open(cwd: string): void {
  sessions++;
  tmux('new-session', '-d', '-s', 'main', '-x', '160', '-y', '40', '-c', cwd, 'sh');
  keys(`${process.execPath} ${program} init; echo ended with $?`, 'Enter');
}

const close = () => spawnSync('tmux', ['-L', `init-${sessions}`, 'kill-server'], {env});

afterEach(() => {
  close();
});
afterAll(() => rmSync(sockets, {recursive: true, force: true}));

describe.skipIf(!hasTmux)('`collapse init` in a terminal', () => {
  test('asks for each file, and replaces one only when told to', {timeout: 120_000}, async () => {
    const {root} = repo({'data/a.jsonl': ['The ferry leaves at nine.']});
    writeFileSync(join(root, '.collapserc'), '# mine\n');
    open(root);
    await shows('Replace .collapserc (what is checked, and how)? [y/N]');
    keys('Enter');
    await shows('Not written: .collapserc');
    await shows('Write .pre-commit-config.yaml');
    keys('y', 'Enter');
    expect(await shows('ended with 0')).toContain('Next: `collapse check`');
    expect(readFileSync(join(root, '.collapserc'), 'utf8')).toBe('# mine\n');
    expect(existsSync(join(root, '.pre-commit-config.yaml'))).toBe(true);
    close();
    open(root);
    await shows('Replace .collapserc');
    keys('y', 'Enter');
    // The hook is there already: it is told what to add.
    expect(await shows('ended with 0')).toContain('Add the hook to .pre-commit-config.yaml:');
    expect(readFileSync(join(root, '.collapserc'), 'utf8')).toContain('extends: collapse:recommended');
  });

  test('what was written before it was interrupted is said', {timeout: 120_000}, async () => {
    const {root} = repo({'data/a.jsonl': ['The ferry leaves at nine.']});
    open(root);
    await shows('Write .collapserc');
    keys('Enter');
    await shows('Write .pre-commit-config.yaml');
    keys('C-c');
    expect(await shows('ended with 130')).toContain('Interrupted. Written before that: .collapserc.');
    expect(existsSync(join(root, '.pre-commit-config.yaml'))).toBe(false);
  });
});
