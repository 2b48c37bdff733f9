import {open} from 'node:fs/promises';
import {shrunk} from '../corpus/errors.js';
import type {Input} from '../corpus/input.js';
import type {Rows, RowVerdict} from '../engine/rows.js';

/** Neighbouring rows with the same verdict, and the bytes from the first one to what follows the last. */
export interface Stretch {
  readonly verdict: RowVerdict;
  readonly start: number;
  readonly end: number;
  readonly records: number;
}

/** The rows `[first, end)` of an input, in order, without a gap between them. */
export function* stretchesOf(
  input: Input,
  rows: Rows,
  [first, end]: readonly [first: number, end: number],
): Generator<Stretch> {
  for (let row = first; row < end; ) {
    const verdict = rows.verdict(row);
    let next = row + 1;
    while (next < end && rows.verdict(next) === verdict) next++;
    yield {
      verdict,
      start: rows.start(row),
      end: next < end ? rows.start(next) : input.bytes,
      records: next - row,
    };
    row = next;
  }
}

const blockBytes = 4 << 20;

/** Reads an input from front to back. The bytes given are the caller's to keep. */
export async function openStretches(input: Input) {
  const handle = await open(input.file, 'r');
  let block = Buffer.alloc(0);
  let blockStart = 0;
  return {
    async *read(start: number, end: number): AsyncGenerator<Buffer> {
      for (let at = start; at < end; ) {
        if (at < blockStart || at >= blockStart + block.length) {
          // A new one each time: a sink may still hold the last one.
          const buffer = Buffer.allocUnsafeSlow(Math.min(blockBytes, input.bytes - at));
          const {bytesRead} = await handle.read(buffer, 0, buffer.length, at);
          if (bytesRead === 0) throw shrunk(input.path);
          block = buffer.subarray(0, bytesRead);
          blockStart = at;
        }
        const bytes = block.subarray(at - blockStart, end - blockStart);
        yield bytes;
        at += bytes.length;
      }
    },
    close: () => handle.close(),
  };
}
