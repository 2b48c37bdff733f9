import {readFileSync} from 'node:fs';
import {dirname, extname} from 'node:path';
import {pathToFileURL} from 'node:url';
import type {PluginContext} from '../api.js';
import {ConfigError, type Problem, quote} from './error.js';
import {isMapping} from './file.js';
import {parseSource} from './parse.js';
import {displayPath, resolveFrom} from './resolve.js';
import {type KeyPath, problem, type Source} from './source.js';

/** A preset that `extends` names; looked up once the plugins are loaded. */
export interface PresetName {
  readonly preset: string;
  readonly source: Source;
  readonly path: KeyPath;
}

export interface PluginName {
  readonly url: string;
  context: PluginContext | undefined;
  readonly source: Source;
  readonly path: KeyPath;
}

export interface Layers {
  /** In merge order: what is extended comes before what extends it. */
  readonly layers: (Source | PresetName)[];
  readonly plugins: PluginName[];
  readonly problems: Problem[];
}

/** `collapse:hivemind`, and no file. With one letter before the colon it is a path of Windows. */
export function isPreset(name: string): boolean {
  return /^[a-z][a-z0-9-]+:[^/\\]/.test(name);
}

/** A chain longer than this is a mistake, or an attempt to keep the tool busy. */
const maxConfigs = 100;

/**
 * Follows `extends` from a config to everything it rests on. A file that is reached twice counts once,
 * where it is reached first, so that a shared base does not undo what was built on it.
 */
export async function collectLayers(top: Source, file: string | undefined, cwd: string): Promise<Layers> {
  const found: Layers = {layers: [], plugins: [], problems: []};
  const seen = new Set<string>(file === undefined ? [] : [file]);
  await collect(top, file === undefined ? [] : [file]);
  return found;

  async function collect(source: Source, chain: readonly string[]): Promise<void> {
    for (const [name, path] of extended(source)) {
      if (isPreset(name)) found.layers.push({preset: name, source, path});
      else await attempt(source, path, () => extend(name, source, chain));
    }
    for (const [name, path, options] of plugins(source))
      await attempt(source, path, () => addPlugin(name, source, path, options));
    found.layers.push(source);
  }

  function addPlugin(name: string, source: Source, path: KeyPath, options: PluginContext['options']): void {
    const url = pathToFileURL(resolveFrom(name, source.dir)).href;
    const given = Object.keys(options).length === 0 ? undefined : {options, folder: source.dir};
    const known = found.plugins.find(plugin => plugin.url === url);
    if (known === undefined) found.plugins.push({url, context: given, source, path});
    // Options are not mixed: paths in them are relative to the folder of their config.
    else if (given !== undefined) known.context = given;
  }

  async function extend(name: string, source: Source, chain: readonly string[]): Promise<void> {
    const target = resolveFrom(name, source.dir);
    if (chain.includes(target)) {
      const circle = [...chain.slice(chain.indexOf(target)), target].map(step => displayPath(step, cwd));
      throw new Error(`\`extends\` goes in a circle: ${circle.join(' → ')}. Remove one of these.`);
    }
    if (seen.has(target)) return;
    if (seen.size >= maxConfigs) throw new Error(`\`extends\` reaches more than ${maxConfigs} files.`);
    seen.add(target);
    await collect(await readSource(target, cwd), [...chain, target]);
  }

  async function attempt(source: Source, path: KeyPath, step: () => void | Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      if (error instanceof ConfigError) found.problems.push(...error.problems);
      else found.problems.push(problem(source, path, 'value', (error as Error).message));
    }
  }
}

/** Reads a config file: YAML, JSON, or a JavaScript module with the config as its default export. */
export async function readSource(file: string, cwd: string): Promise<Source> {
  const name = displayPath(file, cwd);
  const dir = dirname(file);
  if (/^\.[cm]?js$/.test(extname(file))) return {name, dir, value: await importConfig(file, name)};
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const reason = missing ? 'there is no such file' : (error as Error).message;
    throw new ConfigError([{message: `Config ${quote(name)} cannot be read: ${reason}.`}]);
  }
  return parseSource(bytes, name, dir);
}

/** As plain JSON: what a module exports could otherwise hold functions, getters or circles. */
async function importConfig(file: string, name: string): Promise<unknown> {
  try {
    const module: {default?: unknown} = await import(pathToFileURL(file).href);
    if (!isMapping(module.default)) throw new Error('its default export is no object');
    return JSON.parse(JSON.stringify(module.default));
  } catch (error) {
    throw new ConfigError([{message: `Config ${quote(name)} cannot be used: ${(error as Error).message}.`}]);
  }
}

/** The strings of `extends`, with their key paths; anything else is left to the schema. */
function extended(source: Source): [string, KeyPath][] {
  const value = own(source.value, 'extends');
  if (typeof value === 'string') return [[value, ['extends']]];
  if (!Array.isArray(value)) return [];
  return value.flatMap((item, index): [string, KeyPath][] =>
    typeof item === 'string' && item !== '' ? [[item, ['extends', index]]] : [],
  );
}

/** The names of `plugins` with their key paths and options; anything else is left to the schema. */
function plugins(source: Source): [string, KeyPath, PluginContext['options']][] {
  const value = own(source.value, 'plugins');
  if (!Array.isArray(value)) return [];
  return value.flatMap((item, index): [string, KeyPath, PluginContext['options']][] => {
    const name = typeof item === 'string' ? item : own(item, 'name');
    if (typeof name !== 'string' || name === '') return [];
    const options = own(item, 'options');
    return [[name, ['plugins', index], isMapping(options) ? options : {}]];
  });
}

function own(value: unknown, key: string): unknown {
  return isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
