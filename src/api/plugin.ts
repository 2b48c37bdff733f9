import type {Gate} from './gates.js';
import type {CorpusRecord, Features} from './record.js';
import type {Level, Rule} from './rules.js';

/** Computes a feature from one record, on demand, at most once. */
export type FeatureFunction<Value> = (record: CorpusRecord) => Value;

/**
 * Computes a feature for many records at once, before the rules that `need` it run: a model, a service.
 * Must return one value per record, in order. What throws stops the run with the provider's name.
 */
export interface Provider<Value = unknown> {
  /** Records per call. */
  readonly batch: number;
  provide(records: readonly CorpusRecord[]): Promise<readonly Value[]>;
}

/** What a preset holds: the same keys as `.collapserc`. */
export interface PresetConfig {
  readonly rules?: Readonly<Record<string, Level | readonly [Level, Readonly<Record<string, unknown>>]>>;
  readonly gates?: Readonly<Record<string, 'off' | 'on' | Readonly<Record<string, unknown>>>>;
  readonly fields?: Readonly<Record<string, string | readonly string[]>>;
}

export interface Plugin {
  /** Prefix of its rule and gate ids, and of its presets in `extends`: `name:preset`. */
  readonly name: string;
  readonly rules?: readonly Rule[];
  readonly gates?: readonly Gate[];
  readonly features?: {readonly [Name in keyof Features]?: FeatureFunction<Features[Name]>};
  readonly providers?: {readonly [Name in keyof Features]?: Provider<Features[Name]>};
  readonly presets?: Readonly<Record<string, PresetConfig>>;
}

export function definePlugin(plugin: Plugin): Plugin {
  return plugin;
}
