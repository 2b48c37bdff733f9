import {spawnSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import {folder, lastingFolder} from '../engine/rounds.js';
import {gitEnvironment, repoIn} from '../git/repo.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const action = parse(readFileSync(join(root, 'action.yml'), 'utf8'));
const cache = lastingFolder();

const light = 'The light on the eastern rock is lit an hour before the sun goes down.';
const ferry = 'A ferry takes the mail across on Tuesdays, when the tide lets it.';

test('inputs are variables of the script and stand in no script', () => {
  const steps: {run?: string; uses?: string; env?: Record<string, string>}[] = action.runs.steps;
  expect(action.runs.using).toBe('composite');
  for (const {run = ''} of steps) expect(run).not.toContain('${{');
  const {env = {}, run} = steps.find(step => step.run !== undefined)!;
  expect(existsSync(join(root, run!.replace(/^"\$ACTION_PATH\/|"$/g, '')))).toBe(true);
  const used = Object.values(env).flatMap(value => /inputs\.([\w-]+)/.exec(value)?.[1] ?? []);
  expect([...used, 'cache'].sort()).toEqual(Object.keys(action.inputs).sort());
  expect(steps.some(({uses}) => uses?.includes('upload'))).toBe(false);
});

test('docs/ci.md names every input and output', () => {
  const docs = readFileSync(join(root, 'docs/ci.md'), 'utf8');
  for (const name of [...Object.keys(action.inputs), ...Object.keys(action.outputs)])
    expect(docs, name).toContain(`\`${name}\``);
});

describe.skipIf(process.platform === 'win32')('the script', () => {
  const made = repoIn(lastingFolder(), {'a b/x.jsonl': [light]});
  const base = made.git('rev-parse', 'HEAD').trim();
  const {root: cwd} = made;

  function run(inputs: Record<string, string>) {
    const temporary = folder();
    const [output, summary] = [join(temporary, 'output'), join(temporary, 'summary')];
    const {status, stdout, stderr} = spawnSync(join(root, 'scripts/action.sh'), [], {
      cwd,
      encoding: 'utf8',
      env: {
        ...process.env,
        ...gitEnvironment,
        COLLAPSE_CACHE_DIR: cache,
        NO_COLOR: '1',
        ACTION_PATH: root,
        RUNNER_TEMP: temporary,
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: summary,
        ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name}`, value])),
      },
    });
    const read = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '');
    return {status, stdout, stderr, output: read(output), summary: read(summary)};
  }

  test('judges a change: annotations, summary, SARIF and outputs; paths and arguments with blanks', () => {
    made.commit({'a b/x.jsonl': [light, ferry, light, ferry], 'other.jsonl': [light]});
    const ran = run({
      SINCE: base,
      PATHS: 'a b',
      ARGS: '--ignore\nno such $(touch x) `touch y`\n',
      SARIF: 'out.sarif',
      ANNOTATIONS: 'true',
      SUMMARY: 'true',
    });
    expect([ran.status, ran.stderr]).toEqual([1, '']);
    expect(ran.stdout).toContain(
      '::error file=a b/x.jsonl,line=3,title=duplicate/exact (line%3A3)::Same text',
    );
    expect(ran.stdout).not.toContain('other.jsonl');
    expect(ran.summary).toMatch(/^## ❌ collapse-gate: FAIL/);
    expect(ran.output).toBe('exit-code=1\nverdict=fail\nsarif-file=out.sarif\n');
    expect(JSON.parse(readFileSync(join(cwd, 'out.sarif'), 'utf8')).version).toBe('2.1.0');
    expect(existsSync(join(cwd, 'x')) || existsSync(join(cwd, 'y'))).toBe(false);
  });

  test('reports only, where that is wanted; but errors fail', () => {
    const ran = run({SINCE: base, PATHS: '.', FAIL: 'false'});
    expect([ran.status, ran.output, ran.summary]).toEqual([0, 'exit-code=1\nverdict=fail\n', '']);
    expect(run({SINCE: 'nowhere', PATHS: '.', FAIL: 'false'})).toMatchObject({
      status: 2,
      output: 'exit-code=2\nverdict=\n',
    });
    expect(run({VERSION: '1.0.0; touch z', PATHS: '.'}).status).toBe(2);
  });
});
