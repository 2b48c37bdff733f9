import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {beforeAll, expect, test} from 'vitest';
import {lastingFolder} from '../engine/rounds.js';
import {collapse, plugin, type Ran} from './collapse.js';

const good = ['The ferry leaves at nine.', 'The gulls are back on the roof.', 'A lamp burns until four.'];
let cwd = '';
beforeAll(() => {
  cwd = lastingFolder({
    'good.jsonl': good,
    'repeats.jsonl': [...good, good[0]!, good[1]!],
    'broken.jsonl': `{"text": "One fine line."}\n{"text": \n`,
    'empty.jsonl': '',
    'blank/x.jsonl': '\n \n',
    'probe.yml': `plugins: [${plugin}]\nrules: {probe/flags: warn}\ngates: {duplication: {maximum: 1}}\n`,
    'flagged.jsonl': [{text: 'Only a warning.', flag: 'x'}],
    'lenient.yml': 'gates: {duplication: {maximum: 1}}\n',
    'wrong.yml': 'rules:\n  duplicate/nera: error\n',
  });
});

/** Command lines and the codes they end with, all at once: two at a time. */
async function codes(lines: readonly (readonly [line: string, code: number])[]): Promise<Ran[]> {
  const runs: Ran[] = [];
  const queue = lines.entries();
  async function work() {
    for (const [index, [line]] of queue) runs[index] = await collapse(line.split(' '), {cwd});
  }
  await Promise.all([work(), work()]);
  const got = runs.map(({code, stderr}, index) => [lines[index]![0], code, code === 2 ? '' : stderr]);
  const wanted = lines.map(([line, code], index) => [line, code, code === 2 ? '' : runs[index]!.stderr]);
  expect(got).toEqual(wanted);
  return runs;
}

test('0: it passed', async () => {
  const [version, help, , , , , filtered] = await codes([
    ['--version', 0],
    ['check --help', 0],
    ['good.jsonl', 0],
    ['check repeats.jsonl --fail-on never --rule duplicate/*=warn --config probe.yml', 0],
    ['check broken.jsonl --max-malformed 1', 0],
    ['check flagged.jsonl --config probe.yml --max-warnings 1 --statistics', 0],
    ['filter repeats.jsonl --config probe.yml --dry-run', 0],
  ]);
  expect(version!.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(help!.stdout).toContain('--max-malformed N');
  expect(filtered!.stderr).toBe('');
  expect(readdirSync(cwd)).not.toContain('out');
});

test('1: findings, malformed lines, or a failed round, whatever is printed', async () => {
  const runs = await codes([
    ['check repeats.jsonl --format stylish', 1],
    ['check repeats.jsonl --format json', 1],
    ['check flagged.jsonl --config probe.yml --fail-on warn', 1],
    ['check flagged.jsonl --config probe.yml --max-warnings 0', 1],
    ['check broken.jsonl', 1],
    ['check repeats.jsonl --fail-on never', 1],
    ['filter repeats.jsonl --config probe.yml --dry-run --fail-on error', 1],
  ]);
  expect(JSON.parse(runs[1]!.stdout)).toMatchObject({verdict: 'fail', totals: {rejected: 2}});
  for (const {stderr} of runs) expect(stderr).toBe('');
});

test('2: wrong usage or config, with what may have been meant', async () => {
  const runs = await codes([
    ['check --formt json', 2],
    ['chek good.jsonl', 2],
    ['check god.jsonl', 2],
    ['check good.jsonl --format jsn', 2],
    ['check good.jsonl --concurrency none', 2],
    ['check good.jsonl --rule duplicate/nera=off', 2],
    ['check good.jsonl --fail-on eror', 2],
    ['check good.jsonl --config wrong.yml', 2],
    ['filter good.jsonl', 2],
    ['gate good.jsonl', 2],
    ['check good.jsonl --output json=good.jsonl/r.json', 2],
  ]);
  const said = runs.map(({stderr}) => stderr.split('\n')[0]);
  expect(said).toEqual([
    'Unknown option `--formt` for `collapse check`. Did you mean `--format`?',
    'Unknown command `chek`. Did you mean `check`? See `collapse --help`.',
    'Cannot read `god.jsonl`: there is no such file. Did you mean `good.jsonl`?',
    expect.stringMatching(/Unknown format `jsn`.*Did you mean `json`\?/),
    '`--concurrency` must be a whole number from 1, found `none`.',
    '`--rule duplicate/nera=off`: unknown rule `duplicate/nera`. Did you mean `duplicate/near`?',
    expect.stringMatching(/`--fail-on`: unknown level `eror`.*Did you mean `error`\?/),
    expect.stringMatching(/^wrong\.yml:2:3 .*Did you mean `duplicate\/near`\?$/),
    '`collapse filter` needs `--out DIR` to write to, or `--dry-run` to write nothing.',
    '`good.jsonl` is not a run folder. It has no manifest.json; name one that `collapse filter --out` wrote.',
    expect.stringContaining('good.jsonl'),
  ]);
  for (const {stdout, stderr} of runs.slice(0, -1))
    expect([stdout, stderr.includes('bug')]).toEqual(['', false]);
  expect(runs.at(-1)!.stderr).not.toContain('bug');
});

test('3: nothing was scanned, and nothing is printed or written', async () => {
  const runs = await codes([
    ['check empty.jsonl --format json', 3],
    ['check blank -q', 3],
    ['filter empty.jsonl --out nothing', 3],
  ]);
  for (const {stdout, stderr} of runs) {
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^Nothing was scanned: no records in `/);
  }
  expect(readdirSync(cwd)).not.toContain('nothing');
});

test('a run that is saved, judged again and refused', async () => {
  const saved = await collapse(['filter', 'repeats.jsonl', '--config', 'probe.yml', '--out', 'run'], {cwd});
  expect(saved).toMatchObject({
    code: 0,
    stderr: 'The run is in run\nGo through what was refused: collapse review run\n',
  });
  const failed = await collapse(['filter', 'repeats.jsonl', '--out', 'other', '-q'], {cwd});
  expect(failed).toMatchObject({code: 1, stderr: ''});
  expect(readdirSync(cwd).filter(name => name.includes('other'))).toEqual(['other.failed']);
  const [, again, lenient] = await codes([
    ['gate run --config probe.yml', 0],
    ['gate run -f json', 1],
    ['gate other.failed --config lenient.yml -f json', 0],
    ['gate run --config probe.yml --fail-on error', 1],
    ['gate run other.failed', 2],
  ]);
  expect(JSON.parse(again!.stdout)).toMatchObject({verdict: 'fail', totals: {accepted: 3, rejected: 2}});
  expect(JSON.parse(lenient!.stdout)).toMatchObject({verdict: 'pass', totals: {accepted: 3, rejected: 2}});
  expect(readdirSync(join(cwd, 'run')).sort()).toEqual([
    ...[
      'accepted.jsonl',
      'config.json',
      'evidence.jsonl',
      'manifest.json',
      'rejected.jsonl',
      'report.html',
      'report.json',
    ],
  ]);
});
