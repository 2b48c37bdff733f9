import {existsSync, lstatSync, statSync} from 'node:fs';
import {basename, dirname, join, relative, resolve, sep} from 'node:path';
import type {Config} from '../../config/config.js';
import {compileGlob} from '../../config/glob.js';
import {InputError, quoted} from '../../corpus/errors.js';
import {hasProseName, hasReadableName, isAboutProject} from '../../corpus/formats.js';
import {displayPath} from '../../corpus/place.js';
import type {GitFile} from '../../git/tree.js';

/** A file of the data set, on one side of a change. */
export interface DataFile extends GitFile {
  /** As shown to people. */
  readonly shown: string;
  /** Content and format: files with the same have the same records. */
  readonly key: string;
  /** The file itself, where it is not to be taken from git: it was changed and is not staged. */
  readonly worktree?: string;
}

export interface FileOptions {
  readonly top: string;
  readonly cwd: string;
  readonly config: Pick<Config, 'ignore' | 'root' | 'records'>;
  /** Everything that is staged: what a folder holds says what of it is data. */
  readonly staged: readonly GitFile[];
}

/** Tells the files of the data set from the rest, by what was named on the command line. */
export interface Selection {
  /** The file as one of the data set; undefined when it is not. */
  pick(file: GitFile, worktree?: string): DataFile | undefined;
  /** Throws InputError for a file or folder that was named and is on none of the sides. */
  requireAll(): void;
}

/**
 * Which files of git are data: those in the named folders that have the name of a readable format, or where a
 * folder holds none, its Markdown; hidden ones, `node_modules` and the folders of runs left out; and those that
 * were named or match a pattern. As `check` does with a folder on the disk.
 */
export function selectFiles(patterns: readonly string[], {top, cwd, config, staged}: FileOptions): Selection {
  const compiled = config.ignore.map(compileGlob);
  const ignored = (path: string) => {
    const rooted = slashed(relative(config.root, path));
    return compiled.some(test => test(rooted));
  };
  const here = staged.map(file => join(top, file.path)).filter(path => !ignored(path));
  const runs = runFolders(here);
  // In other units, the same file has other records.
  const units = Object.entries(config.records ?? {})
    .map(([format, unit]) => `.${format}-${unit}`)
    .sort()
    .join('');
  const wanted = patterns.map(pattern => compile(pattern, cwd, {here, runs}));
  return {
    pick(file, worktree) {
      const path = join(top, file.path);
      if (ignored(path)) {
        for (const one of wanted) if (one.path === path) one.seen = true;
        return undefined;
      }
      const fits = wanted.filter(one => one.test(path));
      for (const one of fits) one.seen = true;
      if (fits.length === 0) return undefined;
      const shown = displayPath(path, cwd);
      return {...file, shown, key: `${file.oid}${endingOf(path)}${units}`, ...(worktree && {worktree})};
    },
    requireAll() {
      const missing = wanted.find(({seen, path}) => !seen && path !== undefined && !existsSync(path));
      if (missing === undefined) return;
      throw new InputError(
        `Cannot read ${quoted(missing.pattern)}`,
        'there is no such file, and git has none of that name',
        'Check the spelling and the working folder.',
      );
    },
  };
}

interface Wanted {
  readonly pattern: string;
  /** For what is no glob. */
  readonly path?: string;
  seen: boolean;
  readonly test: (path: string) => boolean;
}

/** Paths of what is staged, and of the run folders among it. */
interface Present {
  readonly here: readonly string[];
  readonly runs: readonly string[];
}

function compile(pattern: string, cwd: string, {here, runs}: Present): Wanted {
  const path = resolve(cwd, pattern);
  const isGlob = /[*?[{(]/.test(pattern) && !existsSync(path);
  if (isGlob) {
    const test = compileGlob(slashed(pattern).replace(/^(?:\.\/)+/, ''));
    const inside = (file: string) => slashed(relative(cwd, file));
    return {pattern, seen: false, test: file => test(inside(file))};
  }
  const folder = path.endsWith(sep) ? path : path + sep;
  const others = runs.filter(run => run !== folder);
  const isSearched = (file: string) => {
    if (!file.startsWith(folder) || others.some(run => file.startsWith(run))) return false;
    const names = slashed(file.slice(folder.length)).split('/');
    return !names.some(name => name.startsWith('.') || name === 'node_modules');
  };
  const hasData = here.some(file => hasReadableName(file) && isSearched(file));
  const isData = hasData
    ? hasReadableName
    : (file: string) => hasProseName(file) && !(dirname(file) + sep === folder && isAboutProject(file));
  return {pattern, path, seen: false, test: file => file === path || (isSearched(file) && isData(file))};
}

/** Folders that `filter` wrote: what is in them is not data to be judged. */
function runFolders(files: readonly string[]): string[] {
  const evidence = files.filter(file => basename(file) === 'evidence.jsonl').map(dirname);
  const manifests = new Set(files.filter(file => basename(file) === 'manifest.json').map(dirname));
  return evidence.filter(folder => manifests.has(folder)).map(folder => folder + sep);
}

/** What tells the format, of compressed files too. */
function endingOf(path: string): string {
  return /(?:\.[^./\\]+)?(?:\.(?:gz|zst|zstd))?$/i.exec(path)![0].toLowerCase();
}

function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

/** The file of the working tree, where it is a plain file of that size. */
export function plainFile(path: string, size: number | undefined): string | undefined {
  try {
    if (!lstatSync(path).isFile()) return undefined;
    return size === undefined || statSync(path).size === size ? path : undefined;
  } catch {
    return undefined;
  }
}
