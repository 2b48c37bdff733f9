import {createHash, type Hash} from 'node:crypto';
import {readChunks} from '../corpus/chunks.js';
import type {Input} from '../corpus/input.js';
import type {ScanTask} from './scanner.js';

/** What reading the inputs once gives beside their chunks. */
export interface InputFacts {
  readonly bytes: number;
  readonly sha256: string;
}

export interface TaskReader {
  tasks(): AsyncGenerator<ScanTask>;
  /** The same chunks once more, for a later pass. */
  again(): AsyncGenerator<ScanTask>;
  /** Digests of the plain files, complete when all tasks were taken. */
  facts(): InputFacts[];
}

/** Bytes a thread gets at once. */
const defaultChunkBytes = 1 << 20;

/** Chunks with line numbers, hashed as they pass. */
export function createTaskReader(
  inputs: readonly Input[],
  onBytes?: (bytes: number) => void,
  withDigest = true,
  chunkBytes = defaultChunkBytes,
): TaskReader {
  const hashes: Hash[] = inputs.map(() => createHash('sha256'));
  const sizes = inputs.map(() => 0);
  return {
    again: () => createTaskReader(inputs, undefined, false, chunkBytes).tasks(),
    async *tasks() {
      let line = 0;
      for await (const chunk of readChunks(inputs, {
        chunkBytes,
        onBytes(input, bytes) {
          sizes[input]! += bytes.length;
          if (withDigest) hashes[input]!.update(bytes);
          onBytes?.(bytes.length);
        },
      })) {
        // Of a record over the limit only the head is there, without its line ending.
        const lines = chunk.tooLong === undefined ? countNewlines(chunk.bytes) : 1;
        const places = inputs[chunk.input]!.origin?.places;
        if (places === undefined) yield {...chunk, firstLine: line};
        else {
          const [numbers, malformed] = [places.numbers(line, lines), places.malformed(line, lines)];
          yield {...chunk, firstLine: line, numbers, malformed};
        }
        line = chunk.last ? 0 : line + lines;
      }
    },
    facts: () =>
      hashes.map((hash, index) => {
        const origin = inputs[index]!.origin;
        if (origin) return {bytes: origin.bytes, sha256: origin.sha256};
        return {bytes: sizes[index]!, sha256: hash.digest('hex')};
      }),
  };
}

function countNewlines(bytes: Uint8Array): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let count = 0;
  for (let at = buffer.indexOf(10); at >= 0; at = buffer.indexOf(10, at + 1)) count++;
  return count;
}
