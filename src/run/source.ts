import {createHash} from 'node:crypto';
import {closeSync, openSync, readSync, writeSync} from 'node:fs';
import type {Input} from '../corpus/input.js';
import {kindOf} from '../corpus/jsonl.js';
import {EngineError, reasonOf} from '../engine/errors.js';
import type {ScanTask} from '../engine/scanner.js';
import type {TaskReader} from '../engine/tasks.js';
import {createChannel} from './channel.js';
import type {Added} from './judging.js';

/** Records of a program as an input: JSON lines in a temporary file, cut into chunks as they come. */
export interface RecordSource {
  readonly input: Input;
  readonly reader: TaskReader;
  /** Throws after `end`: then the record is not added. */
  add(record: unknown): Added;
  /** Hands on what was added, full chunk or not. */
  flush(): void;
  end(): void;
  fail(error: unknown): void;
  close(): void;
}

/** A chunk goes out when it has so many bytes or records, or so long (ms) after its first record. */
const chunkBytes = 256 << 10;
const chunkRecords = 1024;
const patience = 20;
/** Chunks that may wait for the scan. */
const waitingChunks = 2;

export function createRecordSource(file: string): RecordSource {
  const channel = createChannel<ScanTask>(waitingChunks);
  const descriptor = openSync(file, 'wx+', 0o600);
  const hash = createHash('sha256');
  const sent: {start: number; end: number; firstLine: number}[] = [];
  let lines: string[] = [];
  let malformed = new Map<number, string>();
  let size = 0;
  let written = 0;
  let line = 0;
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<void> = Promise.resolve();
  let ended = false;

  function send(): void {
    clearTimeout(timer);
    timer = undefined;
    if (lines.length === 0) return;
    // Its own ArrayBuffer: it is transferred to a thread.
    const bytes = new Uint8Array(Buffer.from(lines.join('')));
    const at = {start: written, firstLine: line};
    try {
      writeAll(descriptor, bytes);
    } catch (error) {
      // May be on a timer, where nobody would catch it.
      channel.fail(writeError(error));
    }
    hash.update(bytes);
    written += bytes.length;
    line += lines.length;
    // In the channel before anything else can be: `end` may follow at once.
    sending = channel.push({index: sent.length, input: 0, ...at, bytes, last: false, malformed});
    sending.catch(() => {}); // Surfaces where it is awaited.
    sent.push({...at, end: written});
    lines = [];
    malformed = new Map();
    size = 0;
  }

  /** Nothing is written after this: the descriptor may be somebody else's by then. */
  function drop(): void {
    clearTimeout(timer);
    lines = [];
    ended = true;
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
          const bytes = readAll(descriptor, start, end);
          yield {index, input: 0, start, bytes, last: index === sent.length - 1, firstLine};
        }
      },
      facts: () => [{bytes: written, sha256: hash.digest('hex')}],
    },
    add(record) {
      if (ended) throw new EngineError('The round has ended: open another gate for more records.');
      const {text, reason} = toLine(record);
      if (reason !== undefined) malformed.set(lines.length, reason);
      lines.push(text);
      size += text.length;
      timer ??= setTimeout(send, patience);
      if (size >= chunkBytes || lines.length >= chunkRecords) send();
      return {size: text.length, room: sending};
    },
    flush: send,
    end() {
      send();
      ended = true;
      channel.end();
    },
    fail(error) {
      drop();
      channel.fail(error);
    },
    close() {
      drop();
      closeSync(descriptor);
    },
  };
}

/** A record as a line; what is no object, or cannot be written, takes up a line all the same. */
function toLine(record: unknown): {text: string; reason?: string} {
  let text: string | undefined;
  try {
    text = JSON.stringify(record);
  } catch (error) {
    // The message on a circular structure has a line for each step of the circle.
    const [problem] = reasonOf(error).split('\n');
    return {
      text: 'null\n',
      reason: `The record cannot be written as JSON (${problem}); hand over plain data`,
    };
  }
  if (text?.startsWith('{')) return {text: `${text}\n`};
  // Of an object, nothing is left where its `toJSON` says so.
  const value = text === undefined && typeof record === 'object' ? undefined : record;
  const kind = value === undefined ? 'undefined' : kindOf(text === undefined ? value : JSON.parse(text));
  return {text: 'null\n', reason: `The record is ${kind}, not an object; hand over objects with a text`};
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
}

function readAll(descriptor: number, start: number, end: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(end - start);
  for (let done = 0; done < bytes.length; ) {
    const read = readSync(descriptor, bytes, done, bytes.length - done, start + done);
    if (read === 0) throw new EngineError('The temporary file of the gate became shorter while it was read.');
    done += read;
  }
  return bytes;
}

function writeError(error: unknown): EngineError {
  return new EngineError(
    `The records cannot be kept in a temporary file: ${reasonOf(error)}. Set TMPDIR to a folder with room.`,
    {cause: error},
  );
}
