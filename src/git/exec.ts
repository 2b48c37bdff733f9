import {execFile, spawnSync} from 'node:child_process';
import {InputError} from '../corpus/errors.js';

/** Where git runs: always in one folder, with the environment that a hook was given or without it. */
export interface GitPlace {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** What a hook of the repository around must not say to git in a submodule. */
const local = [
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_CONFIG',
  'GIT_CONFIG_COUNT',
  'GIT_CONFIG_PARAMETERS',
  'GIT_OBJECT_DIRECTORY',
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_GRAFT_FILE',
  'GIT_INDEX_FILE',
  'GIT_NO_REPLACE_OBJECTS',
  'GIT_REPLACE_REF_BASE',
  'GIT_PREFIX',
  'GIT_SHALLOW_FILE',
  'GIT_COMMON_DIR',
];

/** The environment for git: nothing it writes is translated, and it asks nobody. */
export function gitEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {...env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_LITERAL_PATHSPECS: '1'};
}

export function withoutRepository(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !local.includes(name)));
}

export interface GitAnswer {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Lists of a million files fit. */
const maxBuffer = 2 ** 30;

/** Runs git without a shell. Throws InputError when there is no git; what git answers is the caller's business. */
export function askGit({cwd, env}: GitPlace, args: readonly string[]): Promise<GitAnswer> {
  return new Promise((done, fail) => {
    execFile('git', args, {cwd, env, encoding: 'buffer', maxBuffer}, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      if (typeof code === 'number') done({code, stdout, stderr: stderr.toString('utf8').trim()});
      else fail(notStarted(error as NodeJS.ErrnoException));
    });
  });
}

/** Runs git and gives its output. Throws InputError with what git says when it fails. */
export async function runGit(place: GitPlace, args: readonly string[]): Promise<Buffer> {
  const {code, stdout, stderr} = await askGit(place, args);
  if (code === 0) return stdout;
  throw gitFailed(args, stderr);
}

/** Writes one blob to an open file, waiting for it. Returns false when git does not have it. */
export function writeBlobSync({cwd, env}: GitPlace, oid: string, descriptor: number): boolean {
  const {status} = spawnSync('git', ['cat-file', 'blob', oid], {
    cwd,
    env,
    stdio: ['ignore', descriptor, 'ignore'],
  });
  return status === 0;
}

export function gitFailed(args: readonly string[], stderr: string): InputError {
  const said = stderr.replace(/^fatal: /, '').replaceAll('\n', ' ') || 'it gives no reason';
  return new InputError(`\`git ${args[0]}\` failed`, said.replace(/\.$/, ''), 'Run it yourself to see more.');
}

function notStarted(error: NodeJS.ErrnoException): InputError {
  const missing = error.code === 'ENOENT';
  return new InputError(
    'Cannot ask git what changed',
    missing ? 'there is no `git` on the PATH' : error.message,
    missing ? 'Install it, or name the files to check.' : 'Name the files to check instead.',
    {cause: error},
  );
}
