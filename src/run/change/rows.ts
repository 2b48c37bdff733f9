import {createHash} from 'node:crypto';
import {readChunks} from '../../corpus/chunks.js';
import type {Input} from '../../corpus/input.js';
import {splitLines} from '../../corpus/lines.js';
import {decodeTable, encodeTable, requireLengths} from '../../profile/container/table.js';

/** The rows of a file in columns, malformed ones among them: what they are told apart by, and where they are. */
export interface RowList {
  readonly count: number;
  /** Four numbers a row: 128 bits of the SHA-256 of its bytes. */
  readonly hashes: Uint32Array;
  /** Byte range in the plain file, without the line ending. */
  readonly starts: Float64Array;
  readonly lengths: Float64Array;
  /** Line or row in the file that people know, from 1. */
  readonly lines: Uint32Array;
}

/** Of another format of the list itself; part of its name in the cache. */
export const rowsVersion = 2;

/**
 * Reads a file once and lists its rows. What is not JSON Lines is compared by the lines it was turned into: by
 * its values, and not by how they were stored.
 */
export async function listRows(input: Input): Promise<RowList> {
  const rows = {
    hashes: growing(Uint32Array),
    starts: growing(Float64Array),
    lengths: growing(Float64Array),
    lines: growing(Uint32Array),
  };
  const places = input.origin?.places;
  const numbers = places?.numbers(0, places.count);
  const contentOf = input.origin?.format === 'json' ? compact : (row: Uint8Array) => row;
  let line = 0;
  for await (const {bytes, start, tooLong} of readChunks([input])) {
    if (tooLong !== undefined) {
      // Only its head is here, and its length: it is malformed in any case.
      pushHash(rows.hashes, Buffer.concat([bytes, Buffer.from(` ${tooLong}`)]));
      rows.starts.push(start);
      rows.lengths.push(tooLong);
      rows.lines.push(numbers?.[line] ?? line + 1);
      line++;
      continue;
    }
    const found = splitLines(bytes);
    for (let row = 0; row < found.count; row++) {
      const from = found.starts[row]!;
      const to = found.ends[row]!;
      pushHash(rows.hashes, contentOf(bytes.subarray(from, to)));
      rows.starts.push(start + from);
      rows.lengths.push(to - from);
      const at = line + found.lines[row]!;
      rows.lines.push(numbers?.[at] ?? at + 1);
    }
    line += found.physicalLines;
  }
  const [hashes, starts] = [rows.hashes.take(), rows.starts.take()];
  return {count: starts.length, hashes, starts, lengths: rows.lengths.take(), lines: rows.lines.take()};
}

const [quote, backslash, blank, tab] = [0x22, 0x5c, 0x20, 0x09];

/** An element of an array is the same however it is indented: without the blanks between its tokens. */
function compact(row: Uint8Array): Uint8Array {
  const kept = new Uint8Array(row.length);
  let length = 0;
  let inString = false;
  for (let at = 0; at < row.length; at++) {
    const byte = row[at]!;
    if (!inString && (byte === blank || byte === tab)) continue;
    kept[length++] = byte;
    if (byte === quote) inString = !inString;
    else if (inString && byte === backslash && at + 1 < row.length) kept[length++] = row[++at]!;
  }
  return kept.subarray(0, length);
}

function pushHash(to: ReturnType<typeof growing<Uint32Array>>, bytes: Uint8Array): void {
  const digest = createHash('sha256').update(bytes).digest();
  for (let at = 0; at < 16; at += 4) to.push(digest.readUInt32LE(at));
}

/** A column that grows as it is filled. */
function growing<A extends Uint32Array | Float64Array>(make: new (length: number) => A) {
  let column = new make(1024);
  let used = 0;
  return {
    push(value: number): void {
      if (used === column.length) {
        const larger = new make(used * 2);
        larger.set(column);
        column = larger;
      }
      column[used++] = value;
    },
    take: (): A => column.slice(0, used) as A,
  };
}

export function encodeRows({hashes, starts, lengths, lines}: RowList): Uint8Array {
  return encodeTable({hashes, starts, lengths, lines});
}

/** Throws ProfileError for what `encodeRows` did not write. */
export function decodeRows(bytes: Uint8Array<ArrayBuffer>): RowList {
  const schema = {hashes: 'u32', starts: 'f64', lengths: 'f64', lines: 'u32'} as const;
  const columns = decodeTable('rows', bytes, schema);
  const count = columns.starts.length;
  requireLengths('rows', columns, {hashes: 4 * count, lengths: count, lines: count});
  return {count, ...columns};
}
