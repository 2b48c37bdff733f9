import {closeSync, fstatSync, openSync, statSync} from 'node:fs';
import {checksum, readRange, sameBytes} from './bytes.js';
import {
  type Directory,
  decodeDirectory,
  maximumDirectoryBytes,
  type ProfileParams,
  type SectionEntry,
} from './directory.js';
import {damaged, fromSystem, ProfileError, rebuildCommand, shown} from './error.js';
import {checkHeader, decodeTrailer, headerBytes, magic, requireLittleEndian, trailerBytes} from './format.js';
import {readSection, sectionPieces} from './read-section.js';
import {type ProfileSegment, readableSegment} from './segment.js';

/** An open profile: a consistent snapshot, also while another process replaces the file. */
export interface Profile {
  readonly path: string;
  /** Size of the file. */
  readonly bytes: number;
  readonly params: ProfileParams;
  readonly segments: readonly ProfileSegment[];
  /** Reads the bytes of one entry of a segment's `sections` and verifies their checksum. */
  read(entry: SectionEntry): Uint8Array<ArrayBuffer>;
  /**
   * The same with its padding, a piece at a time, each valid until the next is asked for. The checksum is
   * verified at the end: what was done with the pieces must be undone when this throws.
   */
  pieces(entry: SectionEntry): Iterable<Uint8Array>;
  /** Gives the file back. Bytes that were read stay valid. */
  close(): void;
}

/** Whether the file starts as a profile does. False for what is not a file or cannot be read. */
export function isProfile(path: string): boolean {
  let fd: number | undefined;
  try {
    // Asked first: opening a named pipe would wait for its writer.
    if (!statSync(path).isFile()) return false;
    fd = openSync(path, 'r');
    return sameBytes(readRange(path, fd, 0, magic.length), magic);
  } catch {
    return false;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** Opens a profile and checks all of it but the sections, which are verified whenever they are read. */
export function openProfile(path: string): Profile {
  requireLittleEndian(path);
  const fd = openFile(path);
  let open = true;
  const close = (): void => {
    if (open) closeSync(fd);
    open = false;
  };
  try {
    const {size, directory} = readDirectory(path, fd);
    const sources = directory.segments.flatMap(segment => segment.sources.map(source => source.path));
    // A closed descriptor may by now belong to another file.
    const requireOpen = (): void => {
      if (!open) throw new ProfileError(`Profile \`${shown(path)}\` is closed. Open it again.`, path);
    };
    const read = (entry: SectionEntry): Uint8Array<ArrayBuffer> => {
      requireOpen();
      return readSection({path, fd, sources}, entry);
    };
    const pieces = (entry: SectionEntry): Iterable<Uint8Array> => {
      requireOpen();
      return sectionPieces({path, fd, sources}, entry);
    };
    const segments = directory.segments.map(segment => readableSegment(path, segment, read));
    return {path, bytes: size, params: directory.params, segments, read, pieces, close};
  } catch (error) {
    close();
    throw fromSystem(path, 'read', error);
  }
}

/** Reads every section once, so that damage anywhere in the file is found now. Throws ProfileError. */
export function verifyProfile(profile: Profile): void {
  for (const segment of profile.segments) {
    for (const entry of segment.sections) for (const _ of profile.pieces(entry));
  }
}

function openFile(path: string): number {
  try {
    if (!statSync(path).isFile()) {
      throw new ProfileError(
        `\`${shown(path)}\` is not a file. Name a file that \`collapse profile\` wrote.`,
        path,
      );
    }
    return openSync(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new ProfileError(
        `There is no profile \`${shown(path)}\`. Check the path, or make it: \`${rebuildCommand(path)}\`.`,
        path,
        {cause: error},
      );
    }
    throw fromSystem(path, 'open', error);
  }
}

function readDirectory(path: string, fd: number): {size: number; directory: Directory} {
  const {size} = fstatSync(fd);
  checkHeader(path, readRange(path, fd, 0, Math.min(size, headerBytes)));
  if (size < headerBytes + trailerBytes) throw damaged(path, 'the file is truncated');
  const place = decodeTrailer(path, readRange(path, fd, size - trailerBytes, trailerBytes), size);
  if (place.bytes > maximumDirectoryBytes) throw damaged(path, 'its directory is too large');
  const bytes = readRange(path, fd, place.offset, place.bytes);
  if (!sameBytes(checksum(bytes), place.checksum)) {
    throw damaged(path, 'the checksum of its directory does not match');
  }
  return {size, directory: decodeDirectory(path, bytes, place.offset)};
}
