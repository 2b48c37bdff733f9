import fs from 'node:fs';
import {basename, dirname, join, parse, posix, resolve, sep} from 'node:path';
import fastGlob from 'fast-glob';
import {inputError, quoted} from './errors.js';
import type {ExpandOptions} from './expand.js';
import {isAboutProject, prosePattern, readablePattern} from './formats.js';
import {brokenLink} from './links.js';

/**
 * The readable files in a folder and the folders in it, or where there are none, its Markdown without what a
 * project says about itself: beside data, Markdown is mostly about it. Left out are hidden files, `node_modules`, and the
 * folders of earlier runs: what `filter` wrote there is not data to be scanned. A run folder that is named
 * itself is read.
 */
export async function inFolder(folder: string, options: ExpandOptions): Promise<string[]> {
  const files = await glob({folder, pattern: readablePattern}, options);
  const runs = files
    .filter(
      file => basename(file) === 'evidence.jsonl' && fs.existsSync(join(dirname(file), 'manifest.json')),
    )
    .map(file => dirname(file) + sep)
    .filter(run => run !== folder + sep);
  const outside = (file: string) => !runs.some(run => file.startsWith(run));
  const data = files.filter(outside);
  if (data.length > 0) return data;
  const prose = await glob({folder, pattern: prosePattern}, options);
  return prose.filter(file => outside(file) && !(dirname(file) === folder && isAboutProject(file)));
}

/** The files that match a glob, in whatever format they are: it was written to name them. */
export function matching(pattern: string, options: ExpandOptions): Promise<string[]> {
  return glob(rooted(pattern, options.cwd), options);
}

/** A glob without leading `..`, and the folder that it is relative to. */
interface Rooted {
  readonly folder: string;
  readonly pattern: string;
}

async function glob({folder, pattern}: Rooted, {ignore, root}: ExpandOptions): Promise<string[]> {
  const modules = `${folder}/${pattern}`.includes('node_modules') ? [] : ['**/node_modules'];
  const inside = folder.endsWith(sep) ? folder : folder + sep;
  const broken = new Set<string>();
  const find = async (onlyFiles: boolean) => {
    const found = await fastGlob(absolute({folder, pattern}), {
      ignore: [...ignore.map(left => absolute(rooted(left, root))), ...modules],
      onlyFiles,
      throwErrorOnBrokenSymbolicLink: true,
      fs: {stat: statLink(broken) as typeof fs.stat},
    });
    return found.map(file => resolve(file)).filter(file => file.startsWith(inside));
  };
  try {
    const files = await find(true);
    if (broken.size === 0) return files;
    // Asked again for all there is: what is ignored, or was not asked for, may lead nowhere.
    const [first] = (await find(false)).filter(path => broken.has(path)).sort();
    const error = first === undefined ? undefined : brokenLink(first);
    if (error !== undefined) throw error;
    return files;
  } catch (error) {
    throw inputError(`Cannot read ${quoted(pattern)} in ${quoted(folder)}`, error);
  }
}

function rooted(pattern: string, cwd: string): Rooted {
  // On Windows a backslash is what a shell completes folders with; elsewhere it escapes.
  let rest = posix.normalize(sep === '\\' ? pattern.replaceAll('\\', '/') : pattern);
  const top = parse(rest).root;
  if (top !== '') return {folder: resolve(top), pattern: rest.slice(top.length)};
  let folder = cwd;
  for (; rest.startsWith('../'); rest = rest.slice(3)) folder = dirname(folder);
  return {folder, pattern: rest};
}

/**
 * Absolute, so that fast-glob holds `ignore` against the same paths, wherever `root` is. Escaping does not
 * take all meaning from the characters in a folder's name (`it's`, `a+(b)`, as of fast-glob 3.3), so `*`
 * stands for them: it may match a folder beside the right one, and what is found there is left out again.
 */
function absolute({folder, pattern}: Rooted): string {
  const slashed = sep === '\\' ? folder.replaceAll('\\', '/') : folder;
  const plain = slashed.replace(/[^\w/.: \-\u0080-\uffff]+/g, '*');
  return `${plain.endsWith('/') ? plain : `${plain}/`}${withoutQuestionMarks(pattern)}`;
}

/** fast-glob takes a folder called `round?` literally. Classes, escapes and `?(…)` stay as they are. */
function withoutQuestionMarks(pattern: string): string {
  return pattern.replace(/\\.|\[[^\]]*\]|\?(?!\()/g, part => (part === '?' ? '[^/]' : part));
}

/**
 * fast-glob asks this about symbolic links only, and follows what it is told is a folder. A link back into
 * the way it came by is left alone, or the search would go in circles. Links that lead nowhere are noted in
 * `broken` and are no error to fast-glob, which would pass over the rest of the folder with them.
 */
function statLink(broken: Set<string>) {
  return (path: string, done: (error: Error | null, stats?: fs.Stats) => void): void => {
    fs.stat(path, (error, stats) => {
      if (error) {
        broken.add(resolve(path));
        fs.lstat(path, done);
      } else if (stats.isDirectory() && leadsBack(path)) fs.lstat(path, done);
      else done(null, stats);
    });
  };
}

function leadsBack(link: string): boolean {
  const target = fs.realpathSync.native(link);
  for (let folder = dirname(link); ; folder = dirname(folder)) {
    if (fs.realpathSync.native(folder) === target) return true;
    if (folder === dirname(folder)) return false;
  }
}
