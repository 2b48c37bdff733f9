import type {Plugin} from '../api.js';
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
