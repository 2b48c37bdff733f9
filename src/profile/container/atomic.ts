import {randomBytes} from 'node:crypto';
import {existsSync, realpathSync, rmSync, statSync} from 'node:fs';
import {type FileHandle, open, readdir, rename, rm} from 'node:fs/promises';
import {basename, dirname, join, resolve} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {fromSystem} from './error.js';
import {takeLock} from './lock.js';

export interface WriteOptions {
  /** Milliseconds to wait for another process that is writing the same profile. Default 60000. */
  readonly patience?: number;
}

/**
 * Writes a file under another name in the same folder, makes sure it is on the disk, and renames it in: at
 * any moment the old content or the new one is there, complete. Only one process at a time, by a lock;
 * what earlier ones left behind when they were killed is removed. `write` gets the file that is replaced,
 * or undefined where there is none.
 */
export async function replaceFile(
  path: string,
  options: WriteOptions,
  write: (handle: FileHandle, old: string | undefined) => Promise<void>,
): Promise<void> {
  try {
    // A link stays a link: what it points to is replaced.
    const target = existsSync(path) ? realpathSync(path) : resolve(path);
    const lock = await takeLock(path, target, options.patience ?? 60_000);
    const temporary = `${target}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
    const cleanUp = (): void => {
      rmSync(temporary, {force: true});
      lock.release();
    };
    // For a caller that ends the process on Ctrl-C; after a kill the next writer does it.
    process.once('exit', cleanUp);
    try {
      await removeLeftovers(target);
      await writeThrough(temporary, target, write);
      lock.requireHeld();
      await renameInto(temporary, target);
      await syncFolder(dirname(target));
    } finally {
      process.off('exit', cleanUp);
      cleanUp();
    }
  } catch (error) {
    throw fromSystem(path, 'write', error);
  }
}

async function writeThrough(
  temporary: string,
  target: string,
  write: (handle: FileHandle, old: string | undefined) => Promise<void>,
): Promise<void> {
  const old = existsSync(target) ? target : undefined;
  const handle = await open(temporary, 'wx');
  try {
    if (old !== undefined) await handle.chmod(statSync(old).mode & 0o7777);
    await write(handle, old);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** With the lock held nobody else writes this file, so every temporary copy of it is a dead one's. */
async function removeLeftovers(target: string): Promise<void> {
  const folder = dirname(target);
  const name = basename(target);
  for (const file of await readdir(folder)) {
    const rest = file.startsWith(`${name}.`) ? file.slice(name.length) : '';
    if (/^\.\d+\.[0-9a-f]{8}\.tmp$|^\.lock\.[0-9a-f]{8}$/.test(rest))
      await rm(join(folder, file), {force: true});
  }
}

/** Windows refuses to replace a file that is open anywhere, by a virus scanner for instance. */
async function renameInto(temporary: string, target: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await rename(temporary, target);
    } catch (error) {
      if (process.platform !== 'win32' || attempt === 20) throw error;
      await sleep(10 * attempt);
    }
  }
}

/** Makes the new name durable. Not every system can do this with a folder, and none loses content by it. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // The rename stands; only a power cut in the next seconds could bring the old file back.
  }
}
