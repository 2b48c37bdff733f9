import {createKernel, inputAt} from './kernel/kernel.js';
import {sketchBytes} from './text.js';

/** Hashes stretches of sketches. */
export interface BandHasher {
  readonly bands: number;
  /** The hashes of many sketches, band by band. Valid until the next call. */
  of(sketches: Uint8Array): readonly Uint32Array[];
}

/** Sketches hashed at once: they and their hashes fit into a cache. */
const block = 1024;

/** Each sketch has `bands` stretches of `rows` bytes, 1 to 16. */
export function createBandHasher({bands, rows}: {readonly bands: number; readonly rows: number}): BandHasher {
  const kernel = createKernel();
  const hashesAt = (count: number) => inputAt + (count + 1) * sketchBytes;
  kernel.reserve(hashesAt(block) + block * bands * 4);
  let columns: Uint32Array[] = [];
  return {
    bands,
    of(sketches) {
      const total = sketches.length / sketchBytes;
      if (columns.length === 0 || columns[0]!.length < total)
        columns = Array.from({length: bands}, () => new Uint32Array(total));
      for (let begin = 0; begin < total; begin += block) {
        const count = Math.min(block, total - begin);
        kernel.bytes().set(sketches.subarray(begin * sketchBytes, (begin + count) * sketchBytes), inputAt);
        kernel.hashBands(count, bands, rows);
        const words = kernel.words();
        for (const [band, column] of columns.entries()) {
          const from = hashesAt(count) / 4 + band * count;
          column.set(words.subarray(from, from + count), begin);
        }
      }
      return columns;
    },
  };
}
