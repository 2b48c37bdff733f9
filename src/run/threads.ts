import {availableParallelism} from 'node:os';
import type {Plugin} from '../api.js';
import {defaultChunkBytes} from '../corpus/chunks.js';
import {EngineError} from '../engine/errors.js';

/** The number of threads that was asked for, if it can be had. */
export function requireThreads<T extends number | undefined>(threads: T, plugins: readonly Plugin[]): T {
  if (threads === undefined) return threads;
  if (!Number.isInteger(threads) || threads < 0) {
    throw new EngineError(
      `\`concurrency\` must be a whole number from 0, the number of threads; it is ${threads}.`,
    );
  }
  if (threads > 0 && plugins.length > 0) {
    throw new EngineError(
      'Plugins given as objects cannot cross threads: set `concurrency` to 0, or name their modules under `plugins` in the config.',
    );
  }
  return threads;
}

/** Below this many bytes a thread costs more than it saves. */
const smallRound = 4 << 20;
/** Threads that are made when they are asked for, whether there is work for them or not. */
const alwaysMade = 8;

/**
 * Threads for so many bytes of input. A thread takes some 15 MB before it has done anything, so there are no more
 * of them than chunks to read.
 */
export function threadsFor(bytes: number, wanted: number | undefined): number {
  if (wanted === undefined) return bytes < smallRound ? 0 : availableParallelism();
  return Math.min(wanted, Math.max(alwaysMade, Math.ceil(bytes / defaultChunkBytes)));
}
