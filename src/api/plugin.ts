import type {Gate} from './gates.js';
import type {CorpusRecord, Features} from './record.js';
import type {FeatureContext, Level} from './rule.js';
import type {Rule} from './rules.js';

/** Computes a feature from one record, on demand, at most once. What throws counts as the asking rule's. */
export type FeatureFunction<Value> = (record: CorpusRecord) => Value;

/**
 * Computes a feature for many records at once, before the rules that `need` it run: a model, a service. In a
 * thread one call follows the other. What rejects, or gives not one value per record, ends the run with the
 * provider's name.
 */
export interface Provider<Value = unknown> {
  /** Records per call at most, from 1. */
  readonly batch: number;
  /** One value per record, in order. `context` gives features that the tool or a plugin computes itself. */
  provide(records: readonly CorpusRecord[], context: FeatureContext): Promise<readonly Value[]>;
}

/** What a preset holds: the same keys as `.collapserc`. */
export interface PresetConfig {
  readonly rules?: Readonly<Record<string, Level | readonly [Level, Readonly<Record<string, unknown>>]>>;
  readonly gates?: Readonly<Record<string, 'off' | 'on' | Readonly<Record<string, unknown>>>>;
  readonly fields?: Readonly<Record<string, string | readonly string[]>>;
  readonly weights?: Readonly<Record<string, string | number>>;
}

/**
 * What a module named under `plugins` exports as its default, or what the function that it exports gives. Checked when it is loaded: names that are there
 * already and entries of the wrong shape are a ConfigError.
 */
export interface Plugin {
  /**
   * Lower-case letters, digits and `-`, other than `collapse`. Prefix of its rule and gate ids, and of its
   * presets in `extends`: `name:preset`.
   */
  readonly name: string;
  readonly rules?: readonly Rule[];
  readonly gates?: readonly Gate[];
  /** By names that are declared in `Features`. */
  readonly features?: {readonly [Name in keyof Features]?: FeatureFunction<Features[Name]>};
  readonly providers?: {readonly [Name in keyof Features]?: Provider<Features[Name]>};
  readonly presets?: Readonly<Record<string, PresetConfig>>;
}

/** What a plugin that takes options is made from. */
export interface PluginContext {
  /** `options` of its entry under `plugins`, as written: the plugin checks them. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Folder of the config that gives them: what paths in them are relative to. */
  readonly folder: string;
}

/**
 * Makes the plugin, once in each thread: what costs time belongs into `provide`. What it throws is a
 * ConfigError that points at the plugin's entry.
 */
export type PluginFactory = (context: PluginContext) => Plugin;

/** A plugin, or a function that makes one from options. */
export function definePlugin<P extends Plugin | PluginFactory>(plugin: P): P {
  return plugin;
}
