import type {Problem} from './error.js';
import type {ConfigFile} from './file.js';

export type KeyPath = readonly (string | number)[];

export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One config as it was found, with a way from its key paths to places in its text. */
export interface Source {
  /** As messages show it: the path relative to the working folder, or the name of a preset. */
  readonly name: string;
  /** Folder that relative paths and packages are looked up from. */
  readonly dir: string;
  readonly value: unknown;
  /**
   * Where the key or the value at `path` stands; where its nearest parent stands when it is not there.
   * Absent for what has no text: presets and JavaScript modules.
   */
  locate?(path: KeyPath, at: 'key' | 'value'): Position;
}

/** A source that was validated against the schema. */
export interface ValidSource extends Source {
  readonly value: ConfigFile;
}

/** Where a value came from, as `collapse config` shows it: `.collapserc:12:3`, `collapse:strict`. */
export function origin(source: Source, path: KeyPath): string {
  const position = source.locate?.(path, 'key');
  return position === undefined ? source.name : `${source.name}:${position.line}:${position.column}`;
}

export function problem(source: Source, path: KeyPath, at: 'key' | 'value', message: string): Problem {
  return {file: source.name, ...source.locate?.(path, at), message};
}
