import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {
  appendSegment,
  compactProfile,
  type MergeContext,
  openProfile,
  ProfileError,
  type SectionMerge,
  writeProfile,
} from '../../src/profile/container/index.js';
import {bytes, contentOf, draft, emptyFolder, filesIn, params, source} from './profiles.js';

const joinBytes: SectionMerge = {version: 1, merge: parts => new Uint8Array(Buffer.concat(parts))};

describe('compacting a profile', () => {
  it('makes one segment, with the merge functions of those who know the sections', async () => {
    const folder = emptyFolder();
    const path = join(folder, 'a.profile');
    await writeProfile(path, params, [
      draft('a', 2, {'ids@1': bytes(1, 2), 'sum@3': bytes(5)}),
      draft('b', 0, {'ids@1': bytes(), 'sum@3': bytes(0)}),
      draft('c', 1, {'sum@3': bytes(7), 'ids@1': bytes(3)}),
    ]);
    const contexts: MergeContext[] = [];
    const sum: SectionMerge = {
      version: 3,
      merge(parts, context) {
        contexts.push(context);
        return bytes(parts.reduce((total, part) => total + part[0]!, 0));
      },
    };
    expect(await compactProfile(path, {ids: joinBytes, sum})).toEqual({merged: ['ids', 'sum'], kept: []});
    const all = {records: [0, 3], sources: [0, 3]};
    expect(contentOf(path)).toEqual({
      params,
      segments: [
        {
          records: 3,
          sources: [source('a.jsonl', 2), source('b.jsonl', 0), source('c.jsonl', 1)],
          sections: [
            {name: 'ids', version: 1, content: [1, 2, 3], ...all},
            {name: 'sum', version: 3, content: [12], ...all},
          ],
        },
      ],
    });
    expect(contexts).toEqual([
      {
        name: 'sum',
        params,
        records: 3,
        coverage: [
          {records: [0, 2], sources: [0, 1]},
          {records: [2, 2], sources: [1, 2]},
          {records: [2, 3], sources: [2, 3]},
        ],
      },
    ]);
    expect(filesIn(folder)).toEqual(['a.profile']);
  });

  it('keeps in parts what it cannot merge: unknown, of another version, or not of all records', async () => {
    const path = join(emptyFolder(), 'a.profile');
    await writeProfile(path, params, [
      draft('a', 2, {'ids@1': bytes(1), 'unknown@1': bytes(11), 'newer@2': bytes(21), 'some@1': bytes(31)}),
      draft('b', 1, {'ids@1': bytes(2), 'unknown@1': bytes(12), 'newer@2': bytes(22)}),
    ]);
    const result = await compactProfile(path, {ids: joinBytes, newer: joinBytes, some: joinBytes});
    expect(result).toEqual({merged: ['ids'], kept: ['unknown', 'newer', 'some']});
    const profile = openProfile(path);
    const segment = profile.segments[0]!;
    expect(segment.parts('unknown')).toEqual([
      {records: [0, 2], sources: [0, 1], bytes: bytes(11)},
      {records: [2, 3], sources: [1, 2], bytes: bytes(12)},
    ]);
    expect(segment.parts('some')).toEqual([{records: [0, 2], sources: [0, 1], bytes: bytes(31)}]);
    expect(segment.parts('ids')).toEqual([{records: [0, 3], sources: [0, 2], bytes: bytes(1, 2)}]);
    expect(['ids', 'unknown', 'newer', 'some'].filter(name => segment.has(name))).toEqual(['ids']);
    expect(() => segment.section('newer')).toThrow('keeps section `newer` in parts');
    expect(() => segment.section('some')).toThrow('has section `some` for 2 of the 3 records');
    profile.close();
  });

  it('can be done later for what was kept, also after more was added', async () => {
    const folder = emptyFolder();
    const [late, once] = [join(folder, 'late'), join(folder, 'once')];
    const drafts = ['a', 'b', 'c', 'd'].map((name, index) =>
      draft(name, index, {'ids@1': bytes(index, index), 'x@1': bytes(index)}),
    );
    for (const segment of drafts) await appendSegment(once, params, segment);
    await compactProfile(once, {ids: joinBytes, x: joinBytes});
    for (const segment of drafts) {
      await appendSegment(late, params, segment);
      await compactProfile(late, {x: joinBytes});
    }
    expect(readFileSync(late)).not.toEqual(readFileSync(once));
    await compactProfile(late, {ids: joinBytes, x: joinBytes});
    expect(readFileSync(late)).toEqual(readFileSync(once));
  });

  it('loses no byte of any section, whatever is merged', async () => {
    const path = join(emptyFolder(), 'a.profile');
    const sections = fc.dictionary(
      fc.constantFrom('a@1', 'a@2', 'b@1', 'c@1'),
      fc.uint8Array({maxLength: 9}),
    );
    const drafts = fc.array(fc.tuple(fc.nat(3), sections), {minLength: 1, maxLength: 4});
    await fc.assert(
      fc.asyncProperty(drafts, fc.subarray(['a', 'b', 'c']), async (segments, known) => {
        await writeProfile(
          path,
          params,
          segments.map(([records, content], index) => draft(`s${index}`, records, content)),
        );
        await compactProfile(path, Object.fromEntries(known.map(name => [name, joinBytes])));
        const profile = openProfile(path);
        expect(profile.segments.length).toBe(1);
        for (const key of ['a@1', 'a@2', 'b@1', 'c@1']) {
          const [name, version] = key.split('@');
          const parts = profile.segments[0]!.parts(name!, Number(version));
          const expected = segments.flatMap(([, content]) => [...(content[key] ?? [])]);
          expect(parts.flatMap(part => [...part.bytes])).toEqual(expected);
        }
        profile.close();
      }),
      {numRuns: 40},
    );
  });

  it('leaves the profile as it was when a merge fails, or when there is none', async () => {
    const folder = emptyFolder();
    const path = join(folder, 'a.profile');
    await writeProfile(path, params, [draft('a', 1, {'x@1': bytes(1)}), draft('b', 1, {'x@1': bytes(2)})]);
    const before = readFileSync(path);
    const failing: SectionMerge = {
      version: 1,
      merge() {
        throw new TypeError('cannot');
      },
    };
    await expect(compactProfile(path, {x: failing})).rejects.toThrow(new TypeError('cannot'));
    expect(readFileSync(path)).toEqual(before);
    await expect(compactProfile(join(folder, 'none'), {})).rejects.toThrow(ProfileError);
    expect(filesIn(folder)).toEqual(['a.profile']);
  });
});
