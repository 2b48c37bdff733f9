import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {join, resolve} from 'node:path';
import type {Repository} from './repository.js';

/** What Git LFS commits in the place of a file. */
export interface LfsPointer {
  /** SHA-256 of the file. */
  readonly sha256: string;
  readonly size: number;
}

/** A pointer is never longer. */
export const maxPointerBytes = 1024;

export function readPointer(content: Buffer): LfsPointer | undefined {
  if (content.length > maxPointerBytes) return undefined;
  const text = content.toString('utf8');
  if (!text.startsWith('version https://git-lfs.github.com/spec/')) return undefined;
  const sha256 = /^oid sha256:([0-9a-f]{64})$/m.exec(text)?.[1];
  const size = /^size (\d{1,15})$/m.exec(text)?.[1];
  return sha256 === undefined || size === undefined ? undefined : {sha256, size: Number(size)};
}

/** The file that a pointer stands for, where Git LFS has fetched or staged it. */
export function lfsObject(repository: Repository, {sha256}: LfsPointer): string | undefined {
  const file = join(objectsOf(repository), sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  return existsSync(file) ? file : undefined;
}

const objects = new WeakMap<Repository, string>();

/** Asked once, and at once: a record is looked at again in the midst of the join. */
function objectsOf(repository: Repository): string {
  const known = objects.get(repository);
  if (known !== undefined) return known;
  const {status, stdout} = spawnSync('git', ['config', 'lfs.storage'], {
    cwd: repository.cwd,
    env: repository.env,
    encoding: 'utf8',
  });
  const folder = resolve(repository.common, status === 0 ? stdout.trim() : 'lfs', 'objects');
  objects.set(repository, folder);
  return folder;
}
