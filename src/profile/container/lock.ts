import {randomBytes} from 'node:crypto';
import {readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import {ProfileError, shown} from './error.js';
import {type Holder, isDead, thisProcess} from './process.js';

export interface Lock {
  /** Throws ProfileError when another process took the lock for abandoned and broke it. */
  requireHeld(): void;
  release(): void;
}

const pollMilliseconds = 50;
/** A lock file without readable content is being written right now, unless it stays that way. */
const unreadableMilliseconds = 1000;

/** What Windows says about a file that is just being deleted. */
const transient = process.platform === 'win32' ? ['EPERM', 'EBUSY'] : [];

/**
 * Takes `<target>.lock`, so that of two processes that extend a profile at once neither loses its segment.
 * Breaks the lock of a process that died on this machine; waits up to `patience` ms for one that lives.
 */
export async function takeLock(path: string, target: string, patience: number): Promise<Lock> {
  const file = `${target}.lock`;
  const me = thisProcess();
  const start = performance.now();
  let unreadableSince: number | undefined;
  while (!created(file, me)) {
    const now = performance.now();
    const content = contentOf(file);
    const holder = parse(content);
    unreadableSince = content === undefined || holder !== undefined ? undefined : (unreadableSince ?? now);
    const abandoned =
      holder === undefined
        ? unreadableSince !== undefined && now - unreadableSince > unreadableMilliseconds
        : isDead(holder);
    if (abandoned && breakLock(file, content)) continue;
    if (now - start >= patience) throw busy(path, file, holder);
    await sleep(pollMilliseconds);
  }
  const isMine = (): boolean => parse(contentOf(file))?.token === me.token;
  return {
    requireHeld() {
      if (isMine()) return;
      throw new ProfileError(
        `Profile \`${shown(path)}\` was left as it is: another process took over its lock. Run again.`,
        path,
      );
    },
    release() {
      if (isMine()) rmSync(file, {force: true});
    },
  };
}

function created(file: string, me: Holder): boolean {
  try {
    writeFileSync(file, JSON.stringify(me), {flag: 'wx'});
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST', ...transient)) return false;
    throw error;
  }
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT', ...transient)) return undefined;
    throw error;
  }
}

function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

function parse(content: string | undefined): Holder | undefined {
  try {
    const {pid, host, started, token} = JSON.parse(content ?? '');
    return Number.isSafeInteger(pid) && pid > 0 ? {pid, host, started, token} : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Moved away first and looked at again: between reading and removing, another process may have broken the
 * same lock and taken its own. That one is put back; should a third have come in between, the loser learns
 * it from `requireHeld` before it replaces anything.
 */
function breakLock(file: string, content: string | undefined): boolean {
  const aside = `${file}.${randomBytes(4).toString('hex')}`;
  try {
    renameSync(file, aside);
  } catch {
    return false;
  }
  if (contentOf(aside) === content) rmSync(aside, {force: true});
  else putBack(aside, file);
  return true;
}

function putBack(aside: string, file: string): void {
  try {
    writeFileSync(file, readFileSync(aside), {flag: 'wx'});
  } catch {
    // Taken by a third process.
  }
  rmSync(aside, {force: true});
}

function busy(path: string, file: string, holder: Holder | undefined): ProfileError {
  const who = holder ? `process ${holder.pid} on \`${shown(String(holder.host))}\`` : 'an unknown process';
  return new ProfileError(
    `Profile \`${shown(path)}\` is being written by ${who}. Wait until it is done and run again; if no such ` +
      `process is running, delete \`${shown(file)}\`.`,
    path,
  );
}
