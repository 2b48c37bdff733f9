import {resolve} from 'node:path';
import type {Loaded} from '../config/load.js';
import type {RunExceptions} from './exceptions.js';

export interface BeforehandOptions {
  readonly cwd: string;
  /** Report of an earlier run whose findings do not count. */
  readonly baseline?: string | undefined;
  /** Day of the run, for what ends: `2026-12-31`. Default: today. */
  readonly today?: string | undefined;
}

/**
 * Baseline, waivers and decisions that hold for a run; undefined when there are none.
 * @throws InputError, DecisionsError for what cannot be read.
 */
export async function exceptionsFor(
  loaded: Loaded,
  {cwd, baseline, today}: BeforehandOptions,
): Promise<RunExceptions | undefined> {
  const {loadExceptions} = await import('./exceptions.js');
  const read =
    baseline === undefined
      ? undefined
      : await (await import('./baseline.js')).readBaseline(resolve(cwd, baseline), baseline);
  return loadExceptions({
    ...loaded,
    cwd,
    baseline: read,
    today: today ?? new Date().toISOString().slice(0, 10),
  });
}
