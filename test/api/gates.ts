import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, vi} from 'vitest';
import {type ConfigFile, type GateOptions, type JudgedRecord, openGate} from '../../src/index.js';
import probe from '../engine/probe.mjs';

/** Temporary folders of this test, to see what is left in it. */
let temporary: string;

beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'collapse-api-'));
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, temporary);
});

/** Every test of a gate ends without a trace. */
afterEach(() => {
  vi.unstubAllEnvs();
  // The tests' own folders are theirs to remove.
  const left = readdirSync(temporary).filter(name => !name.startsWith('collapse-test-'));
  rmSync(temporary, {recursive: true, force: true});
  expect(left).toEqual([]);
});

/** How many gates have their temporary file now. */
export function openFolders(): number {
  return readdirSync(temporary).length;
}

/** A gate with the test plugin, and without the round gate that fails small rounds full of repeats. */
export function open({rules = {}, gates = {}, ...config}: ConfigFile = {}, options: GateOptions = {}) {
  return openGate({
    config: {rules, gates: {duplication: 'off', ...gates}, ...config},
    plugins: [probe as never],
    cache: false,
    ...options,
  });
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export interface Row {
  readonly id: string;
  readonly text: string;
  readonly flag?: string;
  readonly throw?: string;
}

const syllables = [
  'ba',
  'len',
  'tor',
  'mi',
  'sa',
  'ved',
  'ku',
  'ran',
  'pel',
  'osh',
  'ni',
  'gar',
  'du',
  'fe',
  'wy',
  'lo',
];

/** Row `index` of an endless round without repeats: ten invented words. */
export function row(index: number): Row {
  let state = index + 1;
  const words = Array.from({length: 10}, () => {
    state = (Math.imul(state, 0x9e3779b1) ^ (state >>> 13)) >>> 0;
    return [state >>> 28, (state >>> 20) & 15, (state >>> 12) & 15].map(at => syllables[at]).join('');
  });
  return {id: `r${index}`, text: words.join(' ')};
}

export function rows(count: number): Row[] {
  return Array.from({length: count}, (_, index) => row(index));
}

export function outcomes(judged: readonly JudgedRecord<{readonly id: string}>[]): string[] {
  return judged.map(({record, verdict}) => `${record.id} ${verdict}`);
}

/** Settles what is under way: timers of the gate (20 ms), and the scan behind them. */
export function settle(ms = 80): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}
