import {once} from 'node:events';
import {existsSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {beforeAll, expect, test} from 'vitest';
import {corpusChunks} from '../../bench/corpus.mjs';
import {lastingFolder} from '../engine/rounds.js';
import {collapse, filesIn, sha256, start} from './collapse.js';

let cwd = '';
/** What an undisturbed run writes, and how long it took, in milliseconds. */
let whole: ReturnType<typeof filesIn>;
let duration = 0;

const command = (out: string) => ['filter', 'data.jsonl', '--out', out, '-q', '--concurrency', '2'];

beforeAll(async () => {
  cwd = lastingFolder();
  const chunks = corpusChunks({seed: 5, bytes: 2_000_000, duplicates: 0.04, near: 0.03});
  for (const chunk of chunks) writeFileSync(join(cwd, 'data.jsonl'), chunk, {flag: 'a'});
  const before = performance.now();
  expect(await collapse(command('whole'), {cwd})).toMatchObject({code: 0, stderr: ''});
  duration = performance.now() - before;
  whole = filesIn(join(cwd, 'whole'));
}, 60_000);

/** A run is there as a whole or not at all. */
function expectWholeOrAbsent(out: string, why: string): void {
  if (!existsSync(join(cwd, out))) return;
  const files = filesIn(join(cwd, out));
  const manifest = JSON.parse(files.get('manifest.json')!.toString());
  for (const {path, sha256: digest} of manifest.files) expect(sha256(files.get(path)!), why).toBe(digest);
  expect([...files.keys()], why).toEqual([...whole.keys()]);
}

function expectSame(out: string): void {
  const files = filesIn(join(cwd, out));
  expect([...files.keys()]).toEqual([...whole.keys()]);
  for (const [name, bytes] of whole) expect(files.get(name)!.equals(bytes), name).toBe(true);
}

test('killed at any moment, a run is whole or absent, and the next one is as if nothing had been', async () => {
  const kills = 8;
  for (let kill = 0; kill < kills; kill++) {
    // One in each eighth of the time that a run takes, and a little over.
    const delay = ((kill + Math.random()) / kills) * duration * 1.1;
    const child = start([...command('out'), '--overwrite'], {cwd, input: ''});
    await wait(delay);
    child.kill('SIGKILL');
    await child.ended;
    expectWholeOrAbsent('out', `killed after ${delay} ms`);
  }
  expect(await collapse([...command('out'), '--overwrite'], {cwd})).toMatchObject({code: 0, stderr: ''});
  expectSame('out');
  expect(readdirSync(cwd).sort()).toEqual(['data.jsonl', 'out', 'whole']);
}, 120_000);

test('an older run survives every kill', async () => {
  for (const share of [0.5, 0.9]) {
    const child = start([...command('out'), '--overwrite', '--max-findings', '3'], {cwd, input: ''});
    await wait(share * duration * Math.random());
    child.kill('SIGKILL');
    await child.ended;
    // Killed between two renames it is aside, and comes back with the next run.
    if (!existsSync(join(cwd, 'out'))) await collapse(command('out'), {cwd});
    if (JSON.parse(filesIn(join(cwd, 'out')).get('config.json')!.toString()).maxFindings !== 3)
      expectSame('out');
  }
}, 60_000);

test('two runs at once into different folders do not disturb each other', async () => {
  const runs = ['first', 'second'].map(out => collapse(command(out), {cwd}));
  for (const ran of await Promise.all(runs)) expect(ran).toMatchObject({code: 0, stderr: ''});
  for (const out of ['first', 'second']) {
    expectSame(out);
    rmSync(join(cwd, out), {recursive: true});
  }
}, 60_000);

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s during a scan ends it with 130 and leaves nothing',
  async signal => {
    const child = start([...command('interrupted')], {cwd, input: ''});
    while (!readdirSync(cwd).some(name => name.startsWith('.interrupted.partial'))) {
      expect(child.exitCode).toBeNull();
      await wait(5);
    }
    await wait(duration * 0.2);
    child.kill(signal);
    expect(await child.ended).toMatchObject({
      code: 130,
      signal: null,
      stdout: '',
      stderr: 'Interrupted. Nothing was written.\n',
    });
    expect(readdirSync(cwd).filter(name => name.includes('interrupted'))).toEqual([]);
  },
);

test('an interrupt while standard input is still open ends the run too', async () => {
  const child = start(['filter', '-', '--out', 'interrupted'], {cwd});
  child.stdin!.write('{"text": "The first of many lines."}\n');
  while (!readdirSync(cwd).some(name => name.startsWith('.interrupted.partial'))) {
    expect(child.exitCode).toBeNull();
    await wait(5);
  }
  await wait(100);
  child.kill('SIGINT');
  expect(await child.ended).toMatchObject({code: 130, stderr: 'Interrupted. Nothing was written.\n'});
  expect(readdirSync(cwd).filter(name => name.includes('interrupted'))).toEqual([]);
});

test.each([
  ['check', ['check', 'data.jsonl', '--format', 'json', '--max-findings', '100000'], 1],
  ['filter', ['filter', '-'], 0],
] as const)('a reader that goes away early is no error: %s', async (_, args, code) => {
  const input = args.includes('-' as never) ? filesIn(cwd).get('data.jsonl')! : '';
  const child = start(args, {cwd, input});
  await once(child.stdout!, 'data');
  child.stdout!.destroy();
  const {stderr, ...ran} = await child.ended;
  expect(ran).toMatchObject({code, signal: null});
  if (args[0] === 'check') expect(stderr).toBe('');
  else expect(stderr).not.toMatch(/EPIPE|bug/);
});
