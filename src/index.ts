/**
 * The public API for pipelines: `openGate` for records that a program holds, `scan` and `filter` for files.
 * Rules, gates and plugins are written against `collapse-gate/api`.
 */
import type {Plugin} from './api.js';
import type {ConfigFile} from './config/file.js';
import {loadConfig} from './config/load.js';
import type {Report} from './report/report.js';
import {check, type RunOptions} from './run/check.js';
import {filter as filterFiles} from './run/filter.js';

export * from './api.js';
export {ConfigError} from './config/error.js';
export type {ConfigFile} from './config/file.js';
export {InputError} from './corpus/errors.js';
export {EngineError} from './engine/errors.js';
export type {RawFinding, Reason} from './engine/evidence.js';
export {ProfileError} from './profile/container.js';
export type {FindingReport, GateReport, Measure, Report, Totals} from './report/report.js';
export {RunError} from './run/error.js';
export {type GateOptions, type JudgedRecord, type OpenGate, openGate} from './run/gate.js';

export interface FileOptions extends Partial<Pick<RunOptions, 'cwd' | 'concurrency' | 'cache' | 'signal' | 'onProgress'>> {
  /** A config as an object, or the path of a file. Default: the nearest `.collapserc`. */
  readonly config?: ConfigFile | string;
  /** Plugins as objects; everything then runs in this thread. */
  readonly plugins?: readonly Plugin[];
}

/**
 * Scans and judges files, folders or globs, and returns the report. Writes nothing.
 * @throws ConfigError, InputError, ProfileError, EngineError.
 */
export async function scan(paths: readonly string[], options: FileOptions = {}): Promise<Report> {
  const {report} = await check(await load(options), paths, runOptions(options));
  return report;
}

export interface FilterFilesOptions extends FileOptions {
  /** Folder for the run: accepted, quarantined, rejected and malformed records, evidence, report, manifest. */
  readonly out: string;
  /** Replace an earlier run in that folder. */
  readonly overwrite?: boolean;
}

export interface FilterResult {
  readonly report: Report;
  /** The folder that was written: `out`, or `out.failed` for a failed round; undefined without any record. */
  readonly folder: string | undefined;
}

/**
 * Scans and judges files and writes the run as one folder, complete or not at all.
 * @throws RunError when the folder is there already, and what `scan` throws; then nothing is written.
 */
export async function filter(paths: readonly string[], options: FilterFilesOptions): Promise<FilterResult> {
  const {out, overwrite} = options;
  const {report, folder} = await filterFiles(await load(options), paths, {...runOptions(options), out, overwrite});
  return {report, folder};
}

function load({config, cwd = process.cwd(), plugins}: FileOptions) {
  return loadConfig({cwd, plugins, ...(typeof config === 'string' ? {file: config} : {config})});
}

function runOptions({cwd = process.cwd(), concurrency, cache, signal, onProgress, plugins = []}: FileOptions): RunOptions {
  // Functions cannot cross threads.
  return {cwd, concurrency: plugins.length > 0 ? 0 : concurrency, cache, signal, onProgress};
}
