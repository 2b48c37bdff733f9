import {type Level, partNames, type Role, type RoundStatus, type Verdict} from '../api.js';
import type {RecordUnits} from '../corpus/units.js';
import type {Config, FieldRole, WeightsSetting} from './config.js';

/** What `.collapserc` holds, as a person writes it; `configSchema` says the same to ajv and editors. */
export interface ConfigFile {
  readonly $schema?: string;
  readonly extends?: string | readonly string[];
  readonly plugins?: readonly (string | PluginEntry)[];
  readonly fields?: Readonly<Partial<Record<FieldRole, string | readonly string[]>>>;
  readonly records?: RecordUnits;
  readonly references?: readonly (string | {readonly path: string; readonly role?: Role})[];
  readonly rules?: RuleEntries;
  readonly gates?: Readonly<Record<string, GateEntry>>;
  readonly overrides?: readonly OverrideEntry[];
  readonly waivers?: readonly WaiverEntry[];
  readonly weights?: Partial<WeightsSetting>;
  readonly ignore?: readonly string[];
  readonly maxMalformed?: number;
  readonly maxFindings?: number;
  readonly sampleAbove?: number;
  readonly failOn?: Config['failOn'];
}

export type RuleEntry = Level | readonly [Level] | readonly [Level, Readonly<Record<string, unknown>>];
export type RuleEntries = Readonly<Record<string, RuleEntry>>;
export type GateEntry = 'on' | 'off' | Readonly<Record<string, unknown>>;

export interface PluginEntry {
  readonly name: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

export interface OverrideEntry {
  readonly files?: string | readonly string[];
  readonly where?: Readonly<Record<string, Scalar | readonly Scalar[]>>;
  readonly rules: RuleEntries;
}

export interface WaiverEntry {
  readonly rule: string;
  readonly files?: string | readonly string[];
  readonly records?: string | readonly string[];
  readonly reason: string;
  readonly until?: string;
}

export type Scalar = string | number | boolean;

export const levels: readonly Level[] = ['off', 'warn', 'error'];
export const roles: readonly Role[] = ['trusted', 'previous', 'benchmark', 'machine'];
export const verdicts: readonly Verdict[] = ['accept', 'quarantine', 'reject'];
export const roundStatuses: readonly RoundStatus[] = ['pass', 'fail', 'abstain'];
export const failOnLevels: readonly Config['failOn'][] = ['warn', 'error', 'never'];
export const fieldRoles: readonly FieldRole[] = [...partNames, 'id', 'messages', 'source', 'generator'];

/** One or many, as a list. */
export function list<Item>(value: Item | readonly Item[] | undefined): readonly Item[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value as Item];
}

/** A mapping: an object that is not a list. */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
