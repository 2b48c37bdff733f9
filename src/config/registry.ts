import rules from '../../rules/index.js';
import type {FeatureFunction, Gate, Level, Plugin, PresetConfig, Provider, Rule} from '../api.js';
import gates from '../gates/index.js';
import {ConfigError, type Problem, quote} from './error.js';
import {pluginProblems} from './plugin-shape.js';

/** Everything that a config can name: built in and brought by plugins. */
export interface Registry {
  readonly rules: Map<string, Rule>;
  readonly gates: Map<string, Gate>;
  readonly features: Map<string, FeatureFunction<unknown>>;
  readonly providers: Map<string, Provider>;
  /** By the name that `extends` uses: `collapse:strict`, `plugin:preset`. */
  readonly presets: Map<string, PresetConfig>;
}

/** The features that the tool computes itself. */
const builtinFeatures = ['words', 'wordCount'];

export function builtinRegistry(): Registry {
  return composeRegistry([]);
}

/**
 * Built-in rules and gates with those of plugins, in their order.
 * @throws ConfigError for plugins of the wrong shape, and for ids that are there twice.
 */
export function composeRegistry(plugins: readonly Plugin[]): Registry {
  const problems: Problem[] = [];
  const registry = {
    rules: new Map(rules.map(rule => [rule.id, rule])),
    gates: new Map(gates.map(gate => [gate.id, gate])),
    features: new Map<string, FeatureFunction<unknown>>(),
    providers: new Map<string, Provider>(),
    presets: new Map<string, PresetConfig>(),
  };
  const names = new Set<string>();
  for (const plugin of plugins) {
    const wrong = pluginProblems(plugin);
    if (wrong.length === 0 && names.has(plugin.name))
      wrong.push('Another plugin has this name. Keep one of them.');
    problems.push(...wrong.map(text => ({message: `Plugin ${quote(plugin?.name ?? '?')}: ${text}`})));
    if (wrong.length > 0) continue;
    names.add(plugin.name);
    const add = <Item>(map: Map<string, Item>, key: string, item: Item, what: string) => {
      const taken = map.has(key) || (what !== 'preset' && builtinFeatures.includes(key));
      if (taken)
        problems.push({message: `Plugin ${quote(plugin.name)}: the ${what} ${quote(key)} is there already.`});
      else map.set(key, item);
    };
    for (const rule of plugin.rules ?? []) add(registry.rules, rule.id, rule, 'rule');
    for (const gate of plugin.gates ?? []) add(registry.gates, gate.id, gate, 'gate');
    for (const [name, preset] of Object.entries(plugin.presets ?? {})) {
      add(registry.presets, `${plugin.name}:${name}`, preset, 'preset');
    }
    for (const [name, compute] of Object.entries(plugin.features ?? {})) {
      add(registry.features, name, compute as FeatureFunction<unknown>, 'feature');
    }
    for (const [name, provider] of Object.entries(plugin.providers ?? {})) {
      if (registry.features.has(name)) {
        problems.push({message: `Plugin ${quote(plugin.name)}: ${quote(name)} is a feature and a provider.`});
      } else add(registry.providers, name, provider as Provider, 'provider');
    }
  }
  if (problems.length > 0) throw new ConfigError(problems);
  registry.presets.set('collapse:recommended', recommended(registry));
  registry.presets.set('collapse:strict', strict(registry));
  return registry;
}

/** The registry of a saved config: what worker threads call with `config.plugins`. */
export async function loadRegistry(pluginUrls: readonly string[]): Promise<Registry> {
  const plugins: Plugin[] = [];
  for (const url of pluginUrls) plugins.push(await loadPlugin(url));
  return composeRegistry(plugins);
}

/**
 * Imports a plugin module and checks its default export.
 * @throws ConfigError that says what to install or what to fix in the plugin.
 */
export async function loadPlugin(url: string): Promise<Plugin> {
  let plugin: unknown;
  try {
    plugin = ((await import(url)) as {default?: unknown}).default;
  } catch (error) {
    throw new ConfigError([{message: `Plugin ${quote(url)} cannot be loaded: ${importFailure(error)}`}]);
  }
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

function recommended({rules, gates}: Pick<Registry, 'rules' | 'gates'>): PresetConfig {
  return {
    rules: Object.fromEntries([...rules.values()].map(rule => [rule.id, rule.recommended])),
    gates: Object.fromEntries([...gates.values()].map(gate => [gate.id, gate.recommended ? 'on' : 'off'])),
  };
}

/** What is recommended counts as an error, and every gate judges. Rules that are off stay off. */
function strict({rules, gates}: Pick<Registry, 'rules' | 'gates'>): PresetConfig {
  const on = [...rules.values()].filter(rule => rule.recommended !== 'off');
  return {
    rules: Object.fromEntries(on.map(rule => [rule.id, 'error' satisfies Level])),
    gates: Object.fromEntries([...gates.keys()].map(id => [id, 'on' as const])),
  };
}
