import {Worker} from 'node:worker_threads';
import {InputError, quoted} from '../errors.js';
import type {Source} from './index.js';
import type {ParquetAnswer, ParquetTask} from './parquet-thread.js';
import type {Spooler} from './spooler.js';

/** Seconds without any progress, and those that each part of a row group may take besides. */
const patience = 10;
const bytesPerSecond = 4 << 20;
/** Heap of the thread: a row group of the largest size that is read, as rows of JavaScript. */
const heapMegabytes = 6144;

/** Tests run from the sources, but a thread runs what was built; in a bundle this module stands elsewhere. */
const program = import.meta.url.endsWith('.ts')
  ? '../../../dist/src/corpus/convert/parquet-thread.js'
  : `${import.meta.url.includes('/src/bundled/') ? '../corpus/convert' : '.'}/parquet-thread.js`;

const notUtf8 = 'A string of the row is not valid UTF-8; write the file again with its text as UTF-8';

/**
 * Spools the rows of a Parquet file, one row group after the other. A row's place is its number, from 1. It is
 * read in a thread that can be stopped: a damaged file may send hyparquet round in circles.
 */
export async function spoolParquet(source: Source, out: Spooler): Promise<number> {
  const reader = startReader(source);
  let row = 0;
  try {
    for (;;) {
      const answer = await reader.next();
      if (answer.kind === 'end') return 0;
      if (answer.kind === 'refused') throw refused(source.path, answer.why, answer.advice);
      if (answer.kind === 'damaged') throw refused(source.path, answer.why);
      if (answer.kind === 'file') {
        out.traits.codecs = answer.codecs;
        if (answer.unwritable !== undefined) out.traits.unwritable = answer.unwritable;
      }
      if (answer.kind !== 'rows') continue;
      const malformed = new Set(answer.malformed);
      for (const [index, line] of answer.lines.entries()) {
        const at = {number: row + 1, start: row, end: row};
        row++;
        await (malformed.has(index) ? out.malformed(notUtf8, at) : out.add(line, at));
      }
    }
  } finally {
    await reader.close();
  }
}

function startReader({file, path, signal}: Source) {
  const progress = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL(program, import.meta.url), {
    workerData: {file, progress} satisfies ParquetTask,
    resourceLimits: {maxOldGenerationSizeMb: heapMegabytes},
  });
  let group: Extract<ParquetAnswer, {kind: 'group'}> = {kind: 'group', name: 'its footer', bytes: 0};

  function next(): Promise<ParquetAnswer> {
    return new Promise((resolve, reject) => {
      let seen = Atomics.load(progress, 0);
      let idle = 0;
      // By its own ticks and not by the clock, which goes on while a computer sleeps.
      const watch = setInterval(() => {
        const now = Atomics.load(progress, 0);
        idle = now === seen ? idle + 1 : 0;
        seen = now;
        if (idle > patience + group.bytes / bytesPerSecond)
          done(() =>
            reject(refused(path, `${group.name} cannot be read (it sends the reader round in circles)`)),
          );
      }, 1000);
      const onMessage = (answer: ParquetAnswer) =>
        done(() => {
          if (answer.kind === 'group') group = answer;
          resolve(answer);
        });
      const onError = (error: Error) => done(() => reject(failed(path, group.name, error)));
      const onAbort = () => done(() => reject(signal?.reason));
      function done(settle: () => void): void {
        clearInterval(watch);
        worker.off('message', onMessage).off('error', onError);
        signal?.removeEventListener('abort', onAbort);
        settle();
      }
      worker.on('message', onMessage).on('error', onError);
      signal?.addEventListener('abort', onAbort);
      if (signal?.aborted) onAbort();
      else worker.postMessage('next');
    });
  }

  return {next, close: () => worker.terminate()};
}

function failed(path: string, part: string, error: Error): InputError {
  if ((error as NodeJS.ErrnoException).code !== 'ERR_WORKER_OUT_OF_MEMORY')
    return refused(path, `${part} cannot be read (${error.message})`);
  const advice =
    'If the file is whole, write it again in smaller row groups: `pyarrow.parquet.write_table(table, path, row_group_size=50_000)`.';
  return refused(path, `${part} needs more than ${heapMegabytes} MiB of memory`, advice);
}

function refused(path: string, why: string, advice = 'Fetch or write the file again.'): InputError {
  return new InputError(`Cannot read ${quoted(path)}`, why, advice);
}
