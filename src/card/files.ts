import {existsSync, lstatSync, readdirSync, realpathSync, statSync} from 'node:fs';
import {join, relative, sep} from 'node:path';
import {compileGlob} from '../config/glob.js';

export interface Listed {
  /** Files that may hold data, relative to the folder, `/` between folders, in order. */
  readonly files: readonly string[];
  /** Links that lead out of the folder: what they name is not read. */
  readonly outside: readonly string[];
}

export interface ListOptions {
  /** Globs relative to `root` of what is left out. */
  readonly ignore: readonly string[];
  readonly root: string;
}

/** Far above any data set; nobody waits for a whole disk to be listed. */
const maxEntries = 500_000;

/**
 * The files of a data set folder in formats that are readable. Hidden ones, `__special__` folders, `node_modules`
 * and run folders are left out, as are links that lead out of the folder, but for those of the Hub's cache,
 * whose files are links to `../../blobs`.
 */
export function listFiles(folder: string, {ignore, root}: ListOptions): Listed {
  const real = realpathSync(folder);
  const homes = [real, join(real, '..', '..', 'blobs')].map(home => home + sep);
  const left = ignore.map(compileGlob);
  const files: string[] = [];
  const outside: string[] = [];
  let seen = 0;
  const open = [''];
  for (let inside = open.pop(); inside !== undefined; inside = open.pop()) {
    const here = join(folder, inside);
    if (inside !== '' && isRun(here)) continue;
    for (const name of readdirSync(here).sort()) {
      if (++seen > maxEntries) return {files, outside};
      if (name.startsWith('.') || name.startsWith('__') || name === 'node_modules') continue;
      const path = inside === '' ? name : `${inside}/${name}`;
      const file = join(folder, path);
      const isLink = lstatSync(file).isSymbolicLink();
      const stats = statSync(file, {throwIfNoEntry: false});
      if (stats === undefined) {
        // A link to what is not there: opening it says so.
        if (isReadable(name)) files.push(path);
        continue;
      }
      if (!stats.isDirectory() && !isReadable(name)) continue;
      const rooted = relative(root, file).split(sep).join('/');
      if (left.some(test => test(rooted))) continue;
      if (isLink) {
        const target = realpathSync(file);
        // Into the folder itself, or a folder above: what is there is listed where it stands.
        if (stats.isDirectory() && real.startsWith(target)) continue;
        if (!homes.some(home => (target + sep).startsWith(home))) {
          outside.push(path);
          continue;
        }
        if (stats.isDirectory()) continue;
      }
      if (stats.isDirectory()) open.push(path);
      else if (stats.isFile()) files.push(path);
    }
  }
  return {files: files.sort(), outside};
}

/** Whether a file is one of the folder, or a link in it or to the Hub's cache. */
export function staysInside(file: string, folder: string): boolean {
  const real = realpathSync(folder);
  const target = realpathSync(file);
  return [real, join(real, '..', '..', 'blobs')].some(home => target.startsWith(home + sep));
}

function isReadable(name: string): boolean {
  return /\.(?:jsonl|ndjson|json|csv|tsv|parquet|txt|text|mdx?|markdown)(?:\.(?:gz|zst|zstd))?$/i.test(name);
}

/** What `filter` wrote is no part of the data set that it read. */
function isRun(folder: string): boolean {
  return existsSync(join(folder, 'evidence.jsonl')) && existsSync(join(folder, 'manifest.json'));
}
