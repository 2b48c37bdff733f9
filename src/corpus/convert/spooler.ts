import {randomUUID} from 'node:crypto';
import {type FileHandle, open} from 'node:fs/promises';
import {join} from 'node:path';
import {InputError, inputError, quoted} from '../errors.js';
import {type Origin, Places} from '../input.js';
import {isBomb, maxGzipRatio} from '../spool.js';

/** Bytes that are written at once. */
const blockBytes = 1 << 20;

/** Where a record stands in the file it came from. */
export interface At {
  /** Line or row, from 1. */
  readonly number: number;
  /** Bytes that belong to it in the original; for a row of a Parquet file its index twice. */
  readonly start: number;
  readonly end: number;
}

/** Writes records as lines of a file of their own, and remembers where each came from. */
export interface Spooler {
  readonly file: string;
  readonly places: Places;
  /** What matters to those who write the format again. */
  readonly traits: {-readonly [Key in 'codecs' | 'unwritable']?: NonNullable<Origin[Key]>};
  /** Takes one record: JSON text without line breaks. */
  add(json: string, at: At): Promise<void>;
  /** Takes what is no record, with what is wrong with it. */
  malformed(reason: string, at: At): Promise<void>;
  /** Gives the size of the file. */
  end(): Promise<number>;
  close(): Promise<void>;
}

export async function createSpooler(
  spoolDir: string,
  source: {readonly path: string; readonly bytes: number},
  bombBytes?: number,
): Promise<Spooler> {
  const file = join(spoolDir, `${randomUUID()}.jsonl`);
  // Training data is nobody else's business: the copy is for its owner only.
  const handle: FileHandle = await open(file, 'wx', 0o600);
  const places = new Places();
  let lines: string[] = [];
  let size = 0;
  let written = 0;

  async function flush(): Promise<void> {
    const bytes = Buffer.from(lines.join(''));
    lines = [];
    size = 0;
    try {
      await handle.writeFile(bytes);
    } catch (error) {
      throw inputError(`Cannot write a plain copy to \`${spoolDir}\``, error);
    }
    written += bytes.length;
    if (isBomb(source.bytes, written, bombBytes)) throw bombError(source.path);
  }

  async function line(text: string, {number, start, end}: At, reason?: string): Promise<void> {
    places.add(number, start, end, reason);
    lines.push(text, '\n');
    size += text.length;
    if (size >= blockBytes) await flush();
  }

  return {
    file,
    places,
    traits: {},
    add: (json, at) => line(json, at),
    malformed: (reason, at) => line(JSON.stringify(reason), at, reason),
    async end() {
      await flush();
      return written;
    },
    close: () => handle.close(),
  };
}

/** One long value that a file names a million times, or a name of a column of that length. */
function bombError(path: string): InputError {
  return new InputError(
    `Cannot read ${quoted(path)}`,
    `its records are more than ${maxGzipRatio} times its size, as in a decompression bomb`,
    'If you trust it, write it as JSON Lines yourself, and name that file.',
  );
}
