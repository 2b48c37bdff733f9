import {execFileSync} from 'node:child_process';
import {join} from 'node:path';
import {folder, put} from '../engine/rounds.js';

type Files = Parameters<typeof put>[1];

/** git as nobody has set it up: no settings of the user or the machine, and fixed times. */
export const gitEnvironment = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Aune',
  GIT_AUTHOR_EMAIL: 'aune@example.com',
  GIT_COMMITTER_NAME: 'Aune',
  GIT_COMMITTER_EMAIL: 'aune@example.com',
  GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
  GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
};

export interface TestRepo {
  readonly root: string;
  git(...args: string[]): string;
  /** Writes files and stages everything. */
  stage(files: Files): void;
  /** Writes files and commits everything. */
  commit(files: Files, message?: string): string;
}

/** A repository whose first commit has these files; none without them. */
export function repo(files?: Files): TestRepo {
  return repoIn(folder(), files);
}

/** The same in a folder that is there. */
export function repoIn(root: string, files?: Files): TestRepo {
  const made = at(root);
  made.git('init', '--quiet', '--initial-branch=main');
  // The program is run in this process or another: both must see this.
  made.git('config', 'core.autocrlf', 'false');
  if (files !== undefined) made.commit(files);
  return made;
}

/** A folder that is a repository already. */
export function at(root: string): TestRepo {
  const git = (...args: string[]) =>
    execFileSync('git', args, {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {...process.env, ...gitEnvironment},
    });
  const stage = (more: Files) => {
    put(root, more);
    git('add', '--all');
  };
  return {
    root,
    git,
    stage,
    commit(more, message = 'More') {
      stage(more);
      git('commit', '--quiet', '--allow-empty', '--message', message);
      return git('rev-parse', 'HEAD').trim();
    },
  };
}

export const inside = (of: TestRepo, path: string): TestRepo => at(join(of.root, path));
