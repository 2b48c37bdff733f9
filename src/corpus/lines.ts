/** The record lines of a stretch of bytes; positions are bytes from its start. */
export interface Lines {
  /** First byte of each record line. */
  readonly starts: Uint32Array;
  /** One past the last byte of each record line, without its `\n` or `\r\n`. */
  readonly ends: Uint32Array;
  /** Physical line of each record line, from 0. */
  readonly lines: Uint32Array;
  /** Record lines: the length of the arrays above. */
  readonly count: number;
  /** All lines, blank ones included. A final line ending does not begin another line. */
  readonly physicalLines: number;
}

const newline = 10;
const carriageReturn = 13;
const space = 32;

/**
 * Finds the record lines. Lines of nothing but white space are counted and skipped.
 * `bytes` may hold at most 4 GiB.
 */
export function splitLines(bytes: Uint8Array): Lines {
  // Buffer's indexOf runs memchr; that of a plain Uint8Array does not.
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = buffer.length;
  let capacity = 64 + (size >>> 9);
  let starts = new Uint32Array(capacity);
  let ends = new Uint32Array(capacity);
  let lines = new Uint32Array(capacity);
  let count = 0;
  let line = 0;
  for (let start = 0; start < size; line++) {
    const found = buffer.indexOf(newline, start);
    const next = found < 0 ? size : found + 1;
    let end = found < 0 ? size : found;
    if (end > start && buffer[end - 1] === carriageReturn) end--;
    if (!isBlank(buffer, start, end)) {
      if (count === capacity) {
        capacity *= 2;
        starts = grown(starts, capacity);
        ends = grown(ends, capacity);
        lines = grown(lines, capacity);
      }
      starts[count] = start;
      ends[count] = end;
      lines[count] = line;
      count++;
    }
    start = next;
  }
  return {
    starts: starts.subarray(0, count),
    ends: ends.subarray(0, count),
    lines: lines.subarray(0, count),
    count,
    physicalLines: line,
  };
}

/** Space, tab, form feed, vertical tab, carriage return: not NUL, which is damage worth a message. */
function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte !== space && (byte < 9 || byte > carriageReturn)) return false;
  }
  return true;
}

function grown(array: Uint32Array, capacity: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(capacity);
  larger.set(array);
  return larger;
}
