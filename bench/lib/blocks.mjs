import {once} from 'node:events';
import {availableParallelism} from 'node:os';
import {parentPort, Worker, workerData} from 'node:worker_threads';
import {createRows, roomForRow} from './rows.mjs';
import {createTarget} from './slots.mjs';

const rowsPerBlock = 8192;

/**
 * The same bytes as one thread would write, made by several: a row depends on nothing but its index. Blocks
 * of rows come in order; the last one ends with the row that reaches `bytes`.
 */
export async function* corpusBlocks({bytes, ...options}) {
  const count = Math.min(4, availableParallelism());
  const workers = Array.from(
    {length: count},
    () => new Worker(new URL(import.meta.url), {workerData: {corpus: options}}),
  );
  try {
    const pending = workers.map((worker, at) => ask(worker, at));
    let written = 0;
    for (let block = 0; written < bytes; block += 1) {
      const chunk = Buffer.from(await pending[block % count]);
      pending[block % count] = ask(workers[block % count], block + count);
      const end = written + chunk.length < bytes ? chunk.length : chunk.indexOf(10, bytes - written - 1) + 1;
      yield chunk.subarray(0, end);
      written += end;
    }
  } finally {
    await Promise.all(workers.map(worker => worker.terminate()));
  }
}

function ask(worker, block) {
  worker.postMessage(block);
  return once(worker, 'message').then(([buffer]) => buffer);
}

// Not only "is this a worker": test runners run everything in workers.
if (workerData?.corpus) {
  const rows = createRows(workerData.corpus);
  let target = createTarget(rowsPerBlock * 1200);
  parentPort.on('message', block => {
    let at = 0;
    for (let index = block * rowsPerBlock; index < (block + 1) * rowsPerBlock; index += 1) {
      if (at + roomForRow > target.bytes.length) target = grown(target);
      at = rows.write(index, target, at);
    }
    const copy = target.bytes.buffer.slice(0, at);
    parentPort.postMessage(copy, [copy]);
  });
}

function grown(target) {
  const larger = createTarget(2 * target.bytes.length);
  larger.bytes.set(target.bytes);
  return larger;
}
