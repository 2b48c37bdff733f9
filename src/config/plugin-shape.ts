import {gateProblems, ruleProblems} from './entry-shape.js';
import {quote} from './error.js';
import {isMapping} from './file.js';
import {suggest} from './suggest.js';

const pluginKeys = ['name', 'rules', 'gates', 'features', 'providers', 'presets'];

/** What is wrong with a plugin module's default export, in sentences; empty when it can be used. */
export function pluginProblems(plugin: unknown): string[] {
  if (!isMapping(plugin)) {
    return ['It has no plugin as its default export. Write `export default definePlugin({…})`.'];
  }
  const {name} = plugin;
  if (typeof name !== 'string' || !/^[a-z][a-z0-9-]+$/.test(name) || name === 'collapse') {
    return [
      `Its \`name\` must be lower-case letters, digits and \`-\`, other than \`collapse\`; it is ${quote(name)}.`,
    ];
  }
  return [
    ...Object.keys(plugin)
      .filter(key => !pluginKeys.includes(key))
      .map(key => `It has an unknown key ${quote(key)}.${suggest(key, pluginKeys)}`),
    ...items(plugin, 'rules').flatMap((rule, index) => ruleProblems(rule, index, name)),
    ...items(plugin, 'gates').flatMap((gate, index) => gateProblems(gate, index, name)),
    ...members(plugin, 'features', isFunction, 'a function'),
    ...members(plugin, 'providers', isProvider, '`{batch, provide}` with a whole number of records per call'),
    ...members(plugin, 'presets', isPreset, 'a mapping of `rules`, `gates`, `fields` and `weights`'),
    ...(['rules', 'gates'] as const).flatMap(key =>
      plugin[key] === undefined || Array.isArray(plugin[key]) ? [] : [`Its \`${key}\` must be a list.`],
    ),
  ];
}

type Mapping = Readonly<Record<string, unknown>>;

function items(plugin: Mapping, key: string): readonly unknown[] {
  return Array.isArray(plugin[key]) ? plugin[key] : [];
}

function members(
  plugin: Mapping,
  key: string,
  accepts: (value: unknown) => boolean,
  wanted: string,
): string[] {
  const value = plugin[key];
  if (value === undefined) return [];
  if (!isMapping(value)) return [`Its \`${key}\` must be a mapping.`];
  return Object.keys(value).flatMap(name =>
    accepts(value[name]) ? [] : [`Its \`${key}.${name}\` must be ${wanted}.`],
  );
}

function isProvider(value: unknown): boolean {
  return (
    isMapping(value) && Number.isInteger(value.batch) && Number(value.batch) > 0 && isFunction(value.provide)
  );
}

function isPreset(value: unknown): boolean {
  return (
    isMapping(value) && Object.keys(value).every(key => ['rules', 'gates', 'fields', 'weights'].includes(key))
  );
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}
