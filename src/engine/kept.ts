import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {deserialize, serialize} from 'node:v8';
import type {ScannedRecord} from './record.js';

/**
 * What providers gave in the scan, for later passes: a model is asked once for each record, and a service that
 * answers differently the second time cannot make two passes disagree. One file for each chunk, written and
 * read by whichever thread has the chunk: the end of each row's bytes, then the bytes.
 */
export function createKeptFolder(): string {
  return mkdtempSync(join(tmpdir(), 'collapse-features-'));
}

export function removeKept(folder: string): void {
  rmSync(folder, {recursive: true, force: true});
}

const fileOf = (folder: string, chunk: number) => join(folder, `${chunk}.bin`);

/** Keeps the named features of a chunk's rows. What cannot be stored (functions) is asked for again. */
export function keepFeatures(
  folder: string,
  chunk: number,
  names: readonly string[],
  rows: readonly (ScannedRecord | string)[],
): void {
  const ends = new Uint32Array(rows.length);
  const stored: Buffer[] = [];
  let end = 0;
  for (const [index, row] of rows.entries()) {
    const bytes = typeof row === 'string' ? undefined : bytesOf(row.derived as Features, names);
    if (bytes !== undefined) {
      stored.push(bytes);
      end += bytes.length;
    }
    ends[index] = end;
  }
  writeFileSync(fileOf(folder, chunk), Buffer.concat([new Uint8Array(ends.buffer), ...stored]));
}

type Features = Readonly<Record<string, unknown>>;

function bytesOf(derived: Features, names: readonly string[]): Buffer | undefined {
  const values = names.flatMap(name => (Object.hasOwn(derived, name) ? [[name, derived[name]]] : []));
  try {
    return values.length === 0 ? undefined : serialize(Object.fromEntries(values));
  } catch {
    return undefined;
  }
}

/** Gives each row of a chunk what was kept of it. */
export function recallChunk(
  folder: string,
  chunk: number,
  count: number,
): (row: number, of: ScannedRecord) => void {
  const file = fileOf(folder, chunk);
  if (!existsSync(file)) return () => {};
  const bytes = readFileSync(file);
  const endOf = (row: number) => (row < 0 ? 0 : bytes.readUInt32LE(row * 4));
  return (row, record) => {
    const [start, end] = [endOf(row - 1), endOf(row)];
    if (end > start)
      Object.assign(record.derived, deserialize(bytes.subarray(count * 4 + start, count * 4 + end)));
  };
}

/** The same for rows wherever they stand, by their number in the run. */
export function createRecall(folder: string, rowsPerChunk: readonly number[]) {
  const firsts = [0];
  for (const count of rowsPerChunk) firsts.push(firsts.at(-1)! + count);
  let open: {readonly chunk: number; readonly descriptor: number} | undefined;

  function descriptorOf(chunk: number): number {
    if (open?.chunk === chunk) return open.descriptor;
    if (open !== undefined) closeSync(open.descriptor);
    open = {chunk, descriptor: openSync(fileOf(folder, chunk), 'r')};
    return open.descriptor;
  }

  return {
    recall(row: number, record: ScannedRecord): void {
      let [low, high] = [0, firsts.length - 1];
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (firsts[middle]! <= row) low = middle;
        else high = middle;
      }
      const descriptor = descriptorOf(low);
      const offset = row - firsts[low]!;
      const ends = Buffer.alloc(8);
      if (offset === 0) readSync(descriptor, ends, 4, 4, 0);
      else readSync(descriptor, ends, 0, 8, (offset - 1) * 4);
      const [start, end] = [ends.readUInt32LE(0), ends.readUInt32LE(4)];
      if (end === start) return;
      const bytes = Buffer.alloc(end - start);
      readSync(descriptor, bytes, 0, bytes.length, rowsPerChunk[low]! * 4 + start);
      Object.assign(record.derived, deserialize(bytes));
    },
    close(): void {
      if (open !== undefined) closeSync(open.descriptor);
      open = undefined;
    },
  };
}
