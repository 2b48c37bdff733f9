import {randomBytes} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {hostname} from 'node:os';

/** Who holds a lock. `started` tells a process from a later one with the same number, where it is known. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly started: string | null;
  readonly token: string;
}

/** A holder that no other has ever been. */
export function thisProcess(): Holder {
  const token = randomBytes(8).toString('hex');
  return {pid: process.pid, host: hostname(), started: startOf(process.pid), token};
}

/** Another machine's processes cannot be asked; its lock is never broken. */
export function isDead(holder: Holder): boolean {
  if (holder.host !== hostname()) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
  const started = startOf(holder.pid);
  return started !== null && holder.started !== null && started !== holder.started;
}

/**
 * When a process started, in clock ticks since the machine did; only on Linux. Needed because in a container
 * the same process number soon comes again.
 */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field, the program's name, may hold anything, also spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // Z: killed, and its parent has not asked yet.
    return fields[0] === 'Z' ? 'ended' : (fields[19] ?? null);
  } catch {
    return null;
  }
}
