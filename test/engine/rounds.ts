import {mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterAll, afterEach} from 'vitest';
import {type LoadOptions, loadConfig} from '../../src/config/load.js';
import type {JudgedRow} from '../../src/engine/judge.js';
import type {Report} from '../../src/report/report.js';
import {check, type RunOptions} from '../../src/run/check.js';
import probe from './probe.mjs';

export type Row = Readonly<Record<string, unknown>> | string;

type Files = Readonly<Record<string, string | Uint8Array | readonly Row[]>>;

const folders: string[] = [];
const lasting: string[] = [];

/** A temporary folder with these files, gone after the test. Lists are written as JSONL. */
export function folder(files: Files = {}): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'collapse-test-')));
  folders.push(root);
  put(root, files);
  return root;
}

/** The same, for all tests of a file. */
export function lastingFolder(files: Files = {}): string {
  const root = folder(files);
  lasting.push(...folders.splice(folders.indexOf(root), 1));
  return root;
}

export function put(root: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), {recursive: true});
    writeFileSync(join(root, name), Array.isArray(content) ? jsonl(content) : (content as string));
  }
}

/** Rows as JSONL; strings are short for `{text}`. */
export function jsonl(rows: readonly Row[]): string {
  return rows.map(row => `${JSON.stringify(typeof row === 'string' ? {text: row} : row)}\n`).join('');
}

function remove(roots: string[]): void {
  for (const root of roots.splice(0)) rmSync(root, {recursive: true, force: true});
}
afterEach(() => remove(folders));
afterAll(() => remove(lasting));

/** What a test says about its config: no file is searched for, and the test plugin is at hand. */
export type Setup = LoadOptions['config'] & {readonly cli?: LoadOptions['cli']};

export function load(cwd: string, {cli, ...config}: Setup = {}) {
  return loadConfig({cwd, config, cli, plugins: [probe as never]});
}

/** Checks everything in a folder in this thread, rows included. */
export async function checkIn(
  cwd: string,
  setup: Setup = {},
  patterns: readonly string[] = ['.'],
  options: Partial<RunOptions> = {},
): Promise<{report: Report; rows: JudgedRow[]}> {
  const rows: JudgedRow[] = [];
  const {report} = await check(
    await load(cwd, setup),
    patterns,
    {cwd, concurrency: 0, cache: false, ...options},
    row => void rows.push(row),
  );
  return {report, rows};
}

/** Ids of the rows with each verdict, malformed ones by line. */
export function verdicts(rows: readonly JudgedRow[]): Record<string, string[]> {
  const byVerdict: Record<string, string[]> = {};
  for (const {evidence, verdict} of rows) {
    const name = evidence.malformed === undefined ? verdict.verdict : 'malformed';
    byVerdict[name] = [...(byVerdict[name] ?? []), evidence.id];
  }
  return byVerdict;
}
