import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {displayPath} from '../corpus/place.js';
import type {Problem} from './error.js';

export const ignoreName = '.collapseignore';

/**
 * The patterns of `.collapseignore` beside the config, written as in `.gitignore`: one without a slash is
 * meant at any depth, and a folder stands for all that is in it. `!` is not supported, and said to be.
 */
export function readIgnoreFile(
  root: string,
  cwd: string,
  problems: Problem[],
): {readonly glob: string; readonly origin: string}[] {
  const file = join(root, ignoreName);
  if (!existsSync(file)) return [];
  const shown = displayPath(file, cwd);
  return readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .flatMap((line, index) => {
      const pattern = line.trim();
      if (pattern === '' || pattern.startsWith('#')) return [];
      const at = {file: shown, line: index + 1, column: 1};
      if (pattern.startsWith('!')) {
        const message = 'What is ignored cannot be taken back with `!`. Write narrower patterns.';
        problems.push({...at, message});
        return [];
      }
      const origin = `${shown}:${index + 1}:1`;
      return globsOf(pattern).map(glob => ({glob, origin}));
    });
}

function globsOf(pattern: string): string[] {
  const bare = pattern.replace(/\/+$/, '');
  const isAnywhere = !bare.includes('/');
  const base = isAnywhere ? `**/${bare}` : bare.replace(/^\/+/, '');
  // A folder, or a file where the pattern may be one.
  return pattern.endsWith('/') ? [`${base}/**`] : [base, `${base}/**`];
}
