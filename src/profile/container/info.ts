import type {ProfileParams, ProfileSource, SectionEntry} from './directory.js';
import {formatVersion} from './format.js';
import {openProfile} from './read.js';

/** What `collapse profile --info` says; plain data. */
export interface ProfileInfo {
  readonly path: string;
  readonly format: number;
  /** Size of the file. */
  readonly bytes: number;
  readonly records: number;
  /** Of the whole file; null when there are no records. */
  readonly bytesPerRecord: number | null;
  readonly params: ProfileParams;
  /** Over all segments, largest first. */
  readonly sections: readonly SectionInfo[];
  readonly segments: readonly SegmentInfo[];
}

interface SectionInfo {
  readonly name: string;
  readonly version: number;
  readonly bytes: number;
  /** Over the records that it speaks of; null when there are none. */
  readonly bytesPerRecord: number | null;
  /** More than one per segment: kept by a compaction that could not merge it. */
  readonly parts: number;
}

interface SegmentInfo {
  readonly records: number;
  readonly sources: readonly ProfileSource[];
  readonly sections: readonly SectionInfo[];
}

/** Reads the directory only; `verifyProfile` is for the rest. Throws ProfileError as `openProfile` does. */
export function profileInfo(path: string): ProfileInfo {
  const profile = openProfile(path);
  profile.close();
  const {bytes, params, segments} = profile;
  const records = segments.reduce((sum, segment) => sum + segment.records, 0);
  return {
    path,
    format: formatVersion,
    bytes,
    records,
    bytesPerRecord: perRecord(bytes, records),
    params,
    sections: summed(segments.flatMap(segment => segment.sections)).sort(bySize),
    segments: segments.map(segment => ({
      records: segment.records,
      sources: segment.sources,
      sections: summed(segment.sections),
    })),
  };
}

function summed(entries: readonly SectionEntry[]): SectionInfo[] {
  const sums = new Map<
    string,
    {name: string; version: number; bytes: number; records: number; parts: number}
  >();
  for (const {name, version, bytes, records} of entries) {
    const key = `${name}@${version}`;
    const sum = sums.get(key) ?? {name, version, bytes: 0, records: 0, parts: 0};
    sum.bytes += bytes;
    sum.records += records[1] - records[0];
    sum.parts++;
    sums.set(key, sum);
  }
  return [...sums.values()].map(({records, ...sum}) => ({
    ...sum,
    bytesPerRecord: perRecord(sum.bytes, records),
  }));
}

function perRecord(bytes: number, records: number): number | null {
  return records === 0 ? null : bytes / records;
}

function bySize(a: SectionInfo, b: SectionInfo): number {
  return b.bytes - a.bytes || (a.name < b.name ? -1 : 1);
}
