import {readdirSync, type Stats, statSync} from 'node:fs';
import {basename, dirname, resolve} from 'node:path';
import {closest} from './closest.js';
import {InputError, inputError, quoted} from './errors.js';
import {refuseName} from './formats.js';
import {brokenLink} from './links.js';
import {displayPath} from './place.js';

export interface ExpandOptions {
  /** Folder that patterns and displayed paths are relative to. */
  readonly cwd: string;
  /** Globs, relative to `root`, of what folders and patterns leave out. Files that are named stay in. */
  readonly ignore: readonly string[];
  readonly root: string;
}

/**
 * Turns files, folders and globs into files: absolute, each once, in the order of the bytes of their
 * displayed paths. `-` is standard input and stays as it is. A file that exists is taken literally, whatever
 * its name or extension; a folder or glob that matches nothing yields nothing. Throws InputError for a file
 * that does not exist and for formats that are not readable.
 */
export async function expandInputs(patterns: readonly string[], options: ExpandOptions): Promise<string[]> {
  const files = new Set<string>();
  for (const pattern of patterns) {
    const path = resolve(options.cwd, pattern);
    const stats = pattern === '-' ? undefined : statOf(path, pattern);
    if (pattern === '-') files.add('-');
    else if (stats && !stats.isDirectory()) files.add(path);
    else if (stats) for (const file of await (await globbing()).inFolder(path, options)) files.add(file);
    else if (hasMagic(pattern)) {
      for (const file of await (await globbing()).matching(pattern, options)) files.add(file);
    } else throw notThere(pattern, path, options.cwd);
  }
  return inOrder([...files], options.cwd);
}

// fast-glob takes longer to load than a small check takes to run.
const globbing = () => import('./glob.js');

/** Whether fast-glob may see more in it than a name. */
function hasMagic(pattern: string): boolean {
  if (pattern.startsWith('!')) {
    const advice = 'Put what is to be left out under `ignore` in .collapserc.';
    throw new InputError(`Cannot read ${quoted(pattern)}`, 'a pattern names what is read', advice);
  }
  return /[*?[{(]/.test(pattern);
}

function statOf(path: string, pattern: string): Stats | undefined {
  try {
    return statSync(path, {throwIfNoEntry: false});
  } catch (error) {
    // Windows refuses `*` and `?` in file names; a pattern may be longer than a name can be.
    if (hasMagic(pattern)) return undefined;
    throw inputError(`Cannot read ${quoted(pattern)}`, error);
  }
}

function notThere(pattern: string, path: string, cwd: string): InputError {
  const broken = brokenLink(path);
  if (broken !== undefined) return broken;
  const similar = closest(basename(path), namesIn(dirname(path)));
  const advice =
    similar === undefined
      ? 'Check the spelling and the working folder.'
      : `Did you mean ${quoted(displayPath(resolve(dirname(path), similar), cwd))}?`;
  return new InputError(`Cannot read ${quoted(pattern)}`, 'there is no such file', advice);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function inOrder(files: readonly string[], cwd: string): string[] {
  const keyed = files.map(file => {
    const shown = file === '-' ? '<stdin>' : displayPath(file, cwd);
    if (file !== '-') refuseName(shown);
    return {file, key: Buffer.from(shown)};
  });
  return keyed.sort((a, b) => a.key.compare(b.key)).map(({file}) => file);
}
