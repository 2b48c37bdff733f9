import {open} from 'node:fs/promises';
import type {Input} from '../corpus/input.js';
import {type Rows, type RowVerdict, rowVerdicts} from '../engine/rows.js';
import {createSink, type Sink, type WrittenFile} from './sink.js';

/** Names of the sets that a run writes. */
export const setNames: Readonly<Record<RowVerdict, string>> = {
  accept: 'accepted',
  quarantine: 'quarantined',
  reject: 'rejected',
  malformed: 'malformed',
};

/**
 * Where the records of an input go within the run folder: `accepted.jsonl` for one input, else the input's
 * own layout, `accepted/data/part-0.jsonl`. Compressed inputs give compressed outputs.
 */
export function outputPath(verdict: RowVerdict, input: Input, inputs: readonly Input[]): string {
  const ending = input.codec === 'gzip' ? '.gz' : '';
  if (inputs.length === 1) return `${setNames[verdict]}.jsonl${ending}`;
  const path = input.path
    .replace(/^<stdin>$/, 'stdin.jsonl')
    .replace(/^([A-Za-z]):/, '$1')
    .split('/')
    .filter(part => part !== '' && part !== '.' && part !== '..')
    .join('/');
  return `${setNames[verdict]}/${path}${ending !== '' && !path.endsWith('.gz') ? ending : ''}`;
}

const blockBytes = 4 << 20;

/**
 * Copies every row, byte for byte and in input order, into the set of its verdict: from its first byte to the
 * first of the next row, so line endings stay as they are. Returns the files; sets without a row have none.
 */
export async function splitInputs(
  folder: string,
  inputs: readonly Input[],
  rows: Rows,
  wanted: (verdict: RowVerdict) => boolean,
): Promise<WrittenFile[]> {
  const files: WrittenFile[] = [];
  let row = 0;
  for (const index of inputs.keys()) {
    const first = row;
    while (row < rows.count && rows.input(row) === index) row++;
    files.push(...(await splitInput(folder, index, inputs, rows, [first, row], wanted)));
  }
  return files;
}

async function splitInput(
  folder: string,
  index: number,
  inputs: readonly Input[],
  rows: Rows,
  [first, end]: readonly [number, number],
  wanted: (verdict: RowVerdict) => boolean,
): Promise<WrittenFile[]> {
  const input = inputs[index]!;
  const sinks = new Map<RowVerdict, {sink: Sink; records: number}>();
  const handle = await open(input.file, 'r');
  try {
    const block = Buffer.allocUnsafe(blockBytes);
    let blockStart = 0;
    let blockEnd = 0;
    for (let row = first; row < end; ) {
      // Neighbouring rows with the same verdict are copied as one stretch.
      const verdict = rows.verdict(row);
      const start = rows.start(row);
      let next = row + 1;
      while (next < end && rows.verdict(next) === verdict) next++;
      const stop = next < end ? rows.start(next) : input.bytes;
      if (wanted(verdict)) {
        let output = sinks.get(verdict);
        if (output === undefined) {
          output = {
            sink: await createSink(folder, outputPath(verdict, input, inputs), input.codec),
            records: 0,
          };
          sinks.set(verdict, output);
        }
        output.records += next - row;
        for (let at = start; at < stop; ) {
          if (at < blockStart || at >= blockEnd) {
            const {bytesRead} = await handle.read(block, 0, blockBytes, at);
            if (bytesRead === 0) throw new Error(`${input.path} became shorter during the run.`);
            blockStart = at;
            blockEnd = at + bytesRead;
          }
          const upTo = Math.min(stop, blockEnd);
          // A copy: the sink may still hold it when the block is read over.
          await output.sink.write(Buffer.from(block.subarray(at - blockStart, upTo - blockStart)));
          at = upTo;
        }
      }
      row = next;
    }
    const files: WrittenFile[] = [];
    for (const verdict of rowVerdicts) {
      const output = sinks.get(verdict);
      if (output !== undefined) files.push({...(await output.sink.end()), records: output.records});
    }
    return files;
  } catch (error) {
    for (const {sink} of sinks.values()) sink.abort();
    throw error;
  } finally {
    await handle.close();
  }
}
