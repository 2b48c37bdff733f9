import {createHash} from 'node:crypto';
import {readSync} from 'node:fs';
import {damaged, ProfileError, shown} from './error.js';

export const checksumBytes = 16;

/** Up to the next multiple of 8, the alignment of the widest typed array. */
export function padded(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}

export function newChecksum(): {update(bytes: Uint8Array): void; digest(): Uint8Array} {
  const hash = createHash('sha256');
  // OpenSSL takes at most 2 GiB at once.
  const most = 2 ** 30;
  return {
    update(bytes) {
      for (let start = 0; start < bytes.length; start += most)
        hash.update(bytes.subarray(start, start + most));
    },
    digest: () => hash.digest().subarray(0, checksumBytes),
  };
}

export function checksum(...parts: readonly Uint8Array[]): Uint8Array {
  const sum = newChecksum();
  for (const part of parts) sum.update(part);
  return sum.digest();
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** Reads exactly this range into a buffer of its own, aligned for every typed array. */
export function readRange(path: string, fd: number, offset: number, bytes: number): Uint8Array<ArrayBuffer> {
  const target = allocate(path, bytes);
  readInto(path, fd, offset, target);
  return target;
}

export function readInto(path: string, fd: number, offset: number, target: Uint8Array): void {
  for (let done = 0; done < target.length; ) {
    // One call in practice: the loop is for short reads and for ranges over 1 GiB.
    const read = readSync(fd, target, done, Math.min(target.length - done, 2 ** 30), offset + done);
    if (read === 0) throw damaged(path, 'the file became shorter while it was read');
    done += read;
  }
}

function allocate(path: string, bytes: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(bytes);
  } catch (error) {
    throw new ProfileError(
      `Profile \`${shown(path)}\` cannot be read: ${bytes} bytes at once do not fit the memory of Node. ` +
        'Split its sources over several profiles.',
      path,
      {cause: error},
    );
  }
}
