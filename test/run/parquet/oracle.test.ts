import {execFileSync} from 'node:child_process';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {folder} from '../../engine/rounds.js';
import {filterOne} from './samples.js';

const script = join(import.meta.dirname, 'oracle.py');
const oracle = (...args: string[]) => execFileSync('python3', [script, ...args], {stdio: 'pipe'});

function hasPyarrow(): boolean {
  try {
    execFileSync('python3', ['-c', 'import pyarrow.parquet'], {stdio: 'ignore'});
    return true;
  } catch {
    return false;
  }
}

const here = hasPyarrow();
if (!here) console.warn('SKIPPED: Parquet is not held against pyarrow (pip install pyarrow).');

test.skipIf(!here)(
  'what pyarrow wrote comes back to it with the same schema, metadata and values',
  async () => {
    const made = folder();
    oracle('make', made);
    const files = readdirSync(made);
    expect(files).toHaveLength(12);
    const pairs: string[] = [];
    for (const name of files) {
      const {report, cwd} = await filterOne(readFileSync(join(made, name)), {replaceCodec: true});
      expect(report.totals, name).toMatchObject({records: 5});
      const parts = ['accepted', 'rejected', 'malformed'].map(set => join(cwd, `out/${set}.parquet`));
      pairs.push(join(made, name), ...parts.filter(part => existsSync(part)), '--');
    }
    oracle('compare', ...pairs);
  },
  180_000,
);
