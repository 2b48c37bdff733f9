import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeEach, expect, test} from 'vitest';
import {readDecisions} from '../../src/decisions/file.js';
import {collapse} from '../cli/collapse.js';
import {writeRound} from './corpus.js';

let cwd: string;
const made: string[] = [];
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'collapse-review-test-'));
  made.push(cwd);
  writeRound(cwd);
});
afterAll(() => {
  for (const folder of made) rmSync(folder, {recursive: true, force: true});
});

const decisions = () =>
  readDecisions(join(cwd, '.collapse/decisions.jsonl')).map(
    ({decision, rule, record, reason}) => `${record} ${decision} ${rule}${reason ? `: ${reason}` : ''}`,
  );

function review(input: string, ...args: string[]) {
  return collapse(['review', 'round.jsonl', '--rule', 'synthetic/*=off', '--as', 'mira', ...args], {
    cwd,
    input,
  });
}

test('a run is reviewed line by line, and every answer is in the file', async () => {
  const {code, stdout, stderr} = await review('a\nw a refrain\nu\nr\ns\nA\ny\nq\n', '--plain');
  expect(stderr).toContain('decisions.jsonl');
  expect(code).toBe(0);
  expect(stdout).toContain('Accept, reject, waive, skip, undo, quit?');
  expect(stdout).toContain('Same text as the earlier record');
  // Record text is shown, never obeyed.
  expect(stdout).not.toContain('\x1b[2J');
  expect(decisions()).toMatchInlineSnapshot(`
    [
      "round.jsonl:2 accept duplicate/exact",
      "round.jsonl:5 waive duplicate/exact: a refrain",
      "round.jsonl:5 undo duplicate/exact",
      "round.jsonl:5 reject duplicate/exact",
      "round.jsonl:2 accept duplicate/exact",
      "round.jsonl:3 accept duplicate/near",
    ]
  `);
});

test('it goes on where it was left, and says when nothing is left', async () => {
  await review('a\na\na\n', '--plain');
  expect(decisions()).toHaveLength(3);
  const {stdout} = await review('r\nr\nr\nr\nr\n', '--plain');
  const places = decisions().map(line => line.split(' ')[0]);
  expect(new Set(places).size).toBe(places.length);
  expect(stdout).not.toContain(`${places[0]} `);
  const {stdout: rest} = await review('r\n', '--plain');
  expect(rest).toBe('');
});

test('a terminal is asked for plainly where there is none', async () => {
  const {code, stdout, stderr} = await review('');
  expect({code, stdout}).toEqual({code: 2, stdout: ''});
  expect(stderr).toContain('`collapse review` needs a terminal. Use `--plain`');
  expect(existsSync(join(cwd, '.collapse'))).toBe(false);
});

test('blind shows flagged and other records alike, and the statistics say what was missed', async () => {
  const {stdout} = await review('r\na\nr\na\nr\na\nr\na\nr\n', '--plain', '--blind', '--sample', '9');
  for (const told of ['duplicate', 'rejected', 'novelty']) expect(stdout).not.toContain(told);
  expect(stdout).toContain('first-');
  expect(decisions().every(line => line.endsWith('*'))).toBe(true);
  const {code, stdout: stats} = await review('', '--stats');
  expect(code).toBe(0);
  expect(stats).toContain('9 records of this run reviewed, of 6 flagged records and 3 others.');
  expect(stats).toMatch(/duplicate\/exact +\d of \d/);
  expect(stats).toContain('recall');
});

test('a damaged file of decisions stops the review before anything is asked', async () => {
  await review('a\n', '--plain');
  const file = join(cwd, '.collapse/decisions.jsonl');
  const {appendFileSync} = await import('node:fs');
  appendFileSync(file, '<<<<<<< HEAD\n');
  const before = readFileSync(file);
  const {code, stderr} = await review('a\n', '--plain');
  expect(code).toBe(2);
  expect(stderr).toContain('decisions.jsonl:2 This line is no decision: a conflict of a git merge');
  expect(readFileSync(file)).toEqual(before);
});
