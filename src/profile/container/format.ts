import {endianness} from 'node:os';
import {checksum, sameBytes} from './bytes.js';
import {damaged, ProfileError, shown} from './error.js';

/*
 * The fixed parts of a profile file. All numbers are little-endian.
 *
 *   header      32 bytes   magic 8 | format version u32 | byte order mark u32 | checksum of these 16
 *   sections    each padded to a multiple of 8, back to back, so that typed arrays can be laid on them
 *   directory   JSON, padded with spaces to a multiple of 8
 *   trailer     56 bytes   directory offset u64, length u64, checksum 16 | checksum of these 32 | magic 8
 *
 * Checksums are the first 128 bits of SHA-256: they find damage, they do not prove who wrote the file.
 * Every byte, padding included, is under one of them. The trailer comes last, so a file that was cut off
 * anywhere is recognised before anything in it is believed.
 */

/** Of the fixed parts and of the directory; sections have versions of their own. */
export const formatVersion = 1;
export const headerBytes = 32;
export const trailerBytes = 56;

// As in PNG: a byte that is not ASCII, and line ends that a transfer in text mode would change.
export const magic = new Uint8Array([0x89, 0x43, 0x47, 0x50, 0x0d, 0x0a, 0x1a, 0x0a]);
const endMagic = new Uint8Array([0x0a, 0x1a, 0x0a, 0x0d, 0x50, 0x47, 0x43, 0x89]);
const byteOrderMark = 0x01020304;

/** Typed arrays use the order of the machine; nearly every one is little-endian, and the rest are told. */
export function requireLittleEndian(path: string): void {
  if (endianness() === 'LE') return;
  throw new ProfileError(
    `Profile \`${shown(path)}\` cannot be used here: profiles are little-endian and this machine is not. ` +
      'Use a little-endian machine.',
    path,
  );
}

export function encodeHeader(): Uint8Array {
  const header = new Uint8Array(headerBytes);
  const view = new DataView(header.buffer);
  header.set(magic);
  view.setUint32(8, formatVersion, true);
  view.setUint32(12, byteOrderMark, true);
  header.set(checksum(header.subarray(0, 16)), 16);
  return header;
}

/** Throws unless these are the first bytes of a profile in a format that this version reads. */
export function checkHeader(path: string, header: Uint8Array<ArrayBuffer>): void {
  const start = header.subarray(0, magic.length);
  if (header.length === 0 || !sameBytes(start, magic.subarray(0, start.length))) {
    if (Buffer.from(header).toString().startsWith('version https://git-lfs')) {
      throw new ProfileError(
        `\`${shown(path)}\` is not a profile but a Git LFS pointer to one. Run \`git lfs pull\`.`,
        path,
      );
    }
    throw new ProfileError(
      `\`${shown(path)}\` is not a profile${header.length === 0 ? ': it is empty' : ''}. ` +
        'Name a file that `collapse profile` wrote.',
      path,
    );
  }
  if (header.length < headerBytes) throw damaged(path, 'the file is truncated');
  // Checked before the version is believed: these 32 bytes stay the same in every later format.
  if (!sameBytes(checksum(header.subarray(0, 16)), header.subarray(16))) {
    throw damaged(path, 'the checksum of its header does not match');
  }
  const view = new DataView(header.buffer, header.byteOffset);
  const version = view.getUint32(8, true);
  if (version > formatVersion) {
    throw new ProfileError(
      `Profile \`${shown(path)}\` was made by a newer collapse-gate: its format version is ${version}, this ` +
        `one reads up to ${formatVersion}. Update collapse-gate, or rebuild the profile with this version.`,
      path,
    );
  }
  if (version < 1 || view.getUint32(12, true) !== byteOrderMark) throw damaged(path, 'its header is wrong');
}

export interface DirectoryPlace {
  readonly offset: number;
  readonly bytes: number;
  readonly checksum: Uint8Array;
}

export function encodeTrailer(directory: DirectoryPlace): Uint8Array {
  const trailer = new Uint8Array(trailerBytes);
  const view = new DataView(trailer.buffer);
  view.setBigUint64(0, BigInt(directory.offset), true);
  view.setBigUint64(8, BigInt(directory.bytes), true);
  trailer.set(directory.checksum, 16);
  trailer.set(checksum(trailer.subarray(0, 32)), 32);
  trailer.set(endMagic, 48);
  return trailer;
}

/** `size` is that of the file: the directory must fill it exactly up to the trailer. */
export function decodeTrailer(path: string, trailer: Uint8Array<ArrayBuffer>, size: number): DirectoryPlace {
  if (!sameBytes(trailer.subarray(48), endMagic)) {
    throw damaged(path, 'the file is truncated, or something was written after its end');
  }
  if (!sameBytes(checksum(trailer.subarray(0, 32)), trailer.subarray(32, 48))) {
    throw damaged(path, 'the checksum of its trailer does not match');
  }
  const view = new DataView(trailer.buffer, trailer.byteOffset);
  const offset = Number(view.getBigUint64(0, true));
  const bytes = Number(view.getBigUint64(8, true));
  if (offset < headerBytes || offset % 8 !== 0 || offset + bytes + trailerBytes !== size) {
    throw damaged(path, 'its trailer does not fit the size of the file');
  }
  return {offset, bytes, checksum: trailer.slice(16, 32)};
}
