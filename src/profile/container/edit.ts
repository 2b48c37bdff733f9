import {replaceFile, type WriteOptions} from './atomic.js';
import type {ProfileParams, ProfileSource} from './directory.js';
import {ProfileError, rebuildCommand, shown} from './error.js';
import {requireLittleEndian} from './format.js';
import {isProfile, openProfile, type Profile} from './read.js';
import type {Streamed} from './table.js';
import {type ProfileWriter, startProfile} from './write.js';

/** What a new segment holds. */
export interface SegmentDraft {
  readonly sources: readonly ProfileSource[];
  readonly records: number;
  readonly sections: readonly SectionDraft[];
}

interface SectionDraft {
  /** Up to 100 of `A-Z a-z 0-9 _ @ . / : -`; by custom the id of the rule, or of the part, that reads it. */
  readonly name: string;
  /** Of the section's own format, from 0. A name may come twice, with different versions. */
  readonly version: number;
  readonly bytes: Uint8Array | Streamed;
}

/**
 * Writes a profile, replacing the one at `path`; never a file that is something else. At any moment, also
 * after a kill or a power cut, the old file or the new one is there, complete. Throws ProfileError, and then
 * the old file is as it was.
 */
export async function writeProfile(
  path: string,
  params: ProfileParams,
  segments: readonly SegmentDraft[],
  options: WriteOptions = {},
): Promise<void> {
  requireLittleEndian(path);
  await replaceFile(path, options, async (handle, old) => {
    if (old !== undefined && !isProfile(old)) throw notReplaced(path);
    const writer = await startProfile(path, handle);
    for (const segment of segments) await writeSegment(path, writer, segment);
    await writer.end(params);
  });
}

/**
 * Extends a profile by a segment, or makes it where there is none. The other segments are copied bit for
 * bit, sections that nothing here knows included, and verified on the way. As safe as `writeProfile`; of
 * two processes at once the second waits for the first and then adds to its result. Throws ProfileError
 * also when `params` are not those of the profile.
 */
export async function appendSegment(
  path: string,
  params: ProfileParams,
  segment: SegmentDraft,
  options: WriteOptions = {},
): Promise<void> {
  requireLittleEndian(path);
  await replaceFile(path, options, async (handle, old) => {
    const writer = await startProfile(path, handle);
    if (old !== undefined) {
      await withProfile(path, async profile => {
        requireSameParams(profile, params, segment.sources);
        for (const kept of profile.segments) {
          writer.segment(kept.records, kept.sources);
          for (const entry of kept.sections) await writer.copy(profile, entry);
        }
      });
    }
    await writeSegment(path, writer, segment);
    await writer.end(params);
  });
}

/**
 * Throws ProfileError, naming every parameter that differs, unless records summed up with `params` can be
 * compared with those of the profile. Worth asking before a long build: `appendSegment` asks at its end.
 */
export function requireSameParams(
  profile: Profile,
  params: ProfileParams,
  newSources: readonly {readonly path: string}[] = [],
): void {
  const before = new Map(Object.entries(profile.params));
  const after = new Map(Object.entries(params));
  const differing = [...new Set([...before.keys(), ...after.keys()])]
    .filter(name => before.get(name) !== after.get(name))
    .sort();
  if (differing.length === 0) return;
  const list = differing.map(
    name => `\`${shown(name)}\` is ${show(before.get(name))}, now ${show(after.get(name))}`,
  );
  const sources = [...profile.segments.flatMap(segment => segment.sources), ...newSources];
  throw new ProfileError(
    `Profile \`${shown(profile.path)}\` was made with other parameters and cannot be extended: ` +
      `${list.join('; ')}. To rebuild it, delete it and run ` +
      `\`${rebuildCommand(
        profile.path,
        sources.map(source => source.path),
      )}\`.`,
    profile.path,
  );
}

/** Runs `use` on an open profile and closes it. */
export async function withProfile<Result>(
  path: string,
  use: (profile: Profile) => Promise<Result>,
): Promise<Result> {
  const profile = openProfile(path);
  try {
    return await use(profile);
  } finally {
    profile.close();
  }
}

async function writeSegment(path: string, writer: ProfileWriter, segment: SegmentDraft): Promise<void> {
  const seen = new Set<string>();
  writer.segment(segment.records, segment.sources);
  for (const {name, version, bytes} of segment.sections) {
    const key = `${name}@${version}`;
    if (seen.has(key)) {
      throw new ProfileError(
        `Cannot write profile \`${shown(path)}\`: section \`${shown(name)}\` version ${version} comes twice. ` +
          'This is a mistake in the code that made the segment.',
        path,
      );
    }
    seen.add(key);
    await writer.section(name, version, bytes);
  }
}

function show(param: string | number | undefined): string {
  return param === undefined ? 'absent' : shown(JSON.stringify(param));
}

function notReplaced(path: string): ProfileError {
  return new ProfileError(
    `\`${shown(path)}\` is not a profile and was not replaced. Name another file, or delete it first.`,
    path,
  );
}
