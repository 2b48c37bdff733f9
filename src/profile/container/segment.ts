import type {Coverage, SectionEntry, SegmentEntry} from './directory.js';
import {ProfileError, rebuildCommand, shown} from './error.js';

/** One of the pieces that a section may be kept in, with the records and sources that it speaks of. */
interface SectionPart extends Coverage {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface ProfileSegment extends SegmentEntry {
  /** Whether `section(name, version)` would find it. Looks into the directory only. */
  has(name: string, version?: number): boolean;
  /**
   * Reads a section that covers the whole segment and verifies its checksum. The bytes have a buffer of
   * their own and start at its beginning. Without `version`: the highest there is. Throws ProfileError when
   * there is none, when it is kept in parts, or when its bytes are not those that were written.
   */
  section(name: string, version?: number): Uint8Array<ArrayBuffer>;
  /** As `section`, also for what is kept in parts. Empty when the segment has none of this name. */
  parts(name: string, version?: number): SectionPart[];
}

/** Puts the functions that find sections by name on a segment of the directory. */
export function readableSegment(
  path: string,
  segment: SegmentEntry,
  read: (entry: SectionEntry) => Uint8Array<ArrayBuffer>,
): ProfileSegment {
  const find = (name: string, version?: number): SectionEntry[] => entriesOf(segment, name, version);
  return {
    ...segment,
    has: (name, version) => isWhole(segment, find(name, version)),
    section(name, version) {
      const entries = find(name, version);
      if (!isWhole(segment, entries)) throw notFound(path, segment, name, version, entries);
      return read(entries[0]!);
    },
    parts: (name, version) =>
      find(name, version).map(entry => ({
        records: entry.records,
        sources: entry.sources,
        bytes: read(entry),
      })),
  };
}

function entriesOf(segment: SegmentEntry, name: string, version?: number): SectionEntry[] {
  const named = segment.sections.filter(entry => entry.name === name);
  const wanted = version ?? named.reduce((highest, entry) => Math.max(highest, entry.version), 0);
  return named.filter(entry => entry.version === wanted);
}

/** Whether these entries are one section that speaks of all records of its segment. */
export function isWhole(segment: SegmentEntry, entries: readonly SectionEntry[]): boolean {
  const [entry] = entries;
  return (
    entry !== undefined &&
    entries.length === 1 &&
    entry.records[0] === 0 &&
    entry.records[1] === segment.records &&
    entry.sources[0] === 0 &&
    entry.sources[1] === segment.sources.length
  );
}

function notFound(
  path: string,
  segment: SegmentEntry,
  name: string,
  version: number | undefined,
  parts: readonly SectionEntry[],
): ProfileError {
  return new ProfileError(
    `Profile \`${shown(path)}\` ${reason(segment, name, version, parts)}. To rebuild it, delete it and run ` +
      `\`${rebuildCommand(
        path,
        segment.sources.map(source => source.path),
      )}\`.`,
    path,
  );
}

function reason(
  segment: SegmentEntry,
  name: string,
  version: number | undefined,
  parts: readonly SectionEntry[],
): string {
  const section = `section \`${shown(name)}\``;
  const covered = parts.reduce((sum, part) => sum + part.records[1] - part.records[0], 0);
  if (parts.length > 0 && covered < segment.records) {
    return `has ${section} for ${covered} of the ${segment.records} records of a segment`;
  }
  if (parts.length > 0) return `keeps ${section} in parts: whoever compacted it could not merge them`;
  const [other] = entriesOf(segment, name);
  return other ? `has ${section} in version ${other.version}, not ${version}` : `has no ${section}`;
}
