import {createHash} from 'node:crypto';

/** An answer: `key` is 32 hex digits. */
export interface Entry {
  readonly key: string;
  readonly values: Float32Array;
}

/** Where the values of a key stand. */
export interface Place {
  readonly key: string;
  readonly offset: number;
  readonly length: number;
}

const magic = Buffer.from('CGA1');
const sumBytes = 16;

/**
 * A segment of the cache: a magic number, the number of entries, for each its key (16 bytes) and number of
 * values, then all values as 32-bit floats in the byte order of this machine, then a checksum of all before it.
 */
export function encodeSegment(entries: readonly Entry[]): {bytes: Buffer; places: Place[]} {
  const head = Buffer.alloc(8 + entries.length * 20);
  magic.copy(head);
  head.writeUInt32LE(entries.length, 4);
  for (const [at, {key, values}] of entries.entries()) {
    head.write(key, 8 + at * 20, 'hex');
    head.writeUInt32LE(values.length, 8 + at * 20 + 16);
  }
  const values = entries.map(
    ({values: {buffer, byteOffset, byteLength}}) => new Uint8Array(buffer, byteOffset, byteLength),
  );
  const content = Buffer.concat([head, ...values]);
  return {bytes: Buffer.concat([content, sumOf(content)]), places: placesIn(content)};
}

/** Where each answer stands in a segment; undefined for bytes that are no segment, or a damaged one. */
export function decodeSegment(bytes: Buffer): Place[] | undefined {
  const end = bytes.length - sumBytes;
  if (end < 8 || !bytes.subarray(0, 4).equals(magic)) return undefined;
  if (!bytes.subarray(end).equals(sumOf(bytes.subarray(0, end)))) return undefined;
  return placesIn(bytes);
}

function placesIn(bytes: Buffer): Place[] {
  const count = bytes.readUInt32LE(4);
  let offset = 8 + count * 20;
  return Array.from({length: count}, (_, at) => {
    const start = 8 + at * 20;
    const entry = {
      key: bytes.toString('hex', start, start + 16),
      offset,
      length: bytes.readUInt32LE(start + 16),
    };
    offset += entry.length * 4;
    return entry;
  });
}

function sumOf(content: Uint8Array): Buffer {
  return createHash('sha256').update(content).digest().subarray(0, sumBytes);
}
