import type {Input, Origin} from '../corpus/input.js';
import type {Rows, RowVerdict} from '../engine/rows.js';
import {openStretches} from './stretches.js';

/** Writes one set of the records of a file that is not JSON Lines, in the format of that file. */
export interface SetWriter {
  /** Records `[first, end)` of the file, in order from call to call. */
  write(first: number, end: number): Promise<void>;
  end(): Promise<void>;
}

export type Write = (bytes: Uint8Array) => Promise<void>;

/** Makes writers for the sets of one file. */
export interface SetWriters {
  open(write: Write): Promise<SetWriter>;
  close(): Promise<void>;
}

export async function openSetWriters(input: Input, origin: Origin): Promise<SetWriters> {
  if (origin.format === 'parquet') return (await import('./parquet-writer.js')).openParquetWriters(origin);
  const reader = await openStretches({...input, file: origin.file, bytes: origin.bytes});
  async function copy(write: Write, start: number, end: number): Promise<void> {
    for await (const bytes of reader.read(start, end)) await write(bytes);
  }
  return {
    async open(write) {
      if (origin.format === 'json') return elements(origin, write, copy);
      await copy(write, 0, origin.head);
      return {
        // Neighbours in the file are neighbours in the set: what stands between them goes along.
        write: (first, end) => copy(write, origin.places.start(first), origin.places.end(end - 1)),
        end: async () => {},
      };
    },
    close: () => reader.close(),
  };
}

/** The elements of an array keep their bytes; the commas and brackets around them are new. */
async function elements(
  {places}: Origin,
  write: Write,
  copy: (write: Write, start: number, end: number) => Promise<void>,
): Promise<SetWriter> {
  let between = '[\n';
  return {
    async write(first, end) {
      for (let record = first; record < end; record++) {
        await write(Buffer.from(between));
        between = ',\n';
        await copy(write, places.start(record), places.end(record));
      }
    },
    end: () => write(Buffer.from('\n]\n')),
  };
}

/** Neighbouring rows `[first, end)` with the same verdict. */
export interface Run {
  readonly verdict: RowVerdict;
  readonly first: number;
  readonly end: number;
}

export function* runsOf(rows: Rows, [first, end]: readonly [first: number, end: number]): Generator<Run> {
  for (let row = first; row < end; ) {
    const verdict = rows.verdict(row);
    let next = row + 1;
    while (next < end && rows.verdict(next) === verdict) next++;
    yield {verdict, first: row, end: next};
    row = next;
  }
}
