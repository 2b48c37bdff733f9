import {padded} from './bytes.js';
import {flawIn} from './check.js';
import {damaged, ProfileError, shown} from './error.js';

/** Every parameter that two segments must share to be comparable: tokeniser version, sketch size … */
export type ProfileParams = Readonly<Record<string, string | number>>;

/** A file that records of a segment came from. */
export interface ProfileSource {
  readonly path: string;
  readonly bytes: number;
  /** Of the file as stored, 64 hex digits. */
  readonly sha256: string;
  readonly records: number;
}

/** A run `[first, end)`. */
export type Range = readonly [first: number, end: number];

/** The run of records, and of sources, of its segment that a section speaks of. */
export interface Coverage {
  readonly records: Range;
  readonly sources: Range;
}

/**
 * A stretch of the file. Several with one name and version are parts, in order, each numbering the records
 * of its run from 0: that is how a merged segment keeps sections that nobody knew how to merge.
 */
export interface SectionEntry extends Coverage {
  readonly name: string;
  readonly version: number;
  /** In the file; a multiple of 8. */
  readonly offset: number;
  /** Without padding. */
  readonly bytes: number;
  /** First 128 bits of the SHA-256 of the section with its padding, in hex. */
  readonly checksum: string;
}

export interface SegmentEntry {
  readonly records: number;
  readonly sources: readonly ProfileSource[];
  /** In the order in which they stand in the file. */
  readonly sections: readonly SectionEntry[];
}

export interface Directory {
  readonly params: ProfileParams;
  readonly segments: readonly SegmentEntry[];
}

/** About a million sources; a little above, the text would not fit a string. */
export const maximumDirectoryBytes = 2 ** 28;

/** `offset` is where the directory will stand. The same content gives the same bytes. */
export function encodeDirectory(path: string, directory: Directory, offset: number): Uint8Array {
  const flaw = flawIn(directory, offset);
  if (flaw !== undefined) {
    throw new ProfileError(
      `Cannot write profile \`${shown(path)}\`: ${flaw}. This is a mistake in the code that made the segment.`,
      path,
    );
  }
  const params = Object.fromEntries(Object.entries(directory.params).sort(([a], [b]) => (a < b ? -1 : 1)));
  const json = JSON.stringify({params, segments: directory.segments});
  const bytes = Buffer.byteLength(json);
  if (bytes > maximumDirectoryBytes) {
    throw new ProfileError(
      `Cannot write profile \`${shown(path)}\`: it has too many sources. Join small source files into larger ones.`,
      path,
    );
  }
  return Buffer.from(json + ' '.repeat(padded(bytes) - bytes));
}

/** `offset` is where the directory stands, that is, where the last section must end. */
export function decodeDirectory(path: string, bytes: Uint8Array, offset: number): Directory {
  const directory = parseJson(bytes);
  const flaw = flawIn(directory, offset);
  if (flaw !== undefined) throw damaged(path, `its directory is wrong: ${flaw}`);
  return directory as Directory;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString());
  } catch {
    return undefined;
  }
}
