import {type SpawnSyncReturns, spawnSync} from 'node:child_process';
import {existsSync, rmSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {folder, lastingFolder} from '../engine/rounds.js';
import {at, gitEnvironment, inside, repo, type TestRepo} from '../git/repo.js';
import {installPlainHook, type PlainHook} from '../hooks/plain.js';
import type {Case} from './cases.js';
import {make, place} from './make.js';

export const environment = {
  ...process.env,
  ...gitEnvironment,
  NO_COLOR: '1',
  CI: '',
  COLUMNS: '',
  COLLAPSE_CACHE_DIR: lastingFolder(),
};

export interface Committed {
  /** Where the branch of the change is checked out, and what it is compared with in CI. */
  readonly root: string;
  readonly since: string;
  readonly hook: PlainHook;
  /** What `git commit` did, with the hook of docs/ci.md. */
  readonly commit: SpawnSyncReturns<string>;
  /** Whether the commit was made. */
  readonly made: boolean;
}

/** The folder of a case that is a submodule in the repository. */
const submodule = 'corpus/';

/**
 * A repository with the change of a case: `before` is the first commit of `main`; the change is committed on a
 * branch through the hook, and if the hook stops it, once more without.
 */
export function commitChange(of: Case): Committed {
  const {how, args = []} = of.expected;
  const main = repo();
  const before = of.files('before');
  main.git('commit', '--quiet', '--allow-empty', '--message', 'Nothing yet');
  if (how === 'submodule') addSubmodule(main, before!);
  else if (before !== undefined) fill(main, before);
  if (before !== undefined) main.commit({}, 'Before');
  main.git('branch', 'change');
  if (how === 'merge') commitOn(main, of.files('theirs')!);
  const work = how === 'worktree' ? addWorktree(main) : main;
  if (how !== 'worktree') work.git('checkout', '--quiet', '--recurse-submodules', 'change');
  if (how === 'merge') {
    commitOn(work, of.files('ours')!);
    // Whether it conflicts or not, what is committed is `after`.
    spawnGit(work, ['merge', '--quiet', '--no-commit', '--no-ff', 'main']);
  }
  const after = of.files('after')!;
  if (how === 'submodule') {
    fill(inside(work, submodule), within(after));
    inside(work, submodule).commit({}, 'After');
    fill(work, outside(after));
  } else fill(work, after);
  if (how === 'lfs-not-fetched') rmSync(join(main.root, '.git/lfs'), {recursive: true, force: true});
  work.stage({});
  const hook = installPlainHook(join(main.root, '.git/hooks'), args);
  const head = work.git('rev-parse', 'HEAD');
  const commit = spawnGit(work, ['commit', '--quiet', '--message', 'Change'], hook.env);
  const made = work.git('rev-parse', 'HEAD') !== head;
  if (!made) work.git('commit', '--quiet', '--no-verify', '--message', 'Change');
  return how === 'shallow'
    ? {...shallowClone(work), hook, commit, made}
    : {root: work.root, since: 'main', hook, commit, made};
}

/** Makes the tracked files of a repository these. */
function fill(of: TestRepo, files: ReadonlyMap<string, Buffer>): void {
  for (const path of of.git('ls-files', '-z').split('\0')) {
    if (path !== '' && path !== '.gitmodules' && !isFolder(of, path))
      rmSync(join(of.root, path), {force: true});
  }
  const lfs = join(of.root, of.git('rev-parse', '--git-common-dir').trim(), 'lfs');
  for (const [path, content] of files) place(of.root, make(path, content), lfs);
}

function isFolder(of: TestRepo, path: string): boolean {
  return existsSync(join(of.root, path, '.git'));
}

function commitOn(of: TestRepo, files: ReadonlyMap<string, Buffer>): void {
  fill(of, files);
  of.commit({});
}

function addWorktree(of: TestRepo): TestRepo {
  const root = join(folder(), 'tree');
  of.git('worktree', 'add', '--quiet', root, 'change');
  return at(root);
}

function addSubmodule(of: TestRepo, files: ReadonlyMap<string, Buffer>): void {
  const inner = repo();
  fill(inner, within(files));
  inner.commit({});
  fill(of, outside(files));
  of.git(
    '-c',
    'protocol.file.allow=always',
    'submodule',
    '--quiet',
    'add',
    inner.root,
    dirname(`${submodule}x`),
  );
}

function within(files: ReadonlyMap<string, Buffer>): Map<string, Buffer> {
  const inner = [...files].filter(([path]) => path.startsWith(submodule));
  return new Map(inner.map(([path, content]) => [path.slice(submodule.length), content]));
}

function outside(files: ReadonlyMap<string, Buffer>): Map<string, Buffer> {
  return new Map([...files].filter(([path]) => !path.startsWith(submodule)));
}

/** What CI has that fetches as little as it can: the last commit of the branch, and that of `main`. */
function shallowClone(of: TestRepo): {root: string; since: string} {
  const root = join(folder(), 'clone');
  of.git('clone', '--quiet', '--depth=1', '--branch=change', `file://${of.root}`, root);
  at(root).git('fetch', '--quiet', '--depth=1', 'origin', 'main:refs/remotes/origin/main');
  return {root, since: 'origin/main'};
}

function spawnGit(of: TestRepo, args: readonly string[], more = {}): SpawnSyncReturns<string> {
  return spawnSync('git', args, {cwd: of.root, encoding: 'utf8', env: {...environment, ...more}});
}
