import {createHash} from 'node:crypto';
import {closeSync, openSync, readSync, writeSync} from 'node:fs';
import type {Input} from '../corpus/input.js';
import {EngineError} from '../engine/errors.js';
import type {ScanTask} from '../engine/scanner.js';
import type {TaskReader} from '../engine/tasks.js';
import {createChannel} from './channel.js';

/** Records of a program as an input: JSON lines in a temporary file, cut into chunks as they come. */
export interface RecordSource {
  readonly input: Input;
  readonly reader: TaskReader;
  /** Adds a record; resolves when there is room for the next. */
  add(record: unknown): Promise<void>;
  /** Hands on what was added, full chunk or not. */
  flush(): Promise<void>;
  end(): void;
  fail(error: unknown): void;
  close(): void;
}

/** A chunk goes out at this size, or this long after its first record: a slow source is judged promptly. */
const chunkBytes = 256 << 10;
const patience = 20;

export function createRecordSource(file: string, waitingChunks: number): RecordSource {
  const channel = createChannel<ScanTask>(waitingChunks);
  const descriptor = openSync(file, 'wx+', 0o600);
  const hash = createHash('sha256');
  const sent: {start: number; end: number; firstLine: number}[] = [];
  let lines: string[] = [];
  let size = 0;
  let written = 0;
  let line = 0;
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<void> = Promise.resolve();

  function send(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (lines.length === 0) return sending;
    // Its own ArrayBuffer: it is transferred to a thread.
    const bytes = new Uint8Array(Buffer.from(lines.join('')));
    writeSync(descriptor, bytes);
    hash.update(bytes);
    const task: ScanTask = {index: sent.length, input: 0, start: written, bytes, last: false, firstLine: line};
    sent.push({start: written, end: written + bytes.length, firstLine: line});
    written += bytes.length;
    line += lines.length;
    lines = [];
    size = 0;
    sending = sending.then(() => channel.push(task));
    sending.catch(() => {}); // Surfaces where it is awaited.
    return sending;
  }

  return {
    input: {
      path: '<records>',
      file,
      codec: 'plain',
      get bytes() {
        return written;
      },
    },
    reader: {
      async *tasks() {
        for (let task = await channel.next(); task !== undefined; task = await channel.next()) yield task;
      },
      async *again() {
        for (const [index, {start, end, firstLine}] of sent.entries()) {
          const bytes = new Uint8Array(end - start);
          readSync(descriptor, bytes, 0, bytes.length, start);
          yield {index, input: 0, start, bytes, last: index === sent.length - 1, firstLine};
        }
      },
      facts: () => [{bytes: written, sha256: hash.digest('hex')}],
    },
    async add(record) {
      const text = toLine(record, line + lines.length);
      lines.push(text);
      size += text.length;
      timer ??= setTimeout(() => void send(), patience);
      if (size >= chunkBytes) await send();
    },
    flush: send,
    end: () => channel.end(),
    fail: error => channel.fail(error),
    close() {
      clearTimeout(timer);
      closeSync(descriptor);
    },
  };
}

function toLine(record: unknown, index: number): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(record);
  } catch (error) {
    throw new EngineError(`Record ${index} cannot be written as JSON: ${(error as Error).message}. Records must be plain data.`);
  }
  if (text === undefined) throw new EngineError(`Record ${index} is ${typeof record}, not data. Records must be objects.`);
  return `${text}\n`;
}
