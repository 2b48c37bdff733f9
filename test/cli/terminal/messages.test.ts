import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {nothing} from '../../../src/cli/commands/check.js';
import {run as runExplain} from '../../../src/cli/commands/explain.js';
import {run as runFilter} from '../../../src/cli/commands/filter.js';
import {run as runProfile} from '../../../src/cli/commands/profile.js';
import {fail} from '../../../src/cli/exit.js';

/** What commands say, run in this process: nothing needs a build, and nothing starts a thread. */
const before = process.cwd();
const cwd = mkdtempSync(join(tmpdir(), 'collapse-says-'));
const argv = process.argv;

beforeAll(() => {
  process.chdir(cwd);
  const rows = (...texts: string[]) => `${texts.map(text => JSON.stringify({text})).join('\n')}\n`;
  const words = 'the ferry leaves the quay at noon and comes back with the evening tide';
  writeFileSync('good.jsonl', rows(words, 'bread is baked here before the street lamps go out each morning'));
  writeFileSync('twice.jsonl', rows(words, words));
  writeFileSync('bad.jsonl', 'nope\n');
  mkdirSync('tables/deep', {recursive: true});
  for (const file of ['tables/a.avro', 'tables/b.feather', 'tables/c.json', 'tables/deep/d.xlsx']) {
    writeFileSync(file, '');
  }
});
afterAll(() => {
  process.chdir(before);
  process.argv = argv;
  rmSync(cwd, {recursive: true, force: true});
});

/** Runs something and returns what it wrote, without what the test runner itself writes to. */
async function said(step: () => Promise<number> | number) {
  const [stdout, stderr]: [string[], string[]] = [[], []];
  const writes = [process.stdout.write, process.stderr.write] as const;
  const capture = (to: string[]) =>
    ((text: string, done?: () => void) => {
      to.push(String(text));
      done?.();
      return true;
    }) as typeof process.stdout.write;
  process.stdout.write = capture(stdout);
  process.stderr.write = capture(stderr);
  try {
    return {code: await step(), stdout: stdout.join(''), stderr: stderr.join('')};
  } finally {
    [process.stdout.write, process.stderr.write] = writes;
  }
}

test('a refused round says that nothing was released, where the evidence is, and what is old', async () => {
  const first = await said(() => runFilter(['good.jsonl', '--out', 'run', '--color', 'never']));
  expect(first).toMatchObject({code: 0, stderr: expect.stringContaining('The run is in run\n')});
  const accepted = readFileSync('run/accepted.jsonl');
  const args = ['bad.jsonl', '--out', 'run', '--overwrite', '--color', 'never'];
  const {code, stderr, stdout} = await said(() => runFilter(args));
  expect(code).toBe(1);
  expect(stdout).toContain('FAIL  1 malformed line, 0 allowed\n');
  expect(stderr).toBe(
    'Nothing was released: the round failed. The evidence is in run.failed\n' +
      'run holds an earlier run, left as it was: its records are not of this round.\n',
  );
  expect(readFileSync('run/accepted.jsonl')).toEqual(accepted);
  const alone = await said(() => runFilter(['bad.jsonl', '--out', 'new', '--color', 'never']));
  expect(alone.stderr).toBe('Nothing was released: the round failed. The evidence is in new.failed\n');
  const quiet = await said(() => runFilter(['bad.jsonl', '--out', 'new', '-q']));
  expect(quiet).toMatchObject({code: 1, stderr: ''});
});

test('a gate set by a flag refuses records, and its reasons are listed', async () => {
  const args = ['good.jsonl', '--reference', 'twice.jsonl', '--gate', 'novelty.minimum=0.5', '--no-cache'];
  const {stdout} = await said(() => runFilter([...args, '--rule', 'duplicate/exact=off', '--dry-run']));
  expect(stdout).toContain('gate/novelty');
  expect(stdout).toContain('do   Drop the record, or lower `minimum`.');
});

test('a reference is read, not judged', async () => {
  const {code, stdout, stderr} = await said(() => runProfile(['twice.jsonl', '--out', 'p.profile']));
  expect(code).toBe(0);
  expect(stdout).toContain('READ  2 records, 1 repeats an earlier one\n');
  expect(stdout).not.toMatch(/accepted|PASS/);
  expect(stderr).toBe('Wrote p.profile: 2 records\n');
  const more = await said(() => runProfile(['good.jsonl', '--out', 'p.profile']));
  expect(more.stderr).toBe('Extended p.profile: 2 records more\n');
});

test('a folder with other formats: which files were passed over, and what can be read', async () => {
  const {code, stderr} = await said(() => nothing(['tables']));
  expect(code).toBe(3);
  expect(stderr).toBe(
    'Nothing was scanned: no records in `tables`.\nPassed over: `tables/a.avro`, `tables/b.feather`, `tables/c.json` ' +
      'and more. Only JSON Lines (.jsonl, .ndjson), CSV, TSV and Parquet, and where they are named JSON arrays (.json), text (.txt) and Markdown (.md, .mdx), plain, gzip or zstd can be read today: convert them, one record per line.\n',
  );
  await expect(said(() => runProfile(['tables', '--out', 'q.profile']))).rejects.toThrow('`tables/a.avro`');
});

test('explains what findings bear the id of', async () => {
  const {code, stdout} = await said(() => runExplain(['gate/novelty', 'malformed', '--color', 'never']));
  expect(code).toBe(0);
  expect(stdout).toMatch(/^novelty\n/);
  expect(stdout).toContain('A line that is no record is data nobody checked.');
  expect((await said(() => runExplain([]))).stdout).toMatch(/\nWithout a rule:\n {2}malformed +Lines/);
  await expect(said(() => runExplain(['malfromed']))).rejects.toThrow('Did you mean `malformed`?');
});

test('errors show paths as they were typed', async () => {
  const shown = async (message: string, ...typed: string[]) => {
    process.argv = ['node', 'collapse', ...typed];
    return (await said(() => fail(Object.assign(new Error(message), {name: 'RunError'})))).stderr.trimEnd();
  };
  const folder = process.cwd();
  expect(await shown(`\`${folder}/run\` is there, open '${folder}/x/y'`)).toBe("`run` is there, open 'x/y'");
  expect(
    await shown(`\`${before}/a.jsonl\` is not there.`, '-r', `previous=${'../'.repeat(9)}${before}/a.jsonl`),
  ).toBe(`\`${'../'.repeat(9)}${before}/a.jsonl\` is not there.`);
  // Another folder that ends, or begins, alike.
  expect(await shown(`\`/other${folder}/run\`, \`${folder}-2/run\`.`)).toBe(
    `\`/other${folder}/run\`, \`${folder}-2/run\`.`,
  );
  // What was typed whole stays whole where it lies elsewhere.
  expect(await shown('`/elsewhere/a` is gone.', '/elsewhere/a')).toBe('`/elsewhere/a` is gone.');
});
