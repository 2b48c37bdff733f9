import {existsSync, readFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {InputError, quoted} from '../corpus/errors.js';
import {askGit, type GitPlace, gitEnvironment, runGit, withoutRepository} from './exec.js';

/** A repository with a working tree. */
export interface Repository extends GitPlace {
  /** Its top folder, where git runs: a hook's relative `GIT_DIR` and `GIT_INDEX_FILE` start from there. */
  readonly cwd: string;
  /** The `.git` folder that all worktrees share. */
  readonly common: string;
}

/** The repository around a folder. Throws InputError where there is none, or one without files. */
export async function openRepository(folder: string, env: NodeJS.ProcessEnv): Promise<Repository> {
  const place = {cwd: folder, env: gitEnvironment(env)};
  const {code, stdout, stderr} = await askGit(place, ['rev-parse', '--show-toplevel', '--git-common-dir']);
  if (code !== 0) throw notThere(folder, stderr);
  const [top = '', common = ''] = stdout.toString('utf8').split('\n');
  return {cwd: resolve(top), common: resolve(folder, common), env: place.env};
}

/** The repository of a submodule, where it is checked out. */
export async function openSubmodule(of: Repository, path: string): Promise<Repository | undefined> {
  const folder = join(of.cwd, path);
  if (!existsSync(join(folder, '.git'))) return undefined;
  return openRepository(folder, withoutRepository(of.env));
}

function notThere(folder: string, stderr: string): InputError {
  const what = 'Cannot ask git what changed';
  if (/not a git repository/.test(stderr))
    return new InputError(what, `${quoted(folder)} is in no git repository`, 'Name the files to check.');
  if (/must be run in a work tree/.test(stderr))
    return new InputError(what, 'this repository has no working tree', 'Run it in a clone.');
  const said = stderr.replace(/^fatal: /, '').replaceAll('\n', ' ');
  return new InputError(what, said, 'See `git help config` for what it names.');
}

/** The commit that is checked out; undefined before the first. */
export async function headOf(repository: Repository): Promise<string | undefined> {
  return commitOf(repository, 'HEAD');
}

/** The commit that a revision means; undefined when it is not there. */
export async function commitOf(repository: Repository, revision: string): Promise<string | undefined> {
  const {code, stdout} = await askGit(repository, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${revision}^{commit}`,
  ]);
  return code === 0 ? stdout.toString('utf8').trim() : undefined;
}

/** The commits that a merge under way brings in; none otherwise. */
export async function mergedHeads(repository: Repository): Promise<string[]> {
  const path = (await runGit(repository, ['rev-parse', '--git-path', 'MERGE_HEAD'])).toString('utf8').trim();
  const file = resolve(repository.cwd, path);
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').split('\n').filter(Boolean);
}

/** A commit to compare with, and how it came to be that one. */
export interface Base {
  readonly commit: string;
  /** False when the two histories are not known to meet: the revision itself is compared with. */
  readonly meets: boolean;
}

/** Where the history of `HEAD` and that of a revision part. Throws InputError when there is no such revision. */
export async function baseOf(repository: Repository, revision: string): Promise<Base> {
  const commit = await commitOf(repository, revision);
  if (commit === undefined) throw await unknownRevision(repository, revision);
  const {code, stdout} = await askGit(repository, ['merge-base', commit, 'HEAD']);
  const found = stdout.toString('utf8').trim();
  return code === 0 && found !== '' ? {commit: found, meets: true} : {commit, meets: false};
}

async function unknownRevision(repository: Repository, revision: string): Promise<InputError> {
  const shallow = (await runGit(repository, ['rev-parse', '--is-shallow-repository']))
    .toString('utf8')
    .trim();
  const advice =
    shallow === 'true'
      ? 'This clone is shallow: fetch it (`git fetch --depth=1 origin BRANCH`), or clone with all of the history (`fetch-depth: 0` in GitHub Actions).'
      : 'Name a branch, tag or commit that `git log` knows.';
  return new InputError(`Cannot compare with ${quoted(revision)}`, 'there is no such revision here', advice);
}
