import {writeSync} from 'node:fs';
import {isatty} from 'node:tty';
import {threadId} from 'node:worker_threads';

export interface Progress {
  /** For the library: it calls it with what it has read of each file. */
  readonly callback: (event: LoadEvent) => void;
  done(): void;
}

interface LoadEvent {
  readonly status: string;
  readonly file?: string;
  readonly loaded?: number;
  readonly total?: number;
}

/** Models take a while to load: on a terminal a line says so. Threads load the same one, so one of them tells. */
export function createProgress(name: string): Progress {
  const {CI, TERM} = process.env;
  const shown = threadId <= 1 && isatty(2) && TERM !== 'dumb' && (!CI || CI === 'false' || CI === '0');
  let last = 0;
  const show = (text: string) => {
    try {
      // A thread has no standard error of its own: what it writes to `process.stderr` waits for the main thread.
      writeSync(2, `\r${text}\x1b[K`);
    } catch {
      // A terminal that is busy is no reason to stop.
    }
  };
  if (shown) show(`Loading ${name}`);
  return {
    callback({status, file = '', loaded = 0, total = 0}) {
      const now = Date.now();
      if (!shown || status !== 'progress' || now - last < 100) return;
      last = now;
      show(`Loading ${name}: ${file} ${(loaded / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB`);
    },
    done() {
      if (shown) show('');
    },
  };
}
