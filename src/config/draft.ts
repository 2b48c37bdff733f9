import type {Gate, Level, PresetConfig, Rule} from '../api.js';
import type {
  Config,
  FieldRole,
  GateSetting,
  ReferenceSetting,
  RuleSetting,
  Waiver,
  WeightsSetting,
} from './config.js';
import {type ConfigFile, type GateEntry, list, type OverrideEntry, type RuleEntries} from './file.js';
import type {Registry} from './registry.js';
import {resolveReference} from './resolve.js';
import {type KeyPath, origin, type Source, type ValidSource} from './source.js';
import {weightDefaults} from './weights.js';

/** A config while layers are put on top of each other. */
export interface Draft {
  readonly rules: Map<string, RuleSetting>;
  readonly gates: Map<string, GateSetting>;
  readonly fields: Map<FieldRole, readonly string[]>;
  /** What one record is, by format. */
  readonly records: Map<string, string>;
  /** Each once, with where it came from. */
  readonly references: Map<string, {readonly setting: ReferenceSetting; readonly origin: string}>;
  readonly ignore: Map<string, string>;
  readonly waivers: {readonly waiver: Waiver; readonly origin: string}[];
  readonly overrides: {readonly entry: OverrideEntry; readonly origin: string}[];
  /** Levels from the command line: they hold inside overrides too. */
  readonly forced: Map<string, Level>;
  weights?: WeightsSetting;
  maxMalformed: number;
  maxFindings: number;
  sampleAbove: number;
  failOn: Config['failOn'];
  /** Key path like `rules.duplicate/near.minimum` to where its value came from. */
  readonly origins: Map<string, string>;
}

/** Everything at its default: `collapse:recommended` as the lowest layer. */
export function startDraft(registry: Registry): Draft {
  const draft: Draft = {
    rules: new Map(),
    gates: new Map(),
    fields: new Map(),
    records: new Map(),
    references: new Map(),
    ignore: new Map(),
    waivers: [],
    overrides: [],
    forced: new Map(),
    maxMalformed: 0,
    maxFindings: 50,
    sampleAbove: 32,
    failOn: 'error',
    origins: new Map(['maxMalformed', 'maxFindings', 'sampleAbove', 'failOn'].map(key => [key, 'default'])),
  };
  for (const rule of registry.rules.values()) {
    draft.rules.set(rule.id, {level: 'off', options: defaults(rule)});
    for (const name of Object.keys(rule.options)) draft.origins.set(`rules.${rule.id}.${name}`, 'default');
  }
  for (const gate of registry.gates.values()) {
    const options = gateDefaults(gate);
    draft.gates.set(gate.id, {enabled: false, options});
    for (const name of Object.keys(options)) draft.origins.set(`gates.${gate.id}.${name}`, 'default');
  }
  const preset = registry.presets.get('collapse:recommended');
  if (preset) applyLayer(draft, presetSource('collapse:recommended', preset));
  return draft;
}

function defaults({options}: Rule | Gate): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).map(([name, schema]) => [name, structuredClone(schema.default)]),
  );
}

function gateDefaults(gate: Gate): Record<string, unknown> {
  return {...defaults(gate), ...(gate.scope === 'record' && {else: gate.else}), onAbstain: gate.onAbstain};
}

export function presetSource(name: string, preset: PresetConfig): ValidSource {
  return {name, dir: '', value: preset as ConfigFile};
}

/** Puts one validated config on top: single values replace, options and roles merge by key, lists grow. */
export function applyLayer(draft: Draft, source: ValidSource): void {
  const {value} = source;
  const from = (...path: KeyPath) => origin(source, path);
  applyRules(draft.rules, value.rules ?? {}, (path, key) => draft.origins.set(path, from('rules', ...key)));
  for (const [id, entry] of Object.entries(value.gates ?? {})) applyGate(draft, id, entry, source);
  for (const [role, paths] of Object.entries(value.fields ?? {})) {
    draft.fields.set(role as FieldRole, list(paths));
    draft.origins.set(`fields.${role}`, from('fields', role));
  }
  for (const [format, unit] of Object.entries(value.records ?? {})) {
    draft.records.set(format, unit);
    draft.origins.set(`records.${format}`, from('records', format));
  }
  for (const [index, entry] of (value.references ?? []).entries()) {
    const {path, role = 'trusted'} = typeof entry === 'string' ? {path: entry} : entry;
    addReference(draft, {path: resolveReference(source.dir, path), role}, from('references', index));
  }
  for (const [index, entry] of (value.overrides ?? []).entries()) {
    draft.overrides.push({entry, origin: from('overrides', index)});
  }
  for (const [index, {files, records, ...entry}] of (value.waivers ?? []).entries()) {
    const waiver = {...entry, ...(files && {files: list(files)}), ...(records && {records: list(records)})};
    draft.waivers.push({waiver, origin: from('waivers', index)});
  }
  for (const [index, glob] of (value.ignore ?? []).entries()) addIgnore(draft, glob, from('ignore', index));
  if (value.weights !== undefined) draft.weights = {...(draft.weights ?? weightDefaults), ...value.weights};
  for (const name of Object.keys(value.weights ?? {}))
    draft.origins.set(`weights.${name}`, from('weights', name));
  for (const key of ['maxMalformed', 'maxFindings', 'sampleAbove', 'failOn'] as const) {
    if (value[key] === undefined) continue;
    Object.assign(draft, {[key]: value[key]});
    draft.origins.set(key, from(key));
  }
}

export function addReference(draft: Draft, setting: ReferenceSetting, origin: string): void {
  const key = `${setting.role} ${setting.path}`;
  if (!draft.references.has(key)) draft.references.set(key, {setting, origin});
}

export function addIgnore(draft: Draft, glob: string, origin: string): void {
  if (!draft.ignore.has(glob)) draft.ignore.set(glob, origin);
}

/**
 * Sets levels and options. A level alone leaves the options as they are; options merge by name. What is
 * said of a family gives way to what the same config says of one rule, in whatever order they stand.
 * `note` hears the dotted path of each value, and the key path below `rules` that it came from.
 */
export function applyRules(
  rules: Map<string, RuleSetting>,
  entries: RuleEntries,
  note: (path: string, key: KeyPath) => void,
): void {
  const byReach = Object.entries(entries).sort(([a], [b]) => reach(a) - reach(b));
  for (const [key, entry] of byReach) {
    const [level, options = {}] = typeof entry === 'string' ? [entry] : (entry as readonly [Level, object?]);
    for (const id of matching(key, rules.keys())) {
      rules.set(id, {level, options: {...rules.get(id)?.options, ...options}});
      note(`rules.${id}`, [key]);
      for (const name of Object.keys(options)) note(`rules.${id}.${name}`, [key, 1, name]);
    }
  }
}

/** The rules that a key of `rules` stands for: an id, or all that start like `family/*`. */
export function matching(key: string, ids: Iterable<string>): string[] {
  if (key !== '*' && !key.endsWith('/*')) return [key];
  return [...ids].filter(id => id.startsWith(key.slice(0, -1)));
}

/** Wider patterns come first. */
function reach(key: string): number {
  return key.endsWith('*') ? key.length : Number.MAX_SAFE_INTEGER;
}

function applyGate(draft: Draft, id: string, entry: GateEntry, source: Source): void {
  const given = typeof entry === 'string' ? {} : entry;
  const options = {...draft.gates.get(id)?.options, ...given};
  draft.gates.set(id, {enabled: entry !== 'off', options});
  draft.origins.set(`gates.${id}`, origin(source, ['gates', id]));
  for (const name of Object.keys(given)) {
    draft.origins.set(`gates.${id}.${name}`, origin(source, ['gates', id, name]));
  }
}
