import {createReadStream} from 'node:fs';
import {join} from 'node:path';
import {recordReader} from '../corpus/read.js';
import {evidenceName, type SavedRun} from './manifest.js';
import type {EvidenceLine} from './sidecar.js';

/** A line of a run's evidence with its byte range in the file. */
export interface PlacedLine {
  readonly line: EvidenceLine;
  readonly at: readonly [start: number, end: number];
}

/** All lines of a run's evidence with their places, so that each can be read again by itself. */
export async function* placedEvidence({folder}: SavedRun): AsyncGenerator<PlacedLine> {
  let rest: Buffer = Buffer.alloc(0);
  let offset = 0;
  for await (const chunk of createReadStream(join(folder, evidenceName), {highWaterMark: 1 << 22})) {
    const bytes = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
    let start = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
      const line = JSON.parse(bytes.toString('utf8', start, end)) as EvidenceLine;
      yield {line, at: [offset + start, offset + end]};
      start = end + 1;
    }
    rest = bytes.subarray(start);
    offset += start;
  }
}

/** Reads single lines of a run's evidence, by their places. */
export function evidenceReader({folder}: SavedRun) {
  const reader = recordReader();
  const input = {path: evidenceName, file: join(folder, evidenceName)};
  return {
    read: ([start, end]: PlacedLine['at']) =>
      JSON.parse(reader.read(input, start, end).toString()) as EvidenceLine,
    close: () => reader.close(),
  };
}
