import {existsSync, statSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';

export const configName = '.collapserc';

/**
 * The nearest `.collapserc` from `cwd` upwards, as an absolute path. The search ends with the folder
 * that holds `.git` (a file in worktrees and submodules) or with the root of the file system.
 */
export function findConfig(cwd: string): string | null {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const file = join(folder, configName);
    if (statSync(file, {throwIfNoEntry: false})?.isFile()) return file;
    if (existsSync(join(folder, '.git')) || folder === dirname(folder)) return null;
  }
}
