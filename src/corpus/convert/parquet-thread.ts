import {parentPort, workerData} from 'node:worker_threads';
import {readParquet} from './parquet-read.js';

/** What a thread that reads a Parquet file is started with. */
export interface ParquetTask {
  readonly file: string;
  /** One number, which grows as long as something happens. */
  readonly progress: Int32Array<SharedArrayBuffer>;
}

export type ParquetAnswer =
  | {readonly kind: 'file'; readonly codecs: readonly string[]; readonly unwritable?: string}
  | {readonly kind: 'group'; readonly name: string; readonly bytes: number}
  | {readonly kind: 'rows'; readonly lines: readonly string[]; readonly malformed: readonly number[]}
  | {readonly kind: 'refused'; readonly why: string; readonly advice: string}
  | {readonly kind: 'damaged'; readonly why: string}
  | {readonly kind: 'end'};

const {file, progress} = workerData as ParquetTask;
const answers = readParquet(file, () => Atomics.add(progress, 0, 1));

/** One answer a question: rows that nobody has written yet must not pile up. */
parentPort!.on('message', async () => {
  const {value} = await answers.next();
  parentPort!.postMessage((value ?? {kind: 'end'}) satisfies ParquetAnswer);
});
