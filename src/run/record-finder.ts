import {createReadStream, existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import type {Config} from '../config/config.js';
import type {Input} from '../corpus/input.js';
import {openInput} from '../corpus/open.js';
import {recordReader} from '../corpus/read.js';
import {createRecordParser, parseAlone, recordHash, type ScannedRecord} from '../engine/record.js';

/** Where a record is said to be. */
export interface Sought {
  readonly path: string;
  readonly line: number;
  /** Byte range in the plain file, where it is known; else the line is looked for. */
  readonly bytes?: readonly [start: number, end: number];
  readonly hash?: string;
}

/** Finds records again after a run, in the files that the run read. */
export interface RecordFinder {
  /** The record, or what became of it. */
  find(sought: Sought): Promise<ScannedRecord | {readonly missing: string}>;
  close(): void;
}

/** `folders`: what paths may be relative to, the first that has the file counts. */
export function createRecordFinder(
  folders: readonly string[],
  {fields, records}: Pick<Config, 'fields' | 'records'>,
): RecordFinder {
  const spoolDir = mkdtempSync(join(tmpdir(), 'collapse-'));
  const parse = createRecordParser(fields);
  const reader = recordReader();
  const opened = new Map<string, Promise<Input>>();

  function open(file: string): Promise<Input> {
    const input = opened.get(file) ?? openInput(file, {spoolDir, units: records});
    opened.set(file, input);
    return input;
  }

  return {
    async find({path, line, bytes, hash}) {
      const file = folders.map(folder => resolve(folder, path)).find(existsSync);
      if (file === undefined) {
        return {missing: `${path} is not here: review from the folder where the run was made.`};
      }
      const gone = {missing: `${path} was changed since the run: line ${line} holds another record now.`};
      try {
        const input = await open(file);
        const range = bytes ?? (await lineRange(input.file, lineOf(input, line)));
        if (range === undefined || range[1] > input.bytes) return gone;
        const found = reader.read(input, ...range);
        if (hash && recordHash(found) !== hash) return gone;
        return parseAlone(parse, found, {path, line, bytes: range}) ?? gone;
      } catch (error) {
        return {missing: (error as Error).message};
      }
    },
    close() {
      reader.close();
      rmSync(spoolDir, {recursive: true, force: true});
    },
  };
}

/** The line of the plain file that a line or row of the original became. */
function lineOf({origin}: Input, line: number): number {
  return origin === undefined ? line : origin.places.numbers(0, origin.places.count).indexOf(line) + 1;
}

/** Byte range of a physical line, from 1, without its line ending. */
async function lineRange(file: string, wanted: number): Promise<[number, number] | undefined> {
  let line = 1;
  let start = 0;
  let offset = 0;
  let last = 0;
  for await (const chunk of createReadStream(file, {highWaterMark: 1 << 20})) {
    const bytes = chunk as Buffer;
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) {
      const before = at > 0 ? bytes[at - 1] : last;
      if (line === wanted) return [start, offset + at - (before === 13 ? 1 : 0)];
      line++;
      start = offset + at + 1;
    }
    offset += bytes.length;
    last = bytes.at(-1) ?? last;
  }
  return line === wanted && start < offset ? [start, offset] : undefined;
}
