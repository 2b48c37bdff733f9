import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import {basename, dirname, join, resolve} from 'node:path';
import {RunError} from './error.js';
import {manifestName} from './manifest.js';

/**
 * A folder that appears under its name only when it is complete. It is filled beside its place, under a name
 * that holds the process id, and renamed in. What a killed process left behind is removed by the next run.
 */
export interface Staging {
  /** The folder to write into. */
  readonly folder: string;
  /** Gives the folder the name `to`, beside `out`. With `replace`, an earlier run there goes. Throws RunError. */
  publish(to: string, replace: boolean): void;
  /** Removes the unfinished folder. Does nothing once it is published. */
  discard(): void;
}

/** Where a failed round goes instead. */
export function failedName(out: string): string {
  return `${out.replace(/[\\/]+$/, '')}.failed`;
}

/** Throws RunError when `out` exists and is not to be replaced: asked before the scan, not after it. */
export function stage(cwd: string, out: string, overwrite: boolean): Staging {
  const target = resolve(cwd, out);
  const name = basename(target);
  const parent = dirname(target);
  mkdirSync(parent, {recursive: true});
  removeLeftovers(parent, name);
  requireReplaceable(target, out, overwrite);
  requireReplaceable(resolve(cwd, failedName(out)), failedName(out), true);
  const folder = join(parent, `.${name}.partial-${process.pid}`);
  rmSync(folder, {recursive: true, force: true});
  mkdirSync(folder);
  let published = false;
  return {
    folder,
    publish(to, replace) {
      const final = resolve(cwd, to);
      const old = join(parent, `.${basename(final)}.replaced-${process.pid}`);
      // Another run may have got there first.
      requireReplaceable(final, to, replace);
      if (existsSync(final)) renameSync(final, old);
      try {
        renameSync(folder, final);
      } catch (error) {
        if (existsSync(old)) renameSync(old, final);
        throw error;
      }
      published = true;
      syncFolder(parent);
      rmSync(old, {recursive: true, force: true});
    },
    discard() {
      if (!published) removeUnfinished(folder);
    },
  };
}

/** A write that was given up may still make its file while the folder is emptied: then once more. */
function removeUnfinished(folder: string): void {
  for (let left = 5; ; left--) {
    try {
      rmSync(folder, {recursive: true, force: true});
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY' || left === 0) throw error;
    }
  }
}

/** Only an empty folder, or with --overwrite an earlier run, makes room: never the user's own files. */
function requireReplaceable(target: string, shown: string, overwrite: boolean): void {
  if (!existsSync(target)) return;
  if (!statSync(target).isDirectory()) {
    throw new RunError(`\`${shown}\` is a file. Name a folder for the run.`);
  }
  if (readdirSync(target).length === 0) return;
  if (!existsSync(join(target, manifestName))) {
    throw new RunError(`\`${shown}\` is there already and holds no run. Name another folder.`);
  }
  if (overwrite) return;
  throw new RunError(`\`${shown}\` is there already. Name another folder, or replace it with --overwrite.`);
}

/** Unfinished folders of processes that are gone. */
function removeLeftovers(parent: string, name: string): void {
  for (const entry of readdirSync(parent)) {
    const match = /^\.(.*)\.(partial|replaced)-(\d+)$/.exec(entry);
    if (match === null || (match[1] !== name && match[1] !== `${name}.failed`) || isAlive(Number(match[3])))
      continue;
    const left = join(parent, entry);
    const place = join(parent, match[1]);
    // Killed between two renames: the old run goes back to its place.
    if (match[2] === 'replaced' && !existsSync(place)) renameSync(left, place);
    else rmSync(left, {recursive: true, force: true});
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return pid !== process.pid;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Makes the rename last through a power cut, where the system can (Windows cannot open folders). */
function syncFolder(folder: string): void {
  try {
    const descriptor = openSync(folder, 'r');
    fsyncSync(descriptor);
    closeSync(descriptor);
  } catch {
    // Not possible here.
  }
}
