import {compilePath} from '../api.js';
import type {Problem} from './error.js';
import {list} from './file.js';
import {compileGlob} from './glob.js';
import {type KeyPath, problem, type ValidSource} from './source.js';

/** What a schema cannot say: whether field paths and glob patterns can be read. */
export function checkPatterns(source: ValidSource): Problem[] {
  const {fields = {}, overrides = [], waivers = []} = source.value;
  const problems: Problem[] = [];
  for (const [role, paths] of Object.entries(fields)) {
    for (const [path, at] of located(paths, ['fields', role])) attempt(() => compilePath(path), at, 'value');
  }
  for (const [index, {files, where = {}}] of overrides.entries()) {
    for (const [glob, at] of located(files, ['overrides', index, 'files'])) {
      attempt(() => compileGlob(glob), at, 'value');
    }
    for (const path of Object.keys(where)) {
      attempt(() => compilePath(path), ['overrides', index, 'where', path], 'key');
    }
  }
  for (const [index, {files, until}] of waivers.entries()) {
    for (const [glob, at] of located(files, ['waivers', index, 'files']))
      attempt(() => compileGlob(glob), at, 'value');
    if (until !== undefined) attempt(() => requireDay(until), ['waivers', index, 'until'], 'value');
  }
  return problems;

  function attempt(compile: () => unknown, path: KeyPath, at: 'key' | 'value'): void {
    try {
      compile();
    } catch (error) {
      problems.push(problem(source, path, at, (error as Error).message));
    }
  }
}

/** One string or each of a list, with the key path to it. */
function located(value: string | readonly string[] | undefined, path: KeyPath): [string, KeyPath][] {
  if (typeof value === 'string') return [[value, path]];
  return list(value).map((item, index) => [item, [...path, index]]);
}

function requireDay(day: string): void {
  if (new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day)) return;
  throw new Error(`\`${day}\` is no day. Write it as \`2026-12-31\`.`);
}
