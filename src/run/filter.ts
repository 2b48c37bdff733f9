import {statSync} from 'node:fs';
import {join} from 'node:path';
import type {Loaded} from '../config/load.js';
import type {Input} from '../corpus/input.js';
import {readJsonLines} from '../engine/json-lines.js';
import type {JudgedRow} from '../engine/judge.js';
import type {Rows} from '../engine/rows.js';
import type {Exhibition} from '../report/exhibit.js';
import {shortened} from '../report/index.js';
import {renderJson} from '../report/json.js';
import type {Report} from '../report/report.js';
import {type Checked, checkInputs, type RunOptions} from './check.js';
import {understand} from './dataset.js';
import {RunError} from './error.js';
import {openInputs} from './inputs.js';
import {configName, evidenceName, type Manifest, manifestName, pageName, reportName} from './manifest.js';
import {withTables} from './report.js';
import {type EvidenceLine, evidenceLine} from './sidecar.js';
import {createSink, type WrittenFile} from './sink.js';
import {splitInputs} from './split.js';
import {failedName, stage} from './staging.js';
import {openStretches, stretchesOf} from './stretches.js';
import {createWeighing, weightsName} from './weights/index.js';
import {writable} from './writable.js';

export interface FilterOptions extends RunOptions {
  /** Folder of the run. Undefined writes nothing: a dry run. */
  readonly out: string | undefined;
  /** Replace an earlier run in that folder. */
  readonly overwrite?: boolean | undefined;
  /** Write in a compression that can be written where that of an input cannot. */
  readonly replaceCodec?: boolean | undefined;
  /** Write importance weights of the records, where the round passes. */
  readonly weights?: boolean | undefined;
  /** Sees every row in order, once its verdict is known. */
  readonly onRow?: ((row: JudgedRow) => void) | undefined;
  /** Adds to the report of the run. */
  readonly complete?: ((report: Report) => Report) | undefined;
  /** Called with the accepted records once the round has passed, before the plain copies are removed. */
  readonly onAccepted?: ((bytes: Uint8Array) => Promise<void>) | undefined;
}

export interface Filtered extends Checked {
  /** The folder that was written: `out`, or `out` with `.failed` when the round failed. */
  readonly folder: string | undefined;
}

/**
 * Scans, judges, and writes the run as one folder, complete or not at all. A failed round leaves `out` alone
 * and goes to `out.failed`, without an accepted set: its evidence is there, its data is not released.
 * @throws RunError when `out` is there already, and what `check` throws; then nothing is written.
 */
export async function filter(
  given: Loaded,
  named: readonly string[],
  options: FilterOptions,
): Promise<Filtered> {
  const {loaded, patterns, dataset} = await understand(given, named, options);
  const {root, ignore, records} = loaded.config;
  const {cwd, stdin, stdinName, signal, out, complete = report => report} = options;
  // What cannot be had is said before anything is read.
  const weighing = options.weights ? createWeighing(loaded.config, loaded.registry) : undefined;
  const seesRows = weighing !== undefined || options.onRow !== undefined;
  const onRow = (row: JudgedRow) => {
    weighing?.row(row);
    options.onRow?.(row);
  };
  const finish = (checked: Checked): Checked => {
    const report = complete(checked.report);
    const tables = weighing === undefined || report.totals.records === 0 ? [] : [weighing.table()];
    return {...checked, report: withTables(report, tables)};
  };
  const staging = out === undefined ? undefined : stage(cwd, out, options.overwrite ?? false);
  const discard = (error: unknown) => {
    staging?.discard();
    throw error;
  };
  const found = await openInputs(patterns, {
    ...{cwd, root, ignore, records, stdin, stdinName, signal},
  }).catch(discard);
  const opened = {...found, inputs: found.inputs, dataset};
  try {
    if (staging) opened.inputs = writable(found.inputs, options.replaceCodec ?? false);
  } catch (error) {
    found.close();
    discard(error);
  }
  try {
    if (staging === undefined) {
      const checked = finish(await checkInputs(loaded, opened, options, seesRows ? onRow : undefined));
      if (options.onAccepted && checked.report.verdict === 'pass')
        await release(opened.inputs, checked, options.onAccepted);
      return {...checked, folder: undefined};
    }
    const {folder} = staging;
    const evidence = await createSink(folder, evidenceName);
    let exhibition: Exhibition | undefined;
    const onExhibits = (found: Exhibition) => {
      exhibition = found;
      options.onExhibits?.(found);
    };
    const checked = await checkInputs(loaded, opened, {...options, onExhibits}, row => {
      onRow(row);
      return evidence.write(evidenceLine(row));
    })
      .then(finish)
      .catch(error => {
        evidence.abort();
        throw error;
      });
    if (checked.report.totals.records === 0) return {...checked, folder: undefined};
    const failed = checked.report.verdict === 'fail';
    const report = shortened(checked.report, loaded.config.maxFindings);
    const files: WrittenFile[] = [{...(await evidence.end()), records: checked.report.totals.records}];
    files.push(
      ...(await splitInputs({
        folder,
        inputs: opened.inputs,
        facts: checked.outcome.facts,
        rows: checked.outcome.rows,
        wanted: set => !(failed && set === 'accept'),
        signal: options.signal,
      })),
    );
    if (weighing && !failed)
      files.push(
        await weighing.write(folder, weightsName, readJsonLines<EvidenceLine>(join(folder, evidenceName))),
      );
    files.push(await writeText(folder, reportName, renderJson(report)));
    const {renderHtml} = await import('../report/html.js');
    files.push(await writeText(folder, pageName, renderHtml(report, {...loaded.registry, exhibition})));
    files.push(await writeText(folder, configName, `${JSON.stringify(loaded.config, null, 2)}\n`));
    await writeText(folder, manifestName, `${JSON.stringify(manifestOf(checked.report, files), null, 2)}\n`);
    options.signal?.throwIfAborted();
    requireComplete(folder, files);
    const final = failed ? failedName(out!) : out!;
    // A failed round replaces what an earlier one left there: it is evidence, not data.
    staging.publish(final, failed || (options.overwrite ?? false));
    return {...checked, folder: final};
  } finally {
    staging?.discard();
    opened.close();
  }
}

/** Someone who took the unfinished folder for a leftover (another machine on a shared disk) may have emptied it. */
function requireComplete(folder: string, files: readonly WrittenFile[]): void {
  for (const {path, bytes} of files) {
    const found = statSync(join(folder, path), {throwIfNoEntry: false});
    if (found?.size === bytes) continue;
    throw new RunError(
      `\`${path}\` of the run is gone or was changed while it was written. Nothing is released.`,
    );
  }
}

function manifestOf(report: Report, files: readonly WrittenFile[]): Manifest {
  const {tool, config, verdict, totals, inputs, references} = report;
  // How signals are spread stands in the report.
  const named = references.map(({signals: _, ...reference}) => reference);
  return {version: 1, tool, config: config.hash, verdict, totals, inputs, references: named, files};
}

async function writeText(folder: string, name: string, text: string): Promise<WrittenFile> {
  const sink = await createSink(folder, name);
  await sink.write(text);
  return sink.end();
}

/** Those of a file in another format, in that format. */
async function releaseOrigin(
  input: Input,
  rows: Rows,
  range: readonly [first: number, end: number],
  onAccepted: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  const {openSetWriters, runsOf} = await import('./set-writers.js');
  const writers = await openSetWriters(input, input.origin!);
  try {
    const writer = await writers.open(onAccepted);
    for (const {verdict, first, end} of runsOf(rows, range)) {
      if (verdict === 'accept') await writer.write(first - range[0], end - range[0]);
    }
    await writer.end();
  } finally {
    await writers.close();
  }
}

/** Accepted records of all inputs, in order, for standard output. */
async function release(
  inputs: readonly Input[],
  {outcome: {rows}}: Checked,
  onAccepted: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  let row = 0;
  let last = 10;
  for (const [index, input] of inputs.entries()) {
    const first = row;
    while (row < rows.count && rows.input(row) === index) row++;
    if (input.origin) {
      await releaseOrigin(input, rows, [first, row], onAccepted);
      last = 10;
      continue;
    }
    const reader = await openStretches(input);
    try {
      for (const {verdict, start, end} of stretchesOf(input, rows, [first, row])) {
        if (verdict !== 'accept') continue;
        // The last line of the input before may lack its line ending.
        if (last !== 10) await onAccepted(Buffer.from('\n'));
        for await (const bytes of reader.read(start, end)) {
          await onAccepted(bytes);
          last = bytes.at(-1)!;
        }
      }
    } finally {
      await reader.close();
    }
  }
}
