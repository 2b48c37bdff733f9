import {Worker} from 'node:worker_threads';
import type {Input} from '../corpus/input.js';
import {EngineError} from './errors.js';
import type {Plan} from './plan.js';
import type {ScanOptions} from './scanner.js';
import {createSession, type Request, type Response, type Session} from './session.js';
import type {Envelope, Reply, WorkerSetup} from './worker.js';

/** Hands requests to threads. Which thread answers never shows in the answer. */
export interface Pool {
  /** Requests worth keeping in flight. */
  readonly width: number;
  run<R extends Request>(request: R, transfer?: readonly ArrayBuffer[]): Promise<Response<R>>;
  /** For what nobody waits for: where there is but one thread, which is busy, it is done in this one. */
  aside<R extends Request>(request: R): Promise<Response<R>>;
  /** Asks every thread that has done anything. */
  runOnAll<R extends Request>(request: R): Promise<Response<R>[]>;
  close(): Promise<void>;
}

/**
 * `threads` 0 works in the main thread: for rounds too small to pay for a thread, and for plugins given as
 * objects, whose functions cannot cross threads.
 */
export function createPool(
  plan: Plan,
  inputs: readonly Input[],
  options: ScanOptions,
  threads: number,
): Pool {
  return threads === 0 || plan.registry.local
    ? inline(plan, inputs, options)
    : threaded(plan, inputs, options, threads);
}

function inline(plan: Plan, inputs: readonly Input[], options: ScanOptions): Pool {
  const session = createSession(plan, inputs, options);
  return {
    width: 1,
    run: request => session.handle(request),
    aside: request => session.handle(request),
    runOnAll: async request => [await session.handle(request)],
    close: async () => session.close(),
  };
}

interface Thread {
  readonly worker: Worker;
  /** Requests sent and not yet answered. */
  readonly waiting: Map<number, {resolve(value: unknown): void; reject(error: Error): void}>;
}

/** Rows live for a moment: with room for a few chunks of them, the collector finds them dead. */
const youngMegabytes = 64;

function threaded(plan: Plan, inputs: readonly Input[], options: ScanOptions, limit: number): Pool {
  const {config, cwd} = plan;
  const setup: WorkerSetup = {config, cwd, inputs: inputs.map(({path}) => ({path})), options};
  const threads: Thread[] = [];
  let nextId = 0;
  let closed = false;

  function start(): void {
    // The same place from this module and from the file it is bundled into.
    const worker = new Worker(new URL('../engine/worker.js', import.meta.url), {
      workerData: setup,
      resourceLimits: {maxYoungGenerationSizeMb: youngMegabytes},
    });
    const thread: Thread = {worker, waiting: new Map()};
    const failAll = (error: Error) => {
      for (const {reject} of thread.waiting.values()) reject(error);
      thread.waiting.clear();
    };
    worker.on('message', (reply: Reply) => {
      const waiting = thread.waiting.get(reply.id)!;
      thread.waiting.delete(reply.id);
      if ('error' in reply) waiting.reject(revive(reply.error));
      else waiting.resolve(reply.result);
    });
    worker.on('error', error =>
      failAll(new EngineError(`A worker thread failed: ${error.message}`, {cause: error})),
    );
    worker.on('exit', code => {
      if (!closed) failAll(new EngineError(`A worker thread ended with code ${code}.`));
    });
    threads.push(thread);
  }

  /** The thread with the least to do. */
  function choose(): Thread {
    return threads.reduce((best, thread) => (thread.waiting.size < best.waiting.size ? thread : best));
  }

  function send(thread: Thread, request: Request, transfer: readonly ArrayBuffer[] = []): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const id = nextId++;
      thread.waiting.set(id, {resolve, reject});
      thread.worker.postMessage({id, request} satisfies Envelope, transfer as ArrayBuffer[]);
    });
  }

  let here: Session | undefined;

  function handle(request: Request): Promise<unknown> {
    here ??= createSession(plan, inputs, options);
    return here.handle(request);
  }

  // They load their modules while the first chunks are read.
  while (threads.length < limit) start();

  return {
    width: limit,
    run: (request, transfer) => send(choose(), request, transfer) as Promise<never>,
    aside: request => (limit === 1 ? handle(request) : send(choose(), request)) as Promise<never>,
    runOnAll: request =>
      Promise.all([
        ...threads.map(thread => send(thread, request)),
        ...(here === undefined ? [] : [here.handle(request)]),
      ]) as Promise<never>,
    async close() {
      closed = true;
      here?.close();
      await Promise.all(threads.map(({worker}) => worker.terminate()));
    },
  };
}

/** An error of a thread, as it was there: its name says whether it is expected or a bug. */
function revive({name, message, stack}: {name: string; message: string; stack: string}): Error {
  const error = name === 'EngineError' ? new EngineError(message) : new Error(message);
  Object.defineProperty(error, 'name', {value: name});
  error.stack = stack;
  return error;
}
