import type {Level, PartName, PluginContext, Role} from '../api.js';
import type {RecordUnits} from '../corpus/units.js';

/** A rule's resolved setting: its level and its complete, validated options. */
export interface RuleSetting {
  readonly level: Level;
  readonly options: Readonly<Record<string, unknown>>;
}

/** A gate's resolved setting; options include `else` and `onAbstain` with their defaults. */
export interface GateSetting {
  readonly enabled: boolean;
  readonly options: Readonly<Record<string, unknown>>;
}

export type FieldRole = PartName | 'id' | 'messages' | 'source' | 'generator';

/**
 * Field paths by what they mean: `messages[*].content`, `meta.id`. Where a role is not mapped, the
 * known shapes (plain text, chat, Alpaca, ShareGPT, preference) are recognised per record.
 */
export type FieldMap = Partial<Readonly<Record<FieldRole, readonly string[]>>>;

export interface ReferenceSetting {
  /** Absolute path of a profile, a file or a folder; or an absolute glob pattern. */
  readonly path: string;
  readonly role: Role;
  /** Absolute paths of the files that it is made of, where a data set card says which; `path` is the first. */
  readonly files?: readonly string[];
}

/** Rules that differ for some files or some records. Later overrides win. */
export interface Override {
  /** Globs relative to the config's folder; absent: all files. */
  readonly files?: readonly string[];
  /** Field path to the value, or list of values, that it must have; absent: all records. */
  readonly where?: Readonly<Record<string, unknown>>;
  readonly rules: Readonly<Record<string, RuleSetting>>;
}

/** Findings that somebody has taken on, with the reason. */
export interface Waiver {
  /** Rule, or family as `duplicate/*`. */
  readonly rule: string;
  /** Globs relative to the config's folder; absent: all files. */
  readonly files?: readonly string[];
  /** Ids or hashes of records; absent: all records of these files. */
  readonly records?: readonly string[];
  readonly reason: string;
  /** The last day that it holds, `2026-12-31`. */
  readonly until?: string;
}

/** How records are weighed for a trainer; see `weightDefaults`. */
export interface WeightsSetting {
  readonly signal: string;
  readonly power: number;
  readonly draws: number;
  readonly repeats: number;
  readonly of: 'accepted' | 'all';
  readonly onAbstain: 'mean' | 'zero';
}

/** What is declared of the records of some files, beside them. */
export interface DeclaredOrigin {
  /** Displayed paths. */
  readonly files: readonly string[];
  /** As a record would say it of itself. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The resolved config: plain JSON, so that it can be sent to workers, saved with a run and hashed. */
export interface Config {
  readonly fields: FieldMap;
  /** What one record is, in formats that do not say. Absent where nothing is set. */
  readonly records?: RecordUnits;
  /** Every known rule, off ones included. */
  readonly rules: Readonly<Record<string, RuleSetting>>;
  /** Every known gate. */
  readonly gates: Readonly<Record<string, GateSetting>>;
  readonly overrides: readonly Override[];
  /** Absent when there are none. */
  readonly waivers?: readonly Waiver[];
  readonly references: readonly ReferenceSetting[];
  /** Globs to leave out when folders and patterns are expanded, relative to `root`. */
  readonly ignore: readonly string[];
  /** Absent where no config sets any of it. */
  readonly weights?: WeightsSetting;
  /** Malformed records that a green run may have. */
  readonly maxMalformed: number;
  /** Findings per rule that the report lists; all are counted. */
  readonly maxFindings: number;
  /** Megabytes of a round from which on corpus rules that a sample is enough for read a part; 0: they read all. */
  readonly sampleAbove: number;
  /** Lowest level at which findings make `check` exit with 1. */
  readonly failOn: 'warn' | 'error' | 'never';
  /** SHA-256 of the files that options of rules name, by rule and option. Absent when there are none. */
  readonly files?: Readonly<Record<string, string>>;
  /** What Croissant beside the inputs declares of them. Absent where there is none, and before inputs are known. */
  readonly origins?: readonly DeclaredOrigin[];
  /** `file://` URLs of plugin modules, in the order they were named. */
  readonly plugins: readonly string[];
  /** By their URL, what plugins are made from. Absent when none has options. */
  readonly pluginOptions?: Readonly<Record<string, PluginContext>>;
  /** Folder that `overrides[].files` and `ignore` are relative to: the config file's, or the working one. */
  readonly root: string;
}
