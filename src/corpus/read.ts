import {closeSync, openSync, readSync} from 'node:fs';
import {inputError, quoted, shrunk} from './errors.js';
import type {Input} from './input.js';

/** Reads byte ranges of inputs, for later looks at records. One per thread. */
export interface RecordReader {
  /**
   * The bytes `[start, end)` of the plain file, in memory of their own. Throws InputError when they cannot
   * be had.
   */
  read(input: Pick<Input, 'path' | 'file'>, start: number, end: number): Buffer<ArrayBuffer>;
  /** Closes all files. Reading again opens them again. */
  close(): void;
}

/** Keeps the `maxOpen` files open that were read last: a round may have thousands. */
export function recordReader(maxOpen = 32): RecordReader {
  // A Map remembers the order of insertion: its first key is the file that was used longest ago.
  const open = new Map<string, number>();

  const descriptor = (file: string): number => {
    const found = open.get(file);
    if (found !== undefined) open.delete(file);
    const fd = found ?? openSync(file, 'r');
    open.set(file, fd);
    if (open.size > maxOpen) {
      const [oldest, oldFd] = open.entries().next().value!;
      open.delete(oldest);
      closeSync(oldFd);
    }
    return fd;
  };

  return {
    read(input, start, end) {
      const bytes = Buffer.allocUnsafeSlow(end - start);
      try {
        const fd = descriptor(input.file);
        for (let filled = 0; filled < bytes.length; ) {
          const got = readSync(fd, bytes, filled, bytes.length - filled, start + filled);
          if (got === 0) throw shrunk(input.path);
          filled += got;
        }
      } catch (error) {
        throw inputError(`Cannot read ${quoted(input.path)}`, error);
      }
      return bytes;
    },
    close() {
      for (const fd of open.values()) closeSync(fd);
      open.clear();
    },
  };
}
