import {replaceFile, type WriteOptions} from './atomic.js';
import type {Coverage, ProfileParams, Range, SectionEntry, SegmentEntry} from './directory.js';
import {withProfile} from './edit.js';
import type {Profile} from './read.js';
import {isWhole} from './segment.js';
import {startProfile} from './write.js';

/** What a merge function is told about its parts. */
export interface MergeContext {
  readonly name: string;
  readonly params: ProfileParams;
  /** Of the merged segment. */
  readonly records: number;
  /** For each part the run of records and of sources of the merged segment that it speaks of. */
  readonly coverage: readonly Coverage[];
}

export interface SectionMerge {
  /** The version of the section that `merge` reads and writes. Others are kept in parts. */
  readonly version: number;
  /** Gets one part per run of records, in order, each numbering its records and sources from 0. */
  merge(parts: readonly Uint8Array<ArrayBuffer>[], context: MergeContext): Uint8Array;
}

export interface Compaction {
  /** Names of the sections that are now one. */
  readonly merged: readonly string[];
  /** Names of the sections that stayed in parts: nothing in `merges` for their version, or some are missing. */
  readonly kept: readonly string[];
}

/**
 * Makes one segment of all: records and sources are those of the segments, one after the other. A section
 * is merged when `merges` knows its name and version and it speaks of all records; otherwise its parts stay
 * as they are, bit for bit, each with the run of records that it covers: `segment.parts(name)` finds them,
 * and a later compaction with the right merge function joins them. As safe as `writeProfile`.
 */
export async function compactProfile(
  path: string,
  merges: Readonly<Record<string, SectionMerge>>,
  options: WriteOptions = {},
): Promise<Compaction> {
  const merged: string[] = [];
  const kept: string[] = [];
  await replaceFile(path, options, async handle => {
    const writer = await startProfile(path, handle);
    await withProfile(path, async profile => {
      const {segment, groups} = joined(profile);
      writer.segment(segment.records, segment.sources);
      for (const parts of groups) {
        const {name, version} = parts[0]!;
        const merge = Object.hasOwn(merges, name) ? merges[name] : undefined;
        if (isWhole(segment, parts)) {
          await writer.copy(profile, parts[0]!);
        } else if (merge?.version === version && tiles(segment, parts)) {
          const bytes = parts.map(part => profile.read(part));
          const coverage = parts.map(({records, sources}) => ({records, sources}));
          const context = {name, params: profile.params, records: segment.records, coverage};
          await writer.section(name, version, merge.merge(bytes, context));
          merged.push(name);
        } else {
          for (const part of parts) await writer.copy(profile, part);
          kept.push(name);
        }
      }
      await writer.end(profile.params);
    });
  });
  return {merged, kept};
}

/** One segment with the records and sources of all, and the sections, moved to their new runs, by kind. */
function joined(profile: Profile): {segment: SegmentEntry; groups: SectionEntry[][]} {
  const groups = new Map<string, SectionEntry[]>();
  let records = 0;
  let sources = 0;
  for (const segment of profile.segments) {
    for (const entry of segment.sections) {
      const key = `${entry.name}@${entry.version}`;
      const group = groups.get(key) ?? [];
      group.push({...entry, records: moved(entry.records, records), sources: moved(entry.sources, sources)});
      groups.set(key, group);
    }
    records += segment.records;
    sources += segment.sources.length;
  }
  const all = profile.segments.flatMap(segment => segment.sources);
  return {segment: {records, sources: all, sections: []}, groups: [...groups.values()]};
}

function moved(range: Range, by: number): Range {
  return [range[0] + by, range[1] + by];
}

/** Whether the parts, which are in order, leave out no record and no source. */
function tiles(segment: SegmentEntry, parts: readonly Coverage[]): boolean {
  let records = 0;
  let sources = 0;
  for (const part of parts) {
    if (part.records[0] !== records || part.sources[0] !== sources) return false;
    [records, sources] = [part.records[1], part.sources[1]];
  }
  return records === segment.records && sources === segment.sources.length;
}
