import type {Loaded} from '../config/load.js';
import type {OpenOptions} from '../corpus/open.js';
import type {JudgedRow} from '../engine/judge.js';
import {type PendingReference, type ScanOutcome, scan} from '../engine/scan.js';
import type {TaskReader} from '../engine/tasks.js';
import type {Exhibition} from '../report/exhibit.js';
import type {Report} from '../report/report.js';
import {scannedDataset, understand} from './dataset.js';
import {exceptionsFor} from './exceptions-for.js';
import {type OpenedInputs, openInputs} from './inputs.js';
import {readOrigins} from './origins.js';
import {defaultCacheDir, pendingReferences} from './references.js';
import {reportOf} from './report.js';
import {threadsFor} from './threads.js';

/** How a run is carried out; nothing here changes what it finds. */
export interface RunOptions {
  readonly cwd: string;
  /** Worker threads; default: all cores but for small rounds, which are faster without. */
  readonly concurrency?: number | undefined;
  /** Keep profiles of plain references between runs. Default true. */
  readonly cache?: boolean | undefined;
  /** Findings per rule that the report lists, where not as many as the config says. */
  readonly maxFindings?: number | undefined;
  /** Report of an earlier run whose findings do not count. */
  readonly baseline?: string | undefined;
  /** Day of the run, for what ends: `2026-12-31`. Default: today. */
  readonly today?: string | undefined;
  /** Configuration to take of a data set folder, where not the default. */
  readonly subset?: string | undefined;
  /** What a person should know and no report says. */
  readonly onNote?: ((note: string) => void) | undefined;
  readonly stdin?: OpenOptions['stdin'];
  readonly stdinName?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onStart?: ((totalBytes: number) => void) | undefined;
  readonly onProgress?: ((bytes: number, records: number) => void) | undefined;
  readonly onBuild?: ((reference: string) => void) | undefined;
  /** Told the records that a page shows, before the run ends; only then are they read. */
  readonly onExhibits?: ((exhibition: Exhibition) => void) | undefined;
}

/** What stands beside the inputs of a run, where not all of their records are judged. */
export interface Partial {
  /** Gives the records to judge. */
  readonly source: TaskReader;
  /** Bytes of these. */
  readonly bytes: number;
  /** Beside the references of the config. */
  readonly references: readonly PendingReference[];
}

export interface Checked {
  readonly report: Report;
  readonly outcome: ScanOutcome;
}

/**
 * Scans and judges inputs that are open. `onRow` sees every row in order.
 * @throws ConfigError, InputError, ProfileError, EngineError.
 */
export async function checkInputs(
  loaded: Loaded,
  opened: OpenedInputs,
  options: RunOptions,
  onRow?: (row: JudgedRow) => void | Promise<void>,
  partial?: Partial,
): Promise<Checked> {
  const {registry} = loaded;
  const {inputs} = opened;
  const {cwd, signal} = options;
  const {config, croissants} = await readOrigins(loaded.config, inputs, cwd);
  const bytes = partial?.bytes ?? inputs.reduce((sum, input) => sum + input.bytes, 0);
  const threads = threadsFor(bytes, options.concurrency);
  const references = pendingReferences({
    config: loaded.config,
    registry,
    cwd,
    threads,
    exclude: opened.realPaths,
    cacheDir: options.cache === false ? undefined : defaultCacheDir(),
    signal,
    onBuild: options.onBuild,
  });
  const exceptions = await exceptionsFor(loaded, options);
  const exhibits = options.onExhibits ? (await import('./exhibits.js')).createExhibits() : undefined;
  const seen =
    exhibits === undefined
      ? onRow
      : (row: JudgedRow) => {
          exhibits.add(row);
          return onRow?.(row);
        };
  options.onStart?.(bytes);
  const outcome = await scan({
    config,
    registry,
    inputs,
    references: [...references, ...(partial?.references ?? [])],
    cwd,
    threads,
    bytes,
    signal,
    maxFindings: options.maxFindings,
    exceptions,
    dataset: opened.dataset && scannedDataset(opened.dataset, partial === undefined, croissants),
    ...(partial && {source: partial.source}),
    ...(seen && {onRow: seen}),
    ...(options.onProgress && {onProgress: options.onProgress}),
  });
  const report = reportOf({...loaded, config}, inputs, outcome, cwd);
  const met = exceptions?.report(partial !== undefined) ?? [];
  if (exhibits !== undefined) {
    const {references: opened} = outcome;
    options.onExhibits?.(exhibits.finish({inputs, references: opened, fields: config.fields}));
  }
  return {report: met.length === 0 ? report : {...report, exceptions: met}, outcome};
}

/** Opens, scans and judges paths, folders, globs or `-`. A report without records judged nothing. */
export async function check(
  loaded: Loaded,
  patterns: readonly string[],
  options: RunOptions,
  onRow?: (row: JudgedRow) => void | Promise<void>,
): Promise<Checked> {
  const {cwd, stdin, stdinName, signal} = options;
  const understood = await understand(loaded, patterns, options);
  const {root, ignore, records} = loaded.config;
  const opened = await openInputs(understood.patterns, {
    ...{cwd, root, ignore, records, stdin, stdinName, signal},
  });
  try {
    const {dataset} = understood;
    return await checkInputs(understood.loaded, {...opened, dataset}, options, onRow);
  } finally {
    opened.close();
  }
}
