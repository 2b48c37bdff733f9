import {Transform} from 'node:stream';
import {type Channel, createChannel} from './channel.js';
import type {JudgedRecord} from './judging.js';

/** Turns records into judged ones, in order. */
export type Judging = <R>(records: AsyncIterable<R>) => AsyncGenerator<JudgedRecord<R>>;

/** In a box: a stream may be handed `undefined`, which is a record too, though no good one. */
interface Box<R> {
  readonly record: R;
}

/** Records that wait between a stream and the gate; the gate reads ahead itself. */
const waitingRecords = 16;

/** A Node object stream. Ends with what the gate throws; destroying it leaves the gate as a `break` does. */
export function toTransform(judge: Judging): Transform {
  const records = createChannel<Box<unknown>>(waitingRecords);
  let resume: (() => void) | undefined;
  let forwarding: Promise<void> | undefined;

  async function forward(): Promise<void> {
    for await (const judged of judge(unboxed(records))) {
      if (stream.destroyed) return;
      if (stream.push(judged)) continue;
      await new Promise<void>(resolve => {
        resume = resolve;
      });
      if (stream.destroyed) return;
    }
  }

  /** With the first record: a stream that is made and not used takes no part. */
  function started(): Promise<void> {
    if (forwarding === undefined) {
      forwarding = forward();
      forwarding.catch(error => stream.destroy(error));
    }
    return forwarding;
  }

  const stream = new Transform({
    objectMode: true,
    transform(record, _, done) {
      started();
      records.push({record}).then(() => done(), done);
    },
    flush(done) {
      records.end();
      started().then(() => done(), done);
    },
    read(size) {
      resume?.();
      Transform.prototype._read.call(this, size);
    },
    destroy(error, done) {
      records.fail(error ?? new Error('The stream was destroyed.'));
      resume?.();
      const finished = () => done(error);
      if (forwarding === undefined) finished();
      else forwarding.then(finished, finished);
    },
  });
  return stream;
}

/** The same for web streams. Judges when its readable side is read; cancelling that is a `break`. */
export function toTransformStream<R>(judge: Judging): TransformStream<R, JudgedRecord<R>> {
  const records = createChannel<Box<R>>(waitingRecords);
  const judged = judge(unboxed(records));
  let failWritable: ((reason: unknown) => void) | undefined;
  function fail(reason: unknown): void {
    records.fail(reason);
    failWritable?.(reason);
  }
  return {
    writable: new WritableStream<R>({
      start(controller) {
        failWritable = reason => controller.error(reason);
      },
      write: record => records.push({record}),
      close: () => records.end(),
      abort: reason => records.fail(reason),
    }),
    readable: new ReadableStream<JudgedRecord<R>>(
      {
        async pull(controller) {
          try {
            const {value, done} = await judged.next();
            if (done) controller.close();
            else controller.enqueue(value);
          } catch (error) {
            fail(error);
            throw error;
          }
        },
        async cancel(reason) {
          fail(reason ?? new Error('The stream was cancelled.'));
          await judged.return(undefined);
        },
      },
      {highWaterMark: 0},
    ),
  };
}

async function* unboxed<R>(records: Channel<Box<R>>): AsyncGenerator<R> {
  for (let box = await records.next(); box !== undefined; box = await records.next()) yield box.record;
}
