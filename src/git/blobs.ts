import {spawn} from 'node:child_process';
import {closeSync, openSync, writeSync} from 'node:fs';
import {InputError} from '../corpus/errors.js';
import type {GitPlace} from './exec.js';

/** A blob and the file that its content is to be written to; the file must not be there. */
export interface BlobCopy {
  readonly oid: string;
  readonly file: string;
}

const newline = 10;

/**
 * Writes blobs to files, one after the other through one `git cat-file --batch`, in bounded memory. Throws
 * InputError for a blob that git does not have.
 */
export async function copyBlobs({cwd, env}: GitPlace, copies: readonly BlobCopy[]): Promise<void> {
  if (copies.length === 0) return;
  const git = spawn('git', ['cat-file', '--batch'], {cwd, env, stdio: ['pipe', 'pipe', 'ignore']});
  const ended = new Promise<number | null>((done, fail) => {
    git.on('error', fail);
    git.on('close', done);
  });
  ended.catch(() => {});
  // git may end before it has read all names.
  git.stdin.on('error', () => {});
  git.stdin.end(copies.map(({oid}) => `${oid}\n`).join(''));
  const reader = readerOf(git.stdout);
  try {
    for (const {oid, file} of copies) {
      const header = (await reader.line()).split(' ');
      const size = Number(header[2]);
      if (header[1] !== 'blob' || !Number.isSafeInteger(size)) throw missing(oid);
      const descriptor = openSync(file, 'wx', 0o600);
      try {
        await reader.bytes(size, chunk => {
          for (let done = 0; done < chunk.length; ) done += writeSync(descriptor, chunk, done);
        });
      } finally {
        closeSync(descriptor);
      }
      await reader.bytes(1, () => {});
    }
    await ended;
  } finally {
    git.kill();
  }
}

function missing(oid: string): InputError {
  return new InputError(
    `Cannot read the blob ${oid.slice(0, 12)}`,
    'git does not have it here',
    'In a partial clone, fetch what is missing (`git fetch --refetch`); otherwise `git fsck` says more.',
  );
}

/** Takes lines and stretches of bytes off a stream. */
function readerOf(stream: AsyncIterable<Buffer>) {
  const chunks = stream[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);

  async function more(): Promise<boolean> {
    const {value, done} = await chunks.next();
    if (done) return false;
    rest = rest.length === 0 ? value : Buffer.concat([rest, value]);
    return true;
  }

  return {
    async line(): Promise<string> {
      let end = rest.indexOf(newline);
      while (end < 0 && (await more())) end = rest.indexOf(newline);
      const line = rest.subarray(0, end < 0 ? rest.length : end).toString('utf8');
      rest = rest.subarray(end < 0 ? rest.length : end + 1);
      return line;
    },
    async bytes(count: number, take: (chunk: Buffer) => void): Promise<void> {
      for (let left = count; left > 0; ) {
        if (rest.length === 0 && !(await more())) {
          throw new InputError('`git cat-file` failed', 'it ended early', 'Run `git fsck`.');
        }
        const chunk = rest.subarray(0, left);
        take(chunk);
        left -= chunk.length;
        rest = rest.subarray(chunk.length);
      }
    },
  };
}

/** Sizes of blobs, by name; those that git does not have are not in it. */
export async function blobSizes({cwd, env}: GitPlace, oids: readonly string[]): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  if (oids.length === 0) return sizes;
  const git = spawn('git', ['cat-file', '--batch-check=%(objectname) %(objectsize)'], {
    cwd,
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  git.stdin.on('error', () => {});
  git.stdin.end(oids.map(oid => `${oid}\n`).join(''));
  const parts: Buffer[] = [];
  for await (const part of git.stdout) parts.push(part as Buffer);
  for (const line of Buffer.concat(parts).toString('utf8').split('\n')) {
    const [oid, size] = line.split(' ');
    if (/^\d+$/.test(size ?? '')) sizes.set(oid!, Number(size));
  }
  return sizes;
}
