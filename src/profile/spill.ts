import {closeSync, openSync, readSync, writevSync} from 'node:fs';
import {join} from 'node:path';
import {inputError} from '../corpus/errors.js';
import type {Streamed} from './container/index.js';

/** A column that grows at its end, of which little is in memory. */
export interface SpilledColumn extends Streamed {
  /** Not copied, and not to be changed afterwards. */
  append(part: Uint8Array | Uint32Array | Float64Array): void;
}

export interface Spill {
  column(): SpilledColumn;
  close(): void;
}

/** Bytes of a column that wait in memory, so that what fits there never becomes a file. */
const waitingBytes = 1 << 20;

/** Columns of a corpus, each in a file of its own in `folder` once it is large. */
export function createSpill(folder: string): Spill {
  const open: number[] = [];

  function column(): SpilledColumn {
    const waiting: Uint8Array[] = [];
    let waitingLength = 0;
    let written = 0;
    let file: number | undefined;

    function flush(): void {
      try {
        if (file === undefined) {
          file = openSync(join(folder, `column-${open.length}`), 'wx+', 0o600);
          open.push(file);
        }
        const from = written;
        while (waiting.length > 0) {
          // As many buffers as every system takes at once.
          const some = waiting.splice(0, 512);
          const length = some.reduce((sum, part) => sum + part.length, 0);
          let done = writevSync(file, some, written);
          // A disk that is nearly full takes a part: the next write says what is wrong.
          const all = done < length ? Buffer.concat(some) : undefined;
          while (all !== undefined && done < length)
            done += writevSync(file, [all.subarray(done)], written + done);
          written += length;
        }
        waitingLength -= written - from;
      } catch (error) {
        throw inputError('Cannot keep the summaries of the corpus in a temporary file', error);
      }
    }

    return {
      get length() {
        return written + waitingLength;
      },
      append(part) {
        if (part.byteLength === 0) return;
        waiting.push(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
        waitingLength += part.byteLength;
        if (waitingLength >= waitingBytes) flush();
      },
      *pieces() {
        const buffer = new Uint8Array(Math.min(written, waitingBytes));
        for (let at = 0; at < written; ) {
          const read = readSync(file!, buffer, 0, Math.min(buffer.length, written - at), at);
          if (read === 0) throw new Error('A temporary file became shorter while it was read.');
          yield buffer.subarray(0, read);
          at += read;
        }
        yield* waiting;
      },
    };
  }

  return {
    column,
    close() {
      for (const file of open.splice(0)) closeSync(file);
    },
  };
}
