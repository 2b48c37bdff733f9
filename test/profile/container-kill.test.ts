import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {pathToFileURL} from 'node:url';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {appendSegment, openProfile, verifyProfile} from '../../src/profile/container/index.js';
import {bytes, draft, emptyFolder, filesIn, params} from './profiles.js';

// The child is plain Node, which cannot run TypeScript: the sources are compiled as they are now.
const compiled = mkdtempSync(join(tmpdir(), 'collapse-compiled-'));

beforeAll(() => {
  writeFileSync(join(compiled, 'package.json'), '{"type": "module"}');
  const options = ['--ignoreConfig', '--noCheck', '--module', 'nodenext', '--target', 'es2023'];
  const tsc = join(import.meta.dirname, '../../node_modules/typescript/bin/tsc');
  const entry = join(import.meta.dirname, '../../src/profile/container/index.ts');
  execFileSync(process.execPath, [tsc, ...options, '--types', 'node', '--outDir', compiled, entry]);
}, 60_000);

afterAll(() => rmSync(compiled, {recursive: true, force: true}));

it('a writer that is killed at any moment leaves a whole profile, and nothing in the way of the next', async () => {
  const folder = emptyFolder();
  const path = join(folder, 'a.profile');
  await appendSegment(path, params, draft('first', 1, {'first@1': bytes(42)}));
  const child = join(compiled, 'child.mjs');
  writeFileSync(
    child,
    `import {appendSegment, writeProfile} from ${JSON.stringify(pathToFileURL(join(compiled, 'index.js')).href)};
     const params = ${JSON.stringify(params)};
     const section = (name, bytes) => ({name, version: 1, bytes: new Uint8Array(bytes).fill(42)});
     const first = {records: 1, sources: [], sections: [section('first', 1)]};
     const more = {records: 1, sources: [], sections: [section('more', 300_000)]};
     for (let round = 0; ; round++) {
       if (round % 8 === 0) await writeProfile(${JSON.stringify(path)}, params, [first]);
       else await appendSegment(${JSON.stringify(path)}, params, more);
       if (round === 0) process.stdout.write('started');
     }`,
  );
  for (let attempt = 0; attempt < 8; attempt++) {
    const process = spawn(globalThis.process.execPath, [child], {stdio: ['ignore', 'pipe', 'inherit']});
    const ended = once(process, 'exit');
    // A child that cannot run ends at once, and the test fails below instead of waiting.
    await Promise.race([once(process.stdout, 'data'), ended]);
    expect(process.exitCode).toBeNull();
    await sleep(attempt * 7);
    process.kill('SIGKILL');
    await ended;
    const profile = openProfile(path);
    verifyProfile(profile);
    expect([...profile.segments[0]!.section('first')]).toEqual([42]);
    profile.close();
  }
  await appendSegment(path, params, draft('last', 1, {}), {patience: 0});
  expect(filesIn(folder)).toEqual(['a.profile']);
}, 60_000);
