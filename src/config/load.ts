import {dirname, resolve} from 'node:path';
import type {Plugin} from '../api.js';
import {checkPatterns} from './checks.js';
import {applyCli, type CliSettings} from './cli.js';
import {gateSource} from './cli-gates.js';
import type {Config} from './config.js';
import {addIgnore, applyLayer, type Draft, presetSource, startDraft} from './draft.js';
import {ConfigError, type Problem, quote, renderProblem} from './error.js';
import {type ConfigFile, isMapping} from './file.js';
import {findConfig} from './find.js';
import {readIgnoreFile} from './ignore-file.js';
import {collectLayers, isPreset, type Layers, type PresetName, readSource} from './layers.js';
import {namedFiles} from './named-files.js';
import {resolveOverrides} from './overrides.js';
import {composeRegistry, loadPlugin, type Registry} from './registry.js';
import {origin, problem, type Source, type ValidSource} from './source.js';
import {suggest} from './suggest.js';
import {planVariants} from './variants.js';

export interface LoadOptions {
  /** Working folder: where the search starts and what paths on the command line are relative to. */
  readonly cwd: string;
  /** Use this config file, or preset (`collapse:hivemind`), instead of searching for a file. */
  readonly file?: string | undefined;
  /** Use no config file, only what is recommended. */
  readonly noConfig?: boolean | undefined;
  readonly cli?: CliSettings | undefined;
  /** A config as an object, instead of a file; its paths are relative to `cwd`. */
  readonly config?: ConfigFile | undefined;
  /** Plugins that are at hand as objects. Worker threads cannot load them. */
  readonly plugins?: readonly Plugin[] | undefined;
}

export interface Loaded {
  readonly config: Config;
  readonly registry: Registry;
  /** Absolute path of the config file; null when there is none. */
  readonly path: string | null;
  /** Key path like `rules.duplicate/near.minimum` to where its value came from: `.collapserc:12:3`, `--rule`. */
  readonly origins: ReadonlyMap<string, string>;
}

/**
 * Finds, reads, checks and merges the config of a run: what is recommended, then `extends` in order, then
 * the file, then the command line.
 * @throws ConfigError with everything that is wrong, each with file, line and column.
 */
export async function loadConfig(options: LoadOptions): Promise<Loaded> {
  const cwd = resolve(options.cwd);
  const path = findPath(options, cwd);
  const top = await readTop(options, path, cwd);
  const found: Layers = top
    ? await collectLayers(top, path ?? undefined, cwd)
    : {layers: [], plugins: [], problems: []};
  const problems = [...found.problems];
  const plugins = await loadPlugins(found, problems);
  stopAt(problems);

  const objects = options.plugins ?? [];
  const registry = composeRegistry([...plugins, ...objects], objects.length > 0);
  const sources = lookUpPresets(found.layers, registry, problems);
  const byFlag = gateSource(options.cli?.gates ?? [], registry.gates, cwd);
  problems.push(...byFlag.problems);
  if (byFlag.source) sources.push(byFlag.source);
  problems.push(...(await checkSources(sources, registry)));
  const draft = startDraft(registry);
  const root = path === null ? cwd : dirname(path);
  if (problems.length === 0) for (const source of sources) applyLayer(draft, source as ValidSource);
  for (const {glob, origin} of readIgnoreFile(root, cwd, problems)) addIgnore(draft, glob, origin);
  problems.push(...applyCli(draft, options.cli ?? {}, cwd, root));
  stopAt(problems);

  const settled = finish(draft, root, found.plugins);
  const files = namedFiles(settled, registry);
  const config = Object.keys(files).length === 0 ? settled : {...settled, files};
  // What cannot be planned must fail here, not in the worker threads.
  if (config.overrides.length > 0) planVariants(config);
  return {config, registry, path, origins: draft.origins};
}

function findPath({file, noConfig, config}: LoadOptions, cwd: string): string | null {
  if (noConfig || config !== undefined) return null;
  if (file !== undefined && isPreset(file)) return null;
  return file === undefined ? findConfig(cwd) : resolve(cwd, file);
}

async function readTop(
  {config, file, noConfig}: LoadOptions,
  path: string | null,
  cwd: string,
): Promise<Source | undefined> {
  if (path !== null) return readSource(path, cwd);
  if (config === undefined && !noConfig && file !== undefined && isPreset(file))
    return {name: '--config', dir: cwd, value: {extends: file}};
  if (config === undefined) return undefined;
  try {
    return {name: 'config', dir: cwd, value: structuredClone(config)};
  } catch (error) {
    throw new ConfigError([{message: `A config must be plain data: ${(error as Error).message}`}]);
  }
}

async function loadPlugins(found: Layers, problems: Problem[]): Promise<Plugin[]> {
  const plugins: Plugin[] = [];
  for (const {url, context, source, path} of found.plugins) {
    try {
      plugins.push(await loadPlugin(url, context));
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      problems.push(...error.problems.map(({message}) => problem(source, path, 'value', message)));
    }
  }
  return plugins;
}

/** What the schema finds; in a config where that is nothing, what it cannot see. */
async function checkSources(sources: readonly Source[], registry: Registry): Promise<Problem[]> {
  const {presets} = registry;
  const builtin = [presets.get('collapse:recommended'), presets.get('collapse:strict')];
  const written = sources.filter(
    ({value}) => !builtin.some(preset => preset === value) && !onlyExtends(value),
  );
  // ajv takes a while to load: without a config there is nothing to check.
  if (written.length === 0) return [];
  const {validateSources} = await import('./validate.js');
  const found = await validateSources(written, registry);
  return written.flatMap((source, index) => {
    const problems = found[index] ?? [];
    return problems.length > 0 ? inOrder(problems) : checkPatterns(source as ValidSource);
  });
}

/** Nothing but names of configs, each of which was found. */
function onlyExtends(value: unknown): boolean {
  if (!isMapping(value) || Object.keys(value).join() !== 'extends') return false;
  return [value.extends].flat().every(name => typeof name === 'string');
}

function inOrder(problems: readonly Problem[]): Problem[] {
  return problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

/** The layers with presets in the place of their names. */
function lookUpPresets(layers: Layers['layers'], {presets}: Registry, problems: Problem[]): Source[] {
  return layers.flatMap((layer): Source[] => {
    if (!('preset' in layer)) return [layer];
    const preset = presets.get(layer.preset);
    if (preset !== undefined) return [presetSource(layer.preset, preset)];
    problems.push(unknownPreset(layer, [...presets.keys()]));
    return [];
  });
}

function unknownPreset({preset, source, path}: PresetName, known: readonly string[]): Problem {
  const plugin = preset.slice(0, preset.indexOf(':') + 1);
  const ours = known.filter(name => name.startsWith(plugin));
  const hint =
    ours.length > 0
      ? ` There are ${ours.map(quote).join(', ')}.`
      : ' If a plugin brings it, name the plugin under `plugins`.';
  return problem(source, path, 'value', `Unknown preset ${quote(preset)}.${suggest(preset, known) || hint}`);
}

function finish(draft: Draft, root: string, plugins: Layers['plugins']): Config {
  const {origins} = draft;
  const references = [...draft.references.values()];
  const ignore = [...draft.ignore];
  for (const [index, {source, path}] of plugins.entries())
    origins.set(`plugins.${index}`, origin(source, path));
  const withOptions = plugins.flatMap(({url, context}) => (context === undefined ? [] : [[url, context]]));
  for (const [index, reference] of references.entries()) origins.set(`references.${index}`, reference.origin);
  for (const [index, [, from]] of ignore.entries()) origins.set(`ignore.${index}`, from);
  for (const [index, {origin: from}] of draft.waivers.entries()) origins.set(`waivers.${index}`, from);
  return {
    fields: Object.fromEntries(draft.fields),
    ...(draft.records.size > 0 && {records: Object.fromEntries(draft.records)}),
    rules: Object.fromEntries(draft.rules),
    gates: Object.fromEntries(draft.gates),
    overrides: resolveOverrides(draft),
    ...(draft.waivers.length > 0 && {waivers: draft.waivers.map(({waiver}) => waiver)}),
    references: references.map(({setting}) => setting),
    ignore: ignore.map(([glob]) => glob),
    ...(draft.weights && {weights: draft.weights}),
    maxMalformed: draft.maxMalformed,
    maxFindings: draft.maxFindings,
    sampleAbove: draft.sampleAbove,
    failOn: draft.failOn,
    plugins: plugins.map(({url}) => url),
    ...(withOptions.length > 0 && {pluginOptions: Object.fromEntries(withOptions)}),
    root,
  };
}

function stopAt(problems: readonly Problem[]): void {
  // What several aliases stand for is wrong several times, in one place.
  const distinct = new Map(problems.map(found => [renderProblem(found), found]));
  if (distinct.size > 0) throw new ConfigError([...distinct.values()]);
}
