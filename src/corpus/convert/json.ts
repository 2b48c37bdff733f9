import {isUtf8} from 'node:buffer';
import {createReadStream} from 'node:fs';
import {maxRecordBytes} from '../chunks.js';
import {InputError, quoted} from '../errors.js';
import type {Source} from './index.js';
import type {Spooler} from './spooler.js';

const [quote, comma, backslash] = [0x22, 0x2c, 0x5c];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Spools the elements of a JSON array. Only strings and brackets are looked at here, so that an element keeps
 * its bytes: it is parsed like any line, and what is wrong inside it is wrong with one record. Line breaks
 * between its tokens become blanks.
 */
export async function spoolJson(source: Source, out: Spooler): Promise<number> {
  let state: 'before' | 'inside' | 'after' = 'before';
  let depth = 0;
  let inString = false;
  let escaped = false;
  let offset = 0;
  let row = 0;
  /** Of the element at hand: where its first and last byte that is no blank are, and the bytes before this chunk. */
  let first = -1;
  let last = -1;
  let kept: Buffer[] = [];
  let size = 0;

  async function element(chunk: Buffer, wanted: boolean): Promise<void> {
    if (first < 0) {
      // `[]` and nothing else may be empty; `[1,]` and `[,1]` are typing mistakes that lose nothing.
      if (wanted)
        await out.malformed('Nothing stands before the comma; take one comma out', {
          number: ++row,
          start: offset,
          end: offset,
        });
      return;
    }
    const bytes = Buffer.concat([
      ...kept,
      chunk.subarray(Math.max(0, first - offset), last + 1 - offset),
    ]).subarray(0, last + 1 - first);
    const at = {number: ++row, start: first, end: last + 1};
    if (bytes.length > maxRecordBytes) {
      await out.malformed('The record is larger than can be read; split it or take it out', at);
    } else if (isUtf8(bytes)) {
      await out.add(bytes.toString().replace(/[\r\n]/g, ' '), at);
    } else await out.malformed('The record is not valid UTF-8; write the file again as UTF-8', at);
    first = -1;
    kept = [];
    size = 0;
  }

  for await (const piece of createReadStream(source.file, {highWaterMark: 1 << 18})) {
    source.signal?.throwIfAborted();
    const chunk = piece as Buffer;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === backslash) escaped = true;
        else if (byte === quote) inString = false;
        last = offset + at;
        continue;
      }
      const blank = byte === 32 || (byte >= 9 && byte <= 13);
      if (blank) continue;
      if (state === 'before') {
        if (byte === openList) state = 'inside';
        else if (offset + at > 2) throw broken(source.path, 'it does not begin with `[`');
        continue;
      }
      if (state === 'after')
        throw broken(source.path, `there is more after the end of the array at byte ${offset + at}`);
      if (depth === 0 && (byte === comma || byte === closeList)) {
        await element(chunk.subarray(0, at), byte === comma);
        if (byte === closeList) state = 'after';
        continue;
      }
      if (first < 0) first = offset + at;
      last = offset + at;
      if (byte === quote) inString = true;
      else if (byte === openList || byte === openObject) depth++;
      else if (byte === closeList || byte === closeObject) {
        if (--depth < 0) throw broken(source.path, `a bracket at byte ${last} closes what was never opened`);
      }
    }
    if (first >= 0) {
      // Of a record over the limit nothing more is kept: it is only counted.
      const part = chunk.subarray(Math.max(0, first - offset));
      if (size <= maxRecordBytes) kept.push(part);
      size += part.length;
    }
    offset += chunk.length;
  }
  if (state !== 'after')
    throw broken(source.path, `the array is never closed: it is cut off after record ${row}`);
  return 0;
}

function broken(path: string, why: string): InputError {
  return new InputError(`Cannot read ${quoted(path)}`, why, 'Fetch or write the file again.');
}
