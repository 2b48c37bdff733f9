import {checksum, newChecksum, padded, readInto, readRange} from './bytes.js';
import type {SectionEntry} from './directory.js';
import {damaged, fromSystem, type ProfileError} from './error.js';

/** An open file, and what messages about it need. */
interface OpenFile {
  readonly path: string;
  readonly fd: number;
  readonly sources: readonly string[];
}

export function readSection(file: OpenFile, entry: SectionEntry): Uint8Array<ArrayBuffer> {
  const bytes = named(file, () => readRange(file.path, file.fd, entry.offset, padded(entry.bytes)));
  if (hex(checksum(bytes)) !== entry.checksum) throw mismatch(file, entry);
  return bytes.subarray(0, entry.bytes);
}

export function* sectionPieces(file: OpenFile, entry: SectionEntry): Generator<Uint8Array> {
  const sum = newChecksum();
  const end = entry.offset + padded(entry.bytes);
  // One for all pieces: fresh memory costs more than reading into it.
  const buffer = new Uint8Array(Math.min(end - entry.offset, 2 ** 22));
  for (let offset = entry.offset; offset < end; ) {
    const piece = buffer.subarray(0, end - offset);
    named(file, () => readInto(file.path, file.fd, offset, piece));
    sum.update(piece);
    yield piece;
    offset += piece.length;
  }
  if (hex(sum.digest()) !== entry.checksum) throw mismatch(file, entry);
}

/** Errors of the system get the profile's name. */
function named<Result>(file: OpenFile, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw fromSystem(file.path, 'read', error);
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function mismatch({path, sources}: OpenFile, entry: SectionEntry): ProfileError {
  return damaged(path, `the checksum of section \`${entry.name}\` does not match`, sources);
}
