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
import {requireThreads} from './run/threads.js';
import type {TrainReport} from './run/train/index.js';

export * from './api.js';
export {ConfigError} from './config/error.js';
export type {ConfigFile} from './config/file.js';
export {InputError} from './corpus/errors.js';
export {EngineError} from './engine/errors.js';
export type {RawFinding as Finding, Reason} from './engine/evidence.js';
export {ProfileError} from './profile/container/index.js';
export type {
  FindingReport,
  GateReport,
  InputReport,
  Measure,
  ReferenceReport,
  Report,
  RuleCount,
  Totals,
} from './report/report.js';
export {RunError} from './run/error.js';
export {type GateOptions, type OpenGate, openGate} from './run/gate.js';
export type {JudgedRecord} from './run/judging.js';
export type {TrainReport} from './run/train/index.js';

export interface ScanOptions {
  /** A config as an object, or the path of a file. Default: the nearest `.collapserc`. */
  readonly config?: ConfigFile | string | undefined;
  /** Folder that paths are relative to, and where the search for a config begins. Default: the working folder. */
  readonly cwd?: string | undefined;
  /** Plugins as objects. They run in this thread: `concurrency` must then be 0 or left out. */
  readonly plugins?: readonly Plugin[] | undefined;
  /**
   * Worker threads, a whole number from 0, which is this thread. Never changes a result. Default: as many as
   * there are cores, 0 for rounds under 4 MiB.
   */
  readonly concurrency?: number | undefined;
  /** Ends the run, which rejects with its reason and leaves nothing behind. */
  readonly signal?: AbortSignal | undefined;
  /** Keep profiles of plain references between runs. Default true. */
  readonly cache?: boolean | undefined;
  /** Report of an earlier run (JSON, JSON lines or run folder) whose findings do not count. */
  readonly baseline?: string | undefined;
  /** Told now and then how many bytes were read and how many records judged so far. */
  readonly onProgress?: ((bytes: number, records: number) => void) | undefined;
}

/**
 * Scans and judges files, folders, globs, or standard input (`-`), and returns the report. Writes nothing.
 * Patterns that match nothing give a report with `totals.records` 0, which judged nothing.
 * @throws ConfigError; InputError for what cannot be read; ProfileError; EngineError when a rule, gate or
 *   provider fails, or when `concurrency` does not fit; the reason of `signal`.
 */
export async function scan(paths: readonly string[], options: ScanOptions = {}): Promise<Report> {
  const {report} = await check(await load(options), paths, runOptions(options));
  return report;
}

export interface FilterOptions extends ScanOptions {
  /** Folder for the run: accepted, quarantined, rejected and malformed records, evidence, report, manifest. */
  readonly out: string;
  /** Replace an earlier run in that folder. Default false. */
  readonly overwrite?: boolean | undefined;
  /** Write in another compression where that of an input cannot be written, instead of a RunError. Default false. */
  readonly replaceCodec?: boolean | undefined;
}

export interface FilterResult {
  readonly report: Report;
  /** What was written: `out`, or `out` with `.failed` for a failed round; undefined when there was no record. */
  readonly folder: string | undefined;
}

export interface TrainOptions extends Pick<ScanOptions, 'config' | 'cwd' | 'plugins' | 'signal'> {
  /** Files, folders or globs with records that people wrote. */
  readonly human: readonly string[];
  /** The same with samples of the generator. */
  readonly machine: readonly string[];
  /** File to write. Default: `style.detector`, beside the first profile of the config, else beside the config. */
  readonly out?: string | undefined;
  /** Replace an earlier detector there. Default false. */
  readonly overwrite?: boolean | undefined;
  /** Field path of the kind of text, left out in turn where there are several. Default: the source; empty: none. */
  readonly kind?: string | undefined;
  /** Train even where something trivial tells the sets apart. Default false. */
  readonly force?: boolean | undefined;
  /** Told what is being done. */
  readonly onStep?: ((step: string) => void) | undefined;
}

/**
 * Trains a detector for the option `weights` of `synthetic/style`, and says how it does on records that it did not
 * learn from. `trained` is null, and nothing is written, where something trivial tells the sets apart. Takes the
 * thread for up to a minute.
 * @throws ConfigError; InputError; RunError for too few records, or a file that is in the way.
 */
export async function train(options: TrainOptions): Promise<TrainReport> {
  const loaded = await load(options);
  const {train: trainFrom} = await import('./run/train/index.js');
  return trainFrom(loaded, {...options, cwd: options.cwd ?? process.cwd()});
}

/**
 * Scans and judges files and writes the run as one folder, complete or not at all. A failed round leaves no
 * accepted set: only its evidence, in `out.failed`.
 * @throws RunError when the folder is there already, and what `scan` throws; then nothing is written.
 */
export async function filter(paths: readonly string[], options: FilterOptions): Promise<FilterResult> {
  const {out, overwrite, replaceCodec} = options;
  const {report, folder} = await filterFiles(await load(options), paths, {
    ...runOptions(options),
    out,
    overwrite,
    replaceCodec,
  });
  return {report, folder};
}

function load({config, cwd = process.cwd(), plugins}: ScanOptions) {
  return loadConfig({cwd, plugins, ...(typeof config === 'string' ? {file: config} : {config})});
}

function runOptions({cwd = process.cwd(), plugins = [], concurrency, ...others}: ScanOptions): RunOptions {
  const {cache, signal, baseline, onProgress} = others;
  const threads = requireThreads(concurrency, plugins);
  return {cwd, concurrency: plugins.length > 0 ? 0 : threads, cache, signal, baseline, onProgress};
}
