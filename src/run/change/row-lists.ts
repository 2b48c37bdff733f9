import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Input} from '../../corpus/input.js';
import {ProfileError} from '../../profile/container/index.js';
import type {Contents, OpenedContents} from './contents.js';
import type {DataFile} from './files.js';
import {decodeRows, encodeRows, listRows, type RowList, rowsVersion} from './rows.js';

/** Rows of files, from the cache or read now; what was opened for it stays open. */
export function createRowLists(contents: Contents, folder: string, params: string) {
  const opened = new Map<DataFile, {input: Input; contents: OpenedContents}>();

  async function inputOf(file: DataFile): Promise<Input> {
    const known = opened.get(file);
    if (known !== undefined) return known.input;
    const one = await contents.open([file]);
    const input = one.inputs.get(file)!;
    opened.set(file, {input, contents: one});
    return input;
  }

  return {
    inputOf,
    async rowsOf(file: DataFile): Promise<RowList> {
      if (file.worktree !== undefined) return listRows(await inputOf(file));
      const name = createHash('sha256')
        .update(`${rowsVersion} ${params} ${file.key}`)
        .digest('hex')
        .slice(0, 40);
      const path = join(folder, `${name}.rows`);
      const known = readRows(path);
      if (known !== undefined) return known;
      const rows = await listRows(await inputOf(file));
      mkdirSync(folder, {recursive: true});
      const temporary = `${path}.${process.pid}.tmp`;
      writeFileSync(temporary, encodeRows(rows));
      renameSync(temporary, path);
      return rows;
    },
    close() {
      for (const {contents: one} of opened.values()) one.release();
    },
  };
}

function readRows(path: string): RowList | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return decodeRows(new Uint8Array(readFileSync(path)));
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error;
    return undefined;
  }
}
