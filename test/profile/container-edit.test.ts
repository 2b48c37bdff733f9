import {readFileSync, writeFileSync} from 'node:fs';
import {hostname} from 'node:os';
import {join} from 'node:path';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {
  appendSegment,
  openProfile,
  ProfileError,
  profileInfo,
  requireSameParams,
  writeProfile,
} from '../../src/profile/container/index.js';
import {bytes, contentOf, draft, emptyFolder, filesIn, params} from './profiles.js';

describe('extending a profile', () => {
  it('gives the same file as writing all segments at once', async () => {
    const folder = emptyFolder();
    const drafts = [
      draft('a', 2, {'ids@1': bytes(1, 2, 3)}),
      draft('b', 0, {}),
      draft('c', 1, {'ids@1': bytes(), 'future/section@9': new Uint8Array(64).fill(5)}),
    ];
    await writeProfile(join(folder, 'once'), params, drafts);
    for (const segment of drafts) await appendSegment(join(folder, 'grown'), params, segment);
    expect(readFileSync(join(folder, 'grown'))).toEqual(readFileSync(join(folder, 'once')));
    expect(filesIn(folder)).toEqual(['grown', 'once']);
  });

  it('keeps sections that nothing here knows bit for bit', async () => {
    const path = join(emptyFolder(), 'a.profile');
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({maxLength: 50}), async unknown => {
        await writeProfile(path, params, [draft('a', 1, {'plugin:x/y@7': unknown})]);
        const before = readFileSync(path).subarray(32, 32 + Math.ceil(unknown.length / 8) * 8);
        await appendSegment(path, params, draft('b', 1, {'ids@1': bytes(1)}));
        const profile = openProfile(path);
        expect(profile.segments[0]!.section('plugin:x/y', 7)).toEqual(unknown);
        expect(readFileSync(path).subarray(32, 32 + before.length)).toEqual(before);
        profile.close();
      }),
      {numRuns: 20},
    );
  });

  it('is refused with other parameters, naming each, and the command that rebuilds', async () => {
    const path = join(emptyFolder(), 'a.profile');
    await writeProfile(path, {tokeniser: 1, sketch: 128, old: 'x'}, [draft('it is', 1, {})]);
    const before = readFileSync(path);
    const other = {tokeniser: '1', sketch: 128, new: 3};
    await expect(appendSegment(path, other, draft('b', 1, {}))).rejects.toThrow(
      `Profile \`${path}\` was made with other parameters and cannot be extended: \`new\` is absent, now 3; ` +
        '`old` is "x", now absent; `tokeniser` is 1, now "1". To rebuild it, delete it and run ' +
        `\`collapse profile 'it is.jsonl' b.jsonl --out ${path}\`.`,
    );
    expect(readFileSync(path)).toEqual(before);
  });

  it('does not take a parameter named as something that every object has for present', async () => {
    const path = join(emptyFolder(), 'a.profile');
    await writeProfile(path, {}, []);
    const profile = openProfile(path);
    expect(() => requireSameParams(profile, {toString: 1})).toThrow('`toString` is absent, now 1');
    expect(() => requireSameParams(profile, {})).not.toThrow();
    profile.close();
  });

  it('names a few sources only, where there are many', async () => {
    const path = join(emptyFolder(), 'a.profile');
    await writeProfile(
      path,
      {x: 1},
      Array.from({length: 9}, (_, index) => draft(`s${index}`, 1, {})),
    );
    await expect(appendSegment(path, {x: 2}, draft('b', 1, {}))).rejects.toThrow(
      'collapse profile s0.jsonl s1.jsonl s2.jsonl s3.jsonl s4.jsonl … --out',
    );
  });
});

describe('writers at the same time', () => {
  it('wait for each other, so that none loses its segment', async () => {
    const folder = emptyFolder();
    const path = join(folder, 'a.profile');
    await Promise.all([1, 2, 3].map(n => appendSegment(path, params, draft(`s${n}`, n, {'n@1': bytes(n)}))));
    expect(profileInfo(path).records).toBe(6);
    expect(filesIn(folder)).toEqual(['a.profile']);
  });

  it('are told who is writing when they waited long enough', async () => {
    const folder = emptyFolder();
    const path = join(folder, 'a.profile');
    const lock = {pid: process.pid, host: hostname(), started: null, token: 'another'};
    writeFileSync(`${path}.lock`, JSON.stringify(lock));
    await expect(writeProfile(path, params, [], {patience: 0})).rejects.toThrow(
      `is being written by process ${process.pid} on \`${hostname()}\`. Wait until it is done and run again; ` +
        `if no such process is running, delete \`${path}.lock\`.`,
    );
    expect(filesIn(folder)).toEqual(['a.profile.lock']);
  });

  it('leave the lock of another machine alone', async () => {
    const path = join(emptyFolder(), 'a.profile');
    const lock = {pid: 1, host: 'elsewhere', started: null, token: 'another'};
    writeFileSync(`${path}.lock`, JSON.stringify(lock));
    await expect(writeProfile(path, params, [], {patience: 0})).rejects.toThrow('process 1 on `elsewhere`');
  });

  it('break the lock of a dead process, and remove what it left', async () => {
    const folder = emptyFolder();
    const path = join(folder, 'a.profile');
    // Larger than any process number of today's systems.
    const lock = {pid: 2 ** 30, host: hostname(), started: null, token: 'another'};
    const left = ['a.profile.123.0123abcd.tmp', 'a.profile.lock.0123abcd'];
    const notOurs = ['a.profile.123.tmp', 'a.profile.bak', 'b.profile.123.0123abcd.tmp'];
    writeFileSync(`${path}.lock`, JSON.stringify(lock));
    for (const name of [...left, ...notOurs]) writeFileSync(join(folder, name), 'x');
    await writeProfile(path, params, [], {patience: 0});
    expect(filesIn(folder)).toEqual(['a.profile', ...notOurs].sort());
  });

  it.runIf(process.platform === 'linux')(
    'break the lock of an earlier process with the same number',
    async () => {
      const path = join(emptyFolder(), 'a.profile');
      const lock = {pid: process.pid, host: hostname(), started: '1', token: 'another'};
      writeFileSync(`${path}.lock`, JSON.stringify(lock));
      await writeProfile(path, params, [], {patience: 0});
      expect(profileInfo(path).records).toBe(0);
    },
  );

  it('break a lock that stays without content', async () => {
    const path = join(emptyFolder(), 'a.profile');
    writeFileSync(`${path}.lock`, '');
    await expect(writeProfile(path, params, [], {patience: 0})).rejects.toThrow('by an unknown process');
    await writeProfile(path, params, []);
    expect(profileInfo(path).records).toBe(0);
  });

  it('give up when their lock was taken over meanwhile', async () => {
    const folder = emptyFolder();
    const path = join(folder, 'a.profile');
    await writeProfile(path, params, [draft('a', 1, {})]);
    const before = contentOf(path);
    // The second writer's content is asked for while it holds the lock.
    const segment = {
      ...draft('b', 1, {}),
      get sections(): never[] {
        writeFileSync(`${path}.lock`, JSON.stringify({pid: 1, host: 'elsewhere', started: null, token: 'x'}));
        return [];
      },
    };
    await expect(appendSegment(path, params, segment)).rejects.toThrow(ProfileError);
    expect(contentOf(path)).toEqual(before);
    expect(filesIn(folder)).toEqual(['a.profile', 'a.profile.lock']);
  });
});
