import {createHash} from 'node:crypto';
import {relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {Config} from './config.js';
import {slashes} from './resolve.js';

/**
 * SHA-256, in hex, of the config as canonical JSON. Paths count relative to the config's folder, so that
 * the same config has the same hash in another checkout or on another machine.
 */
export function configHash(config: Config): string {
  const fromRoot = (path: string) => slashes(relative(config.root, path));
  const plugin = (url: string) => fromRoot(fileURLToPath(url));
  const portable = {
    ...config,
    root: '',
    references: config.references.map(({path, role}) => ({path: fromRoot(path), role})),
    plugins: config.plugins.map(plugin),
    ...(config.pluginOptions && {
      pluginOptions: Object.entries(config.pluginOptions)
        .map(([url, {options, folder}]) => ({plugin: plugin(url), options, folder: fromRoot(folder)}))
        .sort((one, other) => (one.plugin < other.plugin ? -1 : 1)),
    }),
  };
  return createHash('sha256').update(canonicalJson(portable)).digest('hex');
}

/** JSON with the keys of every object in code unit order. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
