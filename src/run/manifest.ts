import {createHash} from 'node:crypto';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Config} from '../config/config.js';
import {readJsonLines} from '../engine/json-lines.js';
import type {InputReport, Report, Totals} from '../report/report.js';
import {RunError} from './error.js';
import type {EvidenceLine} from './sidecar.js';
import type {WrittenFile} from './sink.js';

/** Written last: a run folder without it is not one. */
export interface Manifest {
  readonly version: 1;
  readonly tool: Report['tool'];
  /** Hash of the resolved config, which `config.json` holds. */
  readonly config: string;
  readonly verdict: 'pass' | 'fail';
  readonly totals: Totals;
  readonly inputs: readonly InputReport[];
  readonly references: Report['references'];
  readonly files: readonly WrittenFile[];
}

export const manifestName = 'manifest.json';
export const evidenceName = 'evidence.jsonl';
export const reportName = 'report.json';
/** The same report for a person with a browser. */
export const pageName = 'report.html';
export const configName = 'config.json';

export interface SavedRun {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly config: Config;
  readonly report: Report;
}

/** Reads what a run left behind. Throws RunError for a folder that is not a finished run. */
export function readRun(folder: string): SavedRun {
  return {
    folder,
    manifest: readManifest(folder),
    config: readJson<Config>(folder, configName),
    report: readJson<Report>(folder, reportName),
  };
}

/** The manifest of a run. Throws RunError for a folder that is not a finished run. */
export function readManifest(folder: string): Manifest {
  if (!existsSync(join(folder, manifestName))) {
    const partial = existsSync(folder) ? 'It has no manifest.json' : 'There is no such folder';
    throw new RunError(
      `\`${folder}\` is not a run folder. ${partial}; name one that \`collapse filter --out\` wrote.`,
    );
  }
  const manifest = readJson<Manifest>(folder, manifestName);
  if (manifest.version !== 1) {
    throw new RunError(
      `\`${folder}\` was written by a newer collapse-gate (manifest version ${manifest.version}). Update the tool.`,
    );
  }
  return manifest;
}

/** The rows of a saved run, in order. Throws RunError when they are not those that were written. */
export async function* readEvidence({folder, manifest}: SavedRun): AsyncGenerator<EvidenceLine> {
  const path = join(folder, evidenceName);
  const hash = createHash('sha256');
  try {
    yield* readJsonLines<EvidenceLine>(path, bytes => void hash.update(bytes));
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw changed(path);
    }
    throw error;
  }
  if (hash.digest('hex') !== manifest.files.find(file => file.path === evidenceName)?.sha256)
    throw changed(path);
}

function changed(path: string): RunError {
  return new RunError(
    `\`${path}\` is not what the run wrote: it is damaged or was changed. Run \`collapse filter\` again.`,
  );
}

function readJson<Value>(folder: string, name: string): Value {
  const path = join(folder, name);
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Value;
  } catch (error) {
    throw new RunError(
      `\`${path}\` cannot be read: ${(error as Error).message}. Run \`collapse filter\` again.`,
    );
  }
}
