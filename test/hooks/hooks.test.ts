import {type SpawnSyncReturns, spawnSync} from 'node:child_process';
import {chmodSync, existsSync, readFileSync, symlinkSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import {lastingFolder, put} from '../engine/rounds.js';
import {gitEnvironment, repo, type TestRepo} from '../git/repo.js';
import {installPlainHook, program} from './plain.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const env = {
  ...process.env,
  ...gitEnvironment,
  NO_COLOR: '1',
  COLLAPSE_CACHE_DIR: lastingFolder(),
};

const light = 'The light on the eastern rock is lit an hour before the sun goes down.';
const ferry = 'A ferry takes the mail across on Tuesdays, when the tide lets it.';
const storm = 'In the storm of that winter the boats stayed in for nineteen days.';

function commit(of: TestRepo, files: Parameters<TestRepo['stage']>[0], more = {}): SpawnSyncReturns<string> {
  of.stage(files);
  return spawnSync('git', ['commit', '--quiet', '--message', 'More'], {
    cwd: of.root,
    encoding: 'utf8',
    env: {...env, ...more},
  });
}

/** What every hook must do: let a clean commit pass without a word, and stop a dirty one with the reason. */
function expectGuarded(of: TestRepo, more = {}): void {
  const clean = commit(of, {'a.jsonl': [light, ferry]}, more);
  expect([clean.status, clean.stdout + clean.stderr]).toEqual([0, '']);
  const head = of.git('rev-parse', 'HEAD');
  const dirty = commit(of, {'a.jsonl': [light, ferry, storm, light]}, more);
  expect(dirty.status).not.toBe(0);
  const said = dirty.stdout + dirty.stderr;
  expect(said).toContain('a.jsonl\n');
  expect(said).toMatch(/ 4 {2}error {2}Same text as `line:1` \(a\.jsonl:1\) of the trusted reference/);
  expect(said).toContain('2 new records in 1 changed file since HEAD');
  expect(of.git('rev-parse', 'HEAD')).toBe(head);
}

test('the plain hook of docs/ci.md', () => {
  const made = repo({'a.jsonl': [light]});
  const more = installPlainHook(join(made.root, '.git/hooks')).env;
  expectGuarded(made, more);
  // `git commit -a` and `git commit FILE` hand an index of their own to the hook.
  made.git('reset', '--quiet', '--hard');
  put(made.root, {'a.jsonl': [light, ferry, light]});
  const all = spawnSync('git', ['commit', '--quiet', '-a', '-m', 'x'], {
    cwd: made.root,
    encoding: 'utf8',
    env: {...env, ...more},
  });
  expect([all.status, all.stderr]).toEqual([1, expect.stringContaining('error  Same text as')]);
});

test('the files for pre-commit: nothing is passed that could be split, and all formats start it', () => {
  const [hook] = parse(readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8'));
  expect(hook).toMatchObject({language: 'node', pass_filenames: false, require_serial: true});
  // Python's way to say it.
  const files = new RegExp(hook.files.replace('(?i)', ''), 'i');
  for (const name of ['a.jsonl', 'a/b.JSONL.gz', 'a.ndjson.zst', 'a.parquet', 'a.csv', 'README.md'])
    expect(files.test(name), name).toBe(true);
  for (const name of ['a.py', 'jsonl', 'a.jsonl.py']) expect(files.test(name), name).toBe(false);
});

/** Set where the tools may be fetched; `PRE_COMMIT` may name the program. */
const fetches = process.env.COLLAPSE_HOOK_TOOLS === '1';
const preCommit = findPreCommit();
const minutes = 10 * 60_000;

function findPreCommit(): string | undefined {
  for (const name of [process.env.PRE_COMMIT, 'pre-commit']) {
    if (name && spawnSync(name, ['--version'], {stdio: 'ignore'}).status === 0) return name;
  }
  if (!fetches) return undefined;
  const venv = lastingFolder();
  const made = spawnSync('python3', ['-m', 'venv', venv], {stdio: 'inherit'});
  const pip = spawnSync(join(venv, 'bin/pip'), ['install', '--quiet', 'pre-commit'], {stdio: 'inherit'});
  return made.status === 0 && pip.status === 0 ? join(venv, 'bin/pre-commit') : undefined;
}

if (preCommit === undefined)
  console.warn('SKIPPED: the real pre-commit is not here (pip install pre-commit).');
if (!fetches) console.warn('SKIPPED: husky and lint-staged; COLLAPSE_HOOK_TOOLS=1 fetches and tests them.');

describe.skipIf(preCommit === undefined)('the real pre-commit', () => {
  const more = {PRE_COMMIT_HOME: lastingFolder()};
  const run = (made: TestRepo, ...args: string[]) =>
    spawnSync(preCommit!, args, {cwd: made.root, encoding: 'utf8', env: {...env, ...more}});

  test('try-repo', {timeout: minutes}, () => {
    const made = repo({'a.jsonl': [light]});
    made.stage({'a.jsonl': [light, ferry, ferry]});
    const {status, stdout, stderr} = run(made, 'try-repo', root, 'collapse', '--color', 'never');
    expect(stdout + stderr).toMatch(/^collapse\.+Failed$/m);
    expect(stdout).toContain('3  error  Same text as the earlier record `line:2` (a.jsonl:2)');
    expect(status).toBe(1);
  });

  test('installed', {timeout: minutes}, () => {
    const made = repo({'a.jsonl': [light]});
    const rev = spawnSync('git', ['-C', root, 'rev-parse', 'HEAD'], {encoding: 'utf8'}).stdout.trim();
    put(made.root, {
      '.pre-commit-config.yaml': `repos:\n- repo: '${root}'\n  rev: '${rev}'\n  hooks: [{id: collapse}]\n`,
    });
    made.git('add', '--all');
    expect(run(made, 'install', '--install-hooks').status).toBe(0);
    const clean = commit(made, {'a.jsonl': [light, ferry]}, more);
    expect([clean.status, clean.stderr]).toEqual([0, expect.stringMatching(/^collapse\.+Passed\n$/)]);
    const dirty = commit(made, {'a.jsonl': [light, ferry, light]}, more);
    expect(dirty.status).toBe(1);
    expect(dirty.stderr).toContain('3  error  Same text as `line:1` (a.jsonl:1) of the trusted reference');
    // No data, no run.
    made.git('reset', '--quiet', '--hard');
    expect(commit(made, {'tool.py': 'print(1)\n'}, more).stderr).toMatch(
      /^collapse\.+\(no files to check\)Skipped\n$/,
    );
  });
});

describe.skipIf(!fetches)('husky and lint-staged', () => {
  test('guard a commit', {timeout: minutes}, () => {
    const made = repo({
      'package.json': '{"name": "data", "private": true, "type": "module"}',
      '.gitignore': 'node_modules\n',
      'a.jsonl': [light],
    });
    const npm = spawnSync(
      'npm',
      ['install', '--no-save', '--no-audit', '--no-fund', 'husky@9', 'lint-staged@15'],
      {
        cwd: made.root,
        encoding: 'utf8',
      },
    );
    expect(npm.status, npm.stderr).toBe(0);
    symlinkSync(program, join(made.root, 'node_modules/.bin/collapse'));
    chmodSync(program, 0o755);
    const docs = readFileSync(join(root, 'docs/ci.md'), 'utf8');
    const config = /```js\n(\/\/ lint-staged\.config\.js\n[\s\S]*?)```/.exec(docs)![1]!;
    put(made.root, {'lint-staged.config.js': config, '.husky/pre-commit': 'npx lint-staged --quiet\n'});
    expect(spawnSync('npx', ['husky'], {cwd: made.root}).status).toBe(0);
    expect(existsSync(join(made.root, '.husky/_'))).toBe(true);
    expectGuarded(made);
    made.git('reset', '--quiet', '--hard');
    put(made.root, {'.husky/pre-commit': 'npx --no collapse check --staged --quiet\n'});
    const dirty = commit(made, {'a.jsonl': [light, ferry, light]});
    expect([dirty.status, dirty.stdout + dirty.stderr]).toEqual([
      1,
      expect.stringContaining('error  Same text as'),
    ]);
  });
});
