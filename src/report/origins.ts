import type {Report} from './report.js';

/** Where values of the config came from, by key path: `.collapserc:12:3`, `--gate`, `default`. */
export type Origins = ReadonlyMap<string, string>;

/** A line of a file. */
export interface Line {
  readonly path: string;
  readonly line: number;
}

/**
 * The line of the config that a gate's limit stands in, else the one that switches it on; the first line of
 * the file where it is only there by default; undefined when there is no file.
 */
export function lineOfGate(id: string, {config}: Report, origins: Origins | undefined): Line | undefined {
  const limits = [`gates.${id}.maximum`, `gates.${id}.minimum`, `gates.${id}`];
  return lineOf([...limits, ...optionsOf(id, origins)], config, origins);
}

/** The same of a rule: its level, or an option of it. */
export function lineOfRule(id: string, {config}: Report, origins: Origins | undefined): Line | undefined {
  return lineOf([`rules.${id}`], config, origins);
}

function lineOf(keys: readonly string[], config: Report['config'], origins: Origins | undefined) {
  for (const key of keys) {
    const found = /^(.+):(\d+):\d+$/.exec(origins?.get(key) ?? '');
    if (found !== null) return {path: found[1]!, line: Number(found[2])};
  }
  return config.path === null ? undefined : {path: config.path, line: 1};
}

function optionsOf(id: string, origins: Origins | undefined): string[] {
  return [...(origins?.keys() ?? [])].filter(key => key.startsWith(`gates.${id}.`));
}
