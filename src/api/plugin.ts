import type {Gate} from './gates.js';
import type {CorpusRecord, Features} from './record.js';
import type {Level} from './rule.js';
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
  /** One value per record, in order. */
  provide(records: readonly CorpusRecord[]): Promise<readonly Value[]>;
}

/** What a preset holds: the same keys as `.collapserc`. */
export interface PresetConfig {
  readonly rules?: Readonly<Record<string, Level | readonly [Level, Readonly<Record<string, unknown>>]>>;
  readonly gates?: Readonly<Record<string, 'off' | 'on' | Readonly<Record<string, unknown>>>>;
  readonly fields?: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * What a module named under `plugins` exports as its default. Checked when it is loaded: names that are there
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

export function definePlugin(plugin: Plugin): Plugin {
  return plugin;
}
