import {type FileHandle, open} from 'node:fs/promises';
import {inputError, quoted, shrunk} from './errors.js';
import type {Chunk, Input, Malformed} from './input.js';

/** Longest record that is read, in bytes. Beyond it JSON.parse comes near the longest string V8 can hold. */
export const maxRecordBytes = 256 * 2 ** 20;

export const defaultChunkBytes = 2 ** 20;

export interface ReadOptions {
  /** Bytes read at once, and so the usual size of a chunk. Default 1 MiB. */
  readonly chunkBytes?: number;
  /** A longer record is not read: see `tooLong`. At least `chunkBytes`. Default 256 MiB. */
  readonly maxRecordBytes?: number;
  /**
   * Called with every byte of every input, once, in order, byte order marks included: to hash them and to
   * count progress. The bytes are only valid during the call.
   */
  readonly onBytes?: (input: number, bytes: Uint8Array) => void;
}

/** A chunk as it comes from a file. */
export interface FileChunk extends Chunk {
  /**
   * Set when the chunk stands for one record over the limit: its length in bytes, without the line ending.
   * `bytes` then holds only its head, and the next chunk begins after it. See `tooLongLine`.
   */
  readonly tooLong?: number;
}

/**
 * Reads inputs in order, cut at newlines into chunks of about `chunkBytes`; a longer record makes a chunk of
 * its own. Every input gives at least one chunk, an empty one if need be, and exactly one that is `last`.
 * A UTF-8 byte order mark at the start of an input belongs to no chunk. Each chunk has an ArrayBuffer to
 * itself, to be transferred. Throws InputError when an input cannot be read or shrinks meanwhile; what is
 * appended meanwhile is not read.
 */
export async function* readChunks(
  inputs: Iterable<Input> | AsyncIterable<Input>,
  options: ReadOptions = {},
): AsyncGenerator<FileChunk> {
  let index = 0;
  let which = 0;
  for await (const input of inputs) {
    const source = await openSource(input, which, options);
    try {
      let start = await source.skipMark();
      do {
        const {next, ...chunk} = await source.chunkAt(start);
        yield {index, input: which, start, last: next >= input.bytes, ...chunk};
        index++;
        start = next;
      } while (start < input.bytes);
    } finally {
      await source.close();
    }
    which++;
  }
}

/** The malformed line that a chunk with `tooLong` stands for; other chunks have none. */
export function tooLongLine(chunk: FileChunk): Malformed | undefined {
  if (chunk.tooLong === undefined) return undefined;
  const megabytes = Math.round(chunk.tooLong / 2 ** 20);
  const reason = `The record has ${megabytes} MiB, more than can be read; split it or take it out`;
  return {line: 0, start: 0, end: chunk.tooLong, reason};
}

interface Piece {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly next: number;
  readonly tooLong?: number;
}

const newline = 10;
const mark = Buffer.from([0xef, 0xbb, 0xbf]);

async function openSource(input: Input, which: number, options: ReadOptions) {
  const {chunkBytes = defaultChunkBytes, onBytes} = options;
  const limit = Math.max(options.maxRecordBytes ?? maxRecordBytes, chunkBytes);
  const file = await open(input.file).catch(error => {
    throw inputError(`Cannot read ${quoted(input.path)}`, error);
  });

  const skipMark = async () => {
    if (input.bytes < mark.length) return 0;
    const head = await readAt(file, 0, Buffer.alloc(mark.length), input);
    if (!mark.equals(head)) return 0;
    onBytes?.(which, head);
    return mark.length;
  };

  const chunkAt = async (start: number): Promise<Piece> => {
    const size = Math.min(chunkBytes, input.bytes - start);
    const bytes = await readAt(file, start, Buffer.allocUnsafeSlow(size), input);
    const atEnd = start + size === input.bytes;
    const cut = atEnd ? size : bytes.lastIndexOf(newline) + 1;
    if (cut === 0 && !atEnd) return longRecord(start, bytes);
    onBytes?.(which, bytes.subarray(0, cut));
    return {bytes: bytes.subarray(0, cut), next: start + cut};
  };

  // The end of a long record is looked for first, so that it is read into a buffer of exactly its size:
  // nothing grows, nothing is copied twice, and a record over the limit never takes memory.
  const longRecord = async (start: number, head: Buffer<ArrayBuffer>): Promise<Piece> => {
    const next = await lineAfter(start + head.length);
    if (next - start > limit) return tooLongRecord(start, head, next);
    const bytes = Buffer.allocUnsafeSlow(next - start);
    bytes.set(head);
    await readAt(file, start + head.length, bytes.subarray(head.length), input);
    onBytes?.(which, bytes);
    return {bytes, next};
  };

  const tooLongRecord = async (start: number, head: Buffer<ArrayBuffer>, next: number): Promise<Piece> => {
    const scratch = Buffer.allocUnsafeSlow(chunkBytes);
    for (let at = start; onBytes && at < next; at += scratch.length) {
      onBytes(which, await readAt(file, at, scratch.subarray(0, next - at), input));
    }
    const tail = await readAt(file, next - 2, Buffer.alloc(2), input);
    const ending = tail[1] !== newline ? 0 : tail[0] === 13 ? 2 : 1;
    return {bytes: head, next, tooLong: next - start - ending};
  };

  /** Where the line that goes on at `from` ends, its newline included. */
  const lineAfter = async (from: number): Promise<number> => {
    const scratch = Buffer.allocUnsafeSlow(chunkBytes);
    for (let at = from; at < input.bytes; at += scratch.length) {
      const bytes = await readAt(file, at, scratch.subarray(0, input.bytes - at), input);
      const found = bytes.indexOf(newline);
      if (found >= 0) return at + found + 1;
    }
    return input.bytes;
  };

  return {skipMark, chunkAt, close: () => file.close()};
}

/** Fills `into` with the bytes of the file from `position` on. */
async function readAt<B extends Buffer>(file: FileHandle, position: number, into: B, input: Input) {
  for (let filled = 0; filled < into.length; ) {
    const {bytesRead} = await file
      .read(into, filled, into.length - filled, position + filled)
      .catch(error => {
        throw inputError(`Cannot read ${quoted(input.path)}`, error);
      });
    if (bytesRead === 0) throw shrunk(input.path);
    filled += bytesRead;
  }
  return into;
}
