import {parentPort, workerData} from 'node:worker_threads';
import type {Config} from '../config/config.js';
import {loadRegistry} from '../config/registry.js';
import type {Input} from '../corpus/input.js';
import {createPlan} from './plan.js';
import {type ScanOptions, type ScanResult, transferOf} from './scanner.js';
import {createSession, type Request, type Session} from './session.js';

/** What a worker is started with: everything it needs to build the same plan as the main thread. */
export interface WorkerSetup {
  readonly config: Config;
  readonly cwd: string;
  readonly inputs: readonly Pick<Input, 'path'>[];
  readonly options: ScanOptions;
}

export interface Envelope {
  readonly id: number;
  readonly request: Request;
}

export type Reply =
  | {readonly id: number; readonly result: unknown}
  | {
      readonly id: number;
      readonly error: {readonly name: string; readonly message: string; readonly stack: string};
    };

const {config, cwd, inputs, options} = workerData as WorkerSetup;
let session: Promise<Session> | undefined;

async function start(): Promise<Session> {
  return createSession(createPlan(config, await loadRegistry(config), cwd), inputs, options);
}

parentPort!.on('message', async ({id, request}: Envelope) => {
  try {
    session ??= start();
    const result = await (await session).handle(request);
    const transfer = request.kind === 'scan' ? transferOf(result as ScanResult) : [];
    parentPort!.postMessage({id, result} satisfies Reply, transfer);
  } catch (error) {
    const {name, message, stack = ''} = error instanceof Error ? error : new Error(String(error));
    parentPort!.postMessage({id, error: {name, message, stack}} satisfies Reply);
  }
});
