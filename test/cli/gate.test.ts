import {cpSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {folder} from '../engine/rounds.js';
import {start} from './collapse.js';

const presets = fileURLToPath(new URL('../../fixtures/presets', import.meta.url));

test('judged again, it is said which measures, tables and findings spoke of other records', async () => {
  const cwd = folder();
  cpSync(join(presets, 'echo-chamber'), cwd, {recursive: true});
  const config = ['--config', 'collapse:echo-chamber', '--gate', 'format=off'];
  const run = (...args: string[]) => start(args, {cwd, input: ''}).ended;
  const first = await run(
    'filter',
    'input.jsonl',
    '--reference',
    'reference.jsonl',
    '--out',
    'saved',
    '--quiet',
    ...config,
  );
  expect(first.code, first.stderr).toBe(0);
  expect(first.stdout).toContain('Formats of the answers');

  const same = await run('gate', 'saved', ...config);
  expect(same.stderr).toBe('');
  expect(same.stdout).toContain('Formats of the answers');

  const other = await run('gate', 'saved', ...config, '--gate', 'findings.warnings=true');
  expect(other.stdout).not.toContain('Formats of the answers');
  expect(other.stderr).toMatch(/these measures are gone until the next scan: .*format\.rise@accepted/);
  expect(other.stderr).toMatch(/tables and findings on the round: .*format\.shares@accepted/);
  expect(other.stderr).toContain('format/suppressed@accepted');

  // What fails a round must not be taken for passed because it is not known.
  const needed = await run(
    'gate',
    'saved',
    '--config',
    'collapse:echo-chamber',
    '--gate',
    'findings.warnings=true',
  );
  expect(needed.code).toBe(2);
  expect(needed.stderr).toContain('the gate `format` needs `format.rise@accepted`');
});

test.each([
  [
    'tail=on',
    'tail/survival=off',
    'no `tail.p@accepted`, `tail.survival@accepted`: switch on `tail/survival`, which measures them',
  ],
  [
    'calibration=on',
    'self-eval/calibration=off',
    'no `self-eval.auroc`: switch on `self-eval/calibration`, which measures it',
  ],
])('a gate on the round names the rule that it waits for: %s', async (gate, rule, message) => {
  const cwd = join(presets, 'recursion');
  const {stdout} = await start(
    ['check', 'input.jsonl', '--no-config', '--gate', gate, '--rule', rule, '--format', 'json', '--quiet'],
    {cwd, input: ''},
  ).ended;
  expect(JSON.parse(stdout).gates).toContainEqual(expect.objectContaining({status: 'abstain', message}));
});
