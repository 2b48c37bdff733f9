import rules from '../../rules/index.js';
import type {
  FeatureFunction,
  Features,
  Gate,
  Plugin,
  PluginContext,
  PluginFactory,
  PresetConfig,
  Provider,
  Rule,
} from '../api.js';
import gates from '../gates/index.js';
import type {Config} from './config.js';
import {ConfigError, type Problem, quote} from './error.js';
import {pluginProblems} from './plugin-shape.js';
import {recommended, strict} from './presets.js';
import {published} from './published.js';

/** Everything that a config can name: built in and brought by plugins. */
export interface Registry {
  readonly rules: Map<string, Rule>;
  readonly gates: Map<string, Gate>;
  readonly features: Map<string, FeatureFunction<unknown>>;
  readonly providers: Map<string, Provider>;
  /** By the name that `extends` uses: `collapse:strict`, `plugin:preset`. */
  readonly presets: Map<string, PresetConfig>;
  /** True when plugins were given as objects: threads cannot load them, so all work stays in one. */
  readonly local: boolean;
}

/** The features that the tool computes itself. */
const builtinFeatures: readonly string[] = [
  'words',
  'wordCount',
  'wordHashes',
  'repeats',
  'parts',
  'row',
  'sentences',
  'style',
] satisfies (keyof Features)[];

export function builtinRegistry(): Registry {
  return composeRegistry([]);
}

/**
 * Built-in rules and gates with those of plugins, in their order.
 * @throws ConfigError for plugins of the wrong shape, and for names that are there twice.
 */
export function composeRegistry(plugins: readonly Plugin[], local = false): Registry {
  const registry: Registry = {
    rules: new Map(rules.map(rule => [rule.id, rule])),
    gates: new Map(gates.map(gate => [gate.id, gate])),
    features: new Map(),
    providers: new Map(),
    presets: new Map(),
    local,
  };
  const names = new Set<string>();
  const problems: Problem[] = plugins.flatMap(plugin => {
    const wrong = pluginProblems(plugin);
    if (wrong.length === 0) {
      if (names.has(plugin.name)) wrong.push('Another plugin has this name. Keep one of them.');
      else wrong.push(...addPlugin(registry, plugin));
      names.add(plugin.name);
    }
    return wrong.map(text => ({message: `Plugin ${quote(plugin?.name ?? '?')}: ${text}`}));
  });
  if (problems.length > 0) throw new ConfigError(problems);
  registry.presets.set('collapse:recommended', recommended(registry));
  registry.presets.set('collapse:strict', strict(registry));
  for (const [name, preset] of Object.entries(published)) registry.presets.set(`collapse:${name}`, preset);
  return registry;
}

/** Adds what a plugin brings; says which names were taken. */
function addPlugin(registry: Registry, plugin: Plugin): string[] {
  const {name, rules = [], gates = [], features = {}, providers = {}, presets = {}} = plugin;
  const isFeature = (key: string) =>
    builtinFeatures.includes(key) || registry.features.has(key) || registry.providers.has(key);
  return [
    ...rules.flatMap(rule => add(registry.rules, rule.id, rule)),
    ...gates.flatMap(gate => add(registry.gates, gate.id, gate)),
    ...Object.entries(presets).flatMap(([key, preset]) => add(registry.presets, `${name}:${key}`, preset)),
    ...Object.entries<unknown>(features).flatMap(([key, compute]) =>
      add(registry.features, key, compute as FeatureFunction<unknown>, isFeature),
    ),
    ...Object.entries<unknown>(providers).flatMap(([key, provider]) =>
      add(registry.providers, key, provider as Provider, isFeature),
    ),
  ];
}

function add<Item>(
  items: Map<string, Item>,
  key: string,
  item: Item,
  isTaken: (key: string) => boolean = name => items.has(name),
): string[] {
  if (isTaken(key)) return [`${quote(key)} is there already. Give one of them another name.`];
  items.set(key, item);
  return [];
}

/** The registry of a saved config: what worker threads call. */
export async function loadRegistry({
  plugins: urls,
  pluginOptions = {},
}: Pick<Config, 'plugins' | 'pluginOptions'>): Promise<Registry> {
  const plugins: Plugin[] = [];
  for (const url of urls) plugins.push(await loadPlugin(url, pluginOptions[url]));
  return composeRegistry(plugins);
}

/**
 * Imports a plugin module and checks its default export.
 * @throws ConfigError that says what to install or what to fix in the plugin.
 */
export async function loadPlugin(url: string, context?: PluginContext): Promise<Plugin> {
  let plugin: unknown;
  try {
    plugin = ((await import(url)) as {default?: unknown}).default;
  } catch (error) {
    throw new ConfigError([{message: `Plugin ${quote(url)} cannot be loaded: ${importFailure(error)}`}]);
  }
  if (typeof plugin === 'function') {
    try {
      plugin = (plugin as PluginFactory)(context ?? {options: {}, folder: process.cwd()});
    } catch (error) {
      throw new ConfigError([{message: `Plugin ${quote(url)}: ${(error as Error).message}`}]);
    }
  } else if (context !== undefined)
    throw new ConfigError([{message: `Plugin ${quote(url)} takes no options: remove \`options\`.`}]);
  const problems = pluginProblems(plugin);
  if (problems.length === 0) return plugin as Plugin;
  throw new ConfigError(problems.map(text => ({message: `Plugin ${quote(url)}: ${text}`})));
}

function importFailure(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [, missing] = /Cannot find package '([^']+)'/.exec(message) ?? [];
  return missing === undefined
    ? message
    : `it needs ${quote(missing)}. Run ${quote(`npm install ${missing}`)}.`;
}
