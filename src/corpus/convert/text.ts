import {isUtf8} from 'node:buffer';
import {readChunks} from '../chunks.js';
import {splitLines} from '../lines.js';
import type {Source} from './index.js';
import type {Spooler} from './spooler.js';

/** Spools each line of a text file that is not blank as a record of its own. */
export async function spoolText(source: Source, out: Spooler): Promise<number> {
  const input = {path: source.path, file: source.file, codec: 'plain', bytes: source.bytes} as const;
  let line = 1;
  for await (const chunk of readChunks([input])) {
    source.signal?.throwIfAborted();
    const bytes = Buffer.from(chunk.bytes.buffer, chunk.bytes.byteOffset, chunk.bytes.byteLength);
    if (chunk.tooLong !== undefined) {
      const at = {number: line++, start: chunk.start, end: chunk.start + chunk.tooLong};
      await out.malformed('The line is larger than can be read; split it or take it out', at);
      continue;
    }
    const {starts, ends, lines, count, physicalLines} = splitLines(bytes);
    for (let row = 0; row < count; row++) {
      const own = bytes.subarray(starts[row]!, ends[row]!);
      const end = row + 1 < count ? starts[row + 1]! : bytes.length;
      const at = {number: line + lines[row]!, start: chunk.start + starts[row]!, end: chunk.start + end};
      if (isUtf8(own)) await out.add(JSON.stringify({text: own.toString()}), at);
      else await out.malformed('The line is not valid UTF-8; write the file again as UTF-8', at);
    }
    line += physicalLines;
  }
  return 0;
}
