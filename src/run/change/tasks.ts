import {createHash} from 'node:crypto';
import {maxRecordBytes} from '../../corpus/chunks.js';
import type {Input} from '../../corpus/input.js';
import {recordReader} from '../../corpus/read.js';
import type {ScanTask} from '../../engine/scanner.js';
import type {TaskReader} from '../../engine/tasks.js';
import type {RowList} from './rows.js';

/** A file with the rows of it that are to be judged. */
export interface Selected {
  readonly input: Input;
  readonly rows: RowList;
  readonly added: Uint32Array;
}

/** Rows that are nearer to each other than this, in bytes, come in one chunk. */
const gap = 64 << 10;
const chunkBytes = 1 << 20;
const blank = 32;
const newline = Buffer.from('\n');

/**
 * Chunks that hold the selected rows and nothing else: what stands between two of them is blanked, and blank
 * lines are no records. So byte ranges and line numbers stay those of the file.
 */
export function selectedTasks(files: readonly Selected[], onProgress?: (bytes: number) => void): TaskReader {
  const facts = files.map(() => ({bytes: 0, hash: createHash('sha256'), done: false}));

  async function* read(count: boolean): AsyncGenerator<ScanTask> {
    const reader = recordReader();
    let index = 0;
    try {
      for (const [which, {input, rows, added}] of files.entries()) {
        for (let first = 0; first < added.length; ) {
          const end = chunkEnd(rows, added, first);
          const task = {...chunk(first, end), index: index++, input: which, last: end === added.length};
          if (count) onProgress?.(task.bytes.length);
          yield task;
          first = end;
        }

        function chunk(first: number, end: number) {
          const start = rows.starts[added[first]!]!;
          const firstLine = rows.lines[added[first]!]! - 1;
          const length = rows.lengths[added[first]!]!;
          const known = knownOf(input, rows, added[first]!, added[end - 1]! + 1);
          if (length > maxRecordBytes) {
            const head = reader.read(input, start, start + chunkBytes);
            if (count) note(which, head);
            return {start, firstLine, bytes: head, tooLong: length, ...known};
          }
          const stop = endOf(rows, added[end - 1]!);
          const bytes = reader.read(input, start, stop);
          for (let at = first, row = added[first]!; row <= added[end - 1]!; row++) {
            const from = rows.starts[row]! - start;
            const to = from + rows.lengths[row]!;
            if (row !== added[at]) bytes.fill(blank, from, to);
            else {
              at++;
              if (count) note(which, bytes.subarray(from, to));
            }
          }
          return {start, firstLine, bytes, ...known};
        }
      }
    } finally {
      reader.close();
    }
  }

  function note(which: number, row: Uint8Array): void {
    const of = facts[which]!;
    of.bytes += row.length + 1;
    of.hash.update(row).update(newline);
  }

  return {
    tasks: () => read(true),
    again: () => read(false),
    facts: () => facts.map(({bytes, hash}) => ({bytes, sha256: hash.copy().digest('hex')})),
  };
}

/** Of the copy of a file in another format: where its rows are there, and what is wrong with them. */
function knownOf({origin}: Input, {lines}: RowList, first: number, end: number) {
  if (origin === undefined) return {};
  return {numbers: lines.slice(first, end), malformed: origin.places.malformed(first, end - first)};
}

function endOf({starts, lengths}: RowList, row: number): number {
  return starts[row]! + lengths[row]!;
}

/** How many of the selected rows go into the chunk that begins with the one at `first`: one past the last. */
function chunkEnd(rows: RowList, added: Uint32Array, first: number): number {
  const start = rows.starts[added[first]!]!;
  let end = first + 1;
  while (end < added.length) {
    const next = added[end]!;
    const far = rows.starts[next]! - endOf(rows, added[end - 1]!) > gap;
    if (far || endOf(rows, next) - start > chunkBytes) break;
    end++;
  }
  return end;
}
