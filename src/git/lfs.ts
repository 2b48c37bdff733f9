import {existsSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {askGit} from './exec.js';
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
export async function lfsObject(repository: Repository, {sha256}: LfsPointer): Promise<string | undefined> {
  const {code, stdout} = await askGit(repository, ['config', 'lfs.storage']);
  const storage = code === 0 ? stdout.toString('utf8').trim() : 'lfs';
  const folder = resolve(repository.common, storage, 'objects');
  const file = join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  return existsSync(file) ? file : undefined;
}
