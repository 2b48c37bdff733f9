import fs from 'node:fs';
import {dirname, isAbsolute, posix, resolve, sep} from 'node:path';
import fastGlob from 'fast-glob';
import {inputError, quoted} from './errors.js';
import type {ExpandOptions} from './expand.js';
import {hasReadableName, readablePattern} from './formats.js';

/** The readable files in a folder and the folders in it, hidden ones and `node_modules` left out. */
export function inFolder(folder: string, options: ExpandOptions): Promise<string[]> {
  return glob(`${literal(folder)}/${readablePattern}`, options);
}

/** The files that match a glob, in whatever format they are: it was written to name them. */
export function matching(pattern: string, options: ExpandOptions): Promise<string[]> {
  // On Windows a backslash is what a shell completes folders with; elsewhere it escapes.
  const slashed = sep === '\\' ? pattern.replaceAll('\\', '/') : pattern;
  return glob(under(options.cwd, slashed), options);
}

async function glob(pattern: string, {ignore, root}: ExpandOptions): Promise<string[]> {
  const modules = pattern.includes('node_modules') ? [] : ['**/node_modules'];
  try {
    const found = await fastGlob(pattern, {
      ignore: [...ignore.map(left => under(root, left)), ...modules],
      absolute: true,
      throwErrorOnBrokenSymbolicLink: true,
      fs: {stat: statLink as typeof fs.stat},
    });
    return found.map(file => resolve(file));
  } catch (error) {
    const path = (error as NodeJS.ErrnoException).path;
    throw inputError(`Cannot read ${quoted(path ?? pattern)}`, error);
  }
}

// All patterns are absolute: then fast-glob holds `ignore` against the same paths, wherever `root` is.
function under(folder: string, pattern: string): string {
  return isAbsolute(pattern) ? pattern : posix.join(literal(folder), pattern);
}

function literal(path: string): string {
  return fastGlob.convertPathToPattern(path);
}

/**
 * fast-glob asks this about symbolic links only, and follows what it is told is a folder. A link back into
 * the way it came by is left alone, or the search would go in circles. A link to data that is not there
 * (git-annex, DVC, a model cache) is an error: it must not be skipped without a word.
 */
function statLink(path: string, done: (error: Error | null, stats?: fs.Stats) => void): void {
  fs.stat(path, (error, stats) => {
    if (error) {
      if (hasReadableName(path)) done(error);
      else fs.lstat(path, done);
    } else if (stats.isDirectory() && leadsBack(path)) fs.lstat(path, done);
    else done(null, stats);
  });
}

function leadsBack(link: string): boolean {
  const target = fs.realpathSync.native(link);
  for (let folder = dirname(link); ; folder = dirname(folder)) {
    if (fs.realpathSync.native(folder) === target) return true;
    if (folder === dirname(folder)) return false;
  }
}
