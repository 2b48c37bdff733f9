import {mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {
  isProfile,
  openProfile,
  ProfileError,
  type ProfileParams,
  profileInfo,
  type SegmentDraft,
  verifyProfile,
  writeProfile,
} from '../../src/profile/container/index.js';
import {bytes, contentOf, draft, emptyFolder, filesIn, params, source} from './profiles.js';

function errorOf(action: () => unknown): ProfileError {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(ProfileError);
    return error as ProfileError;
  }
  throw new Error('nothing was thrown');
}

describe('a written profile', () => {
  it('gives back parameters, sources and sections of any content and size', async () => {
    const sections = fc.uniqueArray(
      fc.record({
        name: fc.stringMatching(/^[a-z@_][\w@./:-]{0,20}$/),
        version: fc.nat(3),
        bytes: fc.uint8Array({maxLength: 40}),
      }),
      {selector: ({name, version}) => `${name}@${version}`, maxLength: 4},
    );
    const sources = fc.array(
      fc.record({
        path: fc.string({unit: 'grapheme'}),
        bytes: fc.maxSafeNat(),
        sha256: fc.stringMatching(/^[0-9a-f]{64}$/),
        records: fc.nat(),
      }),
      {maxLength: 3},
    );
    const drafts = fc.array(fc.record({records: fc.nat(), sources, sections}), {maxLength: 3});
    const values = fc.oneof(fc.string(), fc.integer(), fc.double({noNaN: true, noDefaultInfinity: true}));
    const path = join(emptyFolder(), 'a.profile');
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), values), drafts, async (params, segments) => {
        await writeProfile(path, params, segments);
        expect(contentOf(path)).toEqual(expected(params, segments));
      }),
      {numRuns: 30},
    );
  });

  it('is the same file for the same content, in whatever order the parameters come', async () => {
    const folder = emptyFolder();
    const segments = [draft('a', 2, {'ids@1': bytes(1, 2, 3)})];
    await writeProfile(join(folder, 'a'), {x: 1, y: 'two'}, segments);
    await writeProfile(join(folder, 'b'), {y: 'two', x: 1}, segments);
    expect(readFileSync(join(folder, 'a'))).toEqual(readFileSync(join(folder, 'b')));
  });

  it('leaves nothing else in the folder, and replaces what a link points to', async () => {
    const folder = emptyFolder();
    const path = join(folder, 'a.profile');
    const link = join(folder, 'link');
    await writeProfile(path, params, []);
    symlinkSync(path, link);
    await writeProfile(link, {x: 1}, []);
    expect(filesIn(folder)).toEqual(['a.profile', 'link']);
    expect(profileInfo(path).params).toEqual({x: 1});
  });

  it('gives sections as aligned bytes of their own', async () => {
    const path = join(emptyFolder(), 'a.profile');
    const odd = new Uint8Array(1001).fill(7);
    await writeProfile(path, params, [draft('a', 1, {'odd@1': odd, 'f64@1': new Uint8Array(16)})]);
    const profile = openProfile(path);
    const [segment] = profile.segments;
    const first = segment!.section('f64', 1);
    first.fill(255);
    expect(first.byteOffset).toBe(0);
    expect(new Float64Array(first.buffer, 0, 2).length).toBe(2);
    expect(segment!.section('f64')).toEqual(new Uint8Array(16));
    expect(segment!.section('odd')).toEqual(odd);
    profile.close();
  });

  it('finds a section by name, and by version where there are several', async () => {
    const path = join(emptyFolder(), 'a.profile');
    await writeProfile(path, params, [
      draft('a', 1, {'ids@2': bytes(2), 'ids@10': bytes(10), 'ids@1': bytes(1)}),
    ]);
    const profile = openProfile(path);
    const segment = profile.segments[0]!;
    expect([...segment.section('ids')]).toEqual([10]);
    expect([...segment.section('ids', 1)]).toEqual([1]);
    expect([segment.has('ids'), segment.has('ids', 2), segment.has('ids', 3), segment.has('other')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(segment.parts('other')).toEqual([]);
    expect(errorOf(() => segment.section('ids', 3)).message).toContain(
      'has section `ids` in version 10, not 3',
    );
    expect(errorOf(() => segment.section('other')).message).toBe(
      `Profile \`${path}\` has no section \`other\`. To rebuild it, delete it and run ` +
        `\`collapse profile a.jsonl --out ${path}\`.`,
    );
    profile.close();
    expect(errorOf(() => segment.section('ids')).message).toContain('is closed');
    profile.close();
  });

  it('stays readable as it was while it is replaced', async () => {
    const path = join(emptyFolder(), 'a.profile');
    await writeProfile(path, params, [draft('a', 1, {'ids@1': bytes(1)})]);
    const profile = openProfile(path);
    await writeProfile(path, params, [draft('b', 1, {'ids@1': bytes(2)})]);
    expect([...profile.segments[0]!.section('ids')]).toEqual([1]);
    profile.close();
  });

  it('is described by plain data', async () => {
    const path = join(emptyFolder(), 'a.profile');
    await writeProfile(path, params, [
      draft('a', 3, {'ids@1': new Uint8Array(30), 'sketch@2': new Uint8Array(60)}),
      draft('b', 1, {'ids@1': new Uint8Array(10)}),
    ]);
    const info = profileInfo(path);
    expect(info).toMatchObject({path, format: 1, records: 4, params, bytes: readFileSync(path).length});
    expect(info.bytesPerRecord).toBe(info.bytes / 4);
    expect(info.sections).toEqual([
      {name: 'sketch', version: 2, bytes: 60, bytesPerRecord: 20, parts: 1},
      {name: 'ids', version: 1, bytes: 40, bytesPerRecord: 10, parts: 2},
    ]);
    expect(info.segments[1]).toEqual({
      records: 1,
      sources: [source('b.jsonl', 1)],
      sections: [{name: 'ids', version: 1, bytes: 10, bytesPerRecord: 10, parts: 1}],
    });
    await writeProfile(path, params, []);
    expect(profileInfo(path).bytesPerRecord).toBeNull();
    expect(JSON.parse(JSON.stringify(profileInfo(path)))).toEqual(profileInfo(path));
  });

  function expected(params: ProfileParams, segments: readonly SegmentDraft[]): unknown {
    return {
      params: JSON.parse(JSON.stringify(params)),
      segments: segments.map(({records, sources, sections}) => ({
        records,
        sources,
        sections: sections.map(({name, version, bytes}) => ({
          name,
          version,
          records: [0, records],
          sources: [0, sources.length],
          content: [...bytes],
        })),
      })),
    };
  }
});

describe('what is not a profile', () => {
  it('is told from one without an error', async () => {
    const folder = emptyFolder();
    const files = {empty: '', short: '\u0089CG', text: '{"text": "a"}\n'};
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content, 'latin1');
    await writeProfile(join(folder, 'real'), params, []);
    expect([...Object.keys(files), 'missing', 'real'].filter(name => isProfile(join(folder, name)))).toEqual([
      'real',
    ]);
    expect(isProfile(folder)).toBe(false);
  });

  it('is refused with a reason and advice', () => {
    const folder = emptyFolder();
    const path = join(folder, 'x');
    expect(errorOf(() => openProfile(path)).message).toBe(
      `There is no profile \`${path}\`. Check the path, or make it: \`collapse profile <sources…> --out ${path}\`.`,
    );
    expect(errorOf(() => openProfile(folder)).message).toContain('is not a file');
    writeFileSync(path, '');
    expect(errorOf(() => openProfile(path)).message).toContain('is not a profile: it is empty');
    writeFileSync(path, '{"text": "a"}\n');
    expect(errorOf(() => openProfile(path)).message).toContain('is not a profile. Name a file that');
    writeFileSync(path, 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n');
    expect(errorOf(() => openProfile(path)).message).toContain('`git lfs pull`');
  });

  it('is never replaced', async () => {
    const path = join(emptyFolder(), 'data.jsonl');
    writeFileSync(path, '{"text": "a"}\n');
    await expect(writeProfile(path, params, [])).rejects.toThrow('is not a profile and was not replaced');
    expect(readFileSync(path, 'utf8')).toBe('{"text": "a"}\n');
  });

  it('does not get its control characters into a message', () => {
    const message = errorOf(() => openProfile(join(emptyFolder(), 'a\u001B[2J\u202Eb'))).message;
    expect(message).not.toMatch(/\p{C}/u);
  });
});

describe('what cannot be written', () => {
  it.each([
    ['a section name', draft('a', 1, {'two words@1': bytes()}), 'right name'],
    ['a version', draft('a', 1, {'ids@-1': bytes()}), 'right name, version'],
    ['a number of records', {...draft('a', 1, {}), records: 1.5}, 'number of records'],
    ['a checksum', {...draft('a', 1, {}), sources: [{...source('a', 1), sha256: 'AB'}]}, 'SHA-256'],
    [
      'a repeated section',
      {...draft('a', 1, {}), sections: [1, 1].map(version => ({name: 'ids', version, bytes: bytes()}))},
      'comes twice',
    ],
  ])('is refused for %s, and the old profile stays', async (_, segment, message) => {
    const folder = emptyFolder();
    const path = join(folder, 'a.profile');
    await writeProfile(path, params, []);
    const before = readFileSync(path);
    await expect(writeProfile(path, params, [segment])).rejects.toThrow(message);
    await expect(writeProfile(path, {x: Number.NaN}, [])).rejects.toThrow('finite number');
    expect(readFileSync(path)).toEqual(before);
    expect(filesIn(folder)).toEqual(['a.profile']);
  });

  it('is a ProfileError with advice when the folder is missing or the name is a folder', async () => {
    const folder = emptyFolder();
    await expect(writeProfile(join(folder, 'no', 'a'), params, [])).rejects.toThrow(
      /^Cannot write profile .*folder/,
    );
    mkdirSync(join(folder, 'taken'));
    await expect(writeProfile(join(folder, 'taken'), params, [])).rejects.toThrow(ProfileError);
    expect(filesIn(folder)).toEqual(['taken']);
  });

  it('does not hide a damaged profile from being replaced', async () => {
    const path = join(emptyFolder(), 'a.profile');
    await writeProfile(path, params, [draft('a', 1, {'ids@1': bytes(1)})]);
    writeFileSync(path, readFileSync(path).subarray(0, 50));
    await writeProfile(path, params, []);
    const profile = openProfile(path);
    expect(() => verifyProfile(profile)).not.toThrow();
    profile.close();
  });
});
