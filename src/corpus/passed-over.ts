import {type Dirent, readdirSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {dataFormat} from './formats.js';
import {displayPath} from './place.js';

/** Enough to name some; nobody waits for a whole disk to be listed. */
const lookedAt = 20_000;

/**
 * Files in folders that hold data in a format that is not readable, by displayed path: at most `limit`.
 * For messages that say why nothing was found there.
 */
export function passedOver(patterns: readonly string[], cwd: string, limit: number): string[] {
  const found: string[] = [];
  let seen = 0;
  const folders = patterns.filter(pattern => pattern !== '-').map(pattern => resolve(cwd, pattern));
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    for (const entry of entriesOf(folder)) {
      if (found.length >= limit || ++seen > lookedAt) return found;
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else if (dataFormat(entry.name) !== undefined) found.push(displayPath(path, cwd));
    }
  }
  return found;
}

/** Files and patterns have none, and neither has what may not be read. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, {withFileTypes: true}).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
