import type {Input} from '../corpus/input.js';
import {type Compared, createComparer, type Pair} from './compare.js';
import type {ObserverStates} from './corpus-rules.js';
import type {Plan} from './plan.js';
import type {ReferenceStates} from './reads.js';
import {createScanner, type ScanOptions, type ScanResult, type ScanTask} from './scanner.js';

/** What a thread is asked to do. Bytes go one way, small results come back. */
export type Request =
  | {readonly kind: 'scan'; readonly task: ScanTask}
  | {readonly kind: 'compare'; readonly pairs: readonly Pair[]}
  | {readonly kind: 'observe'; readonly task: ScanTask; readonly masks: ReadonlyMap<string, Uint8Array>}
  /** Encoded summaries of the trusted references, by corpus rule: sent before the first scan. */
  | {readonly kind: 'references'; readonly states: ReferenceStates}
  | {readonly kind: 'states'};

export interface Responses {
  scan: ScanResult;
  compare: Compared[];
  observe: undefined;
  references: undefined;
  states: ObserverStates;
}

export type Response<R extends Request> = Responses[R['kind']];

/** Answers requests; the same code in a worker thread and, for small rounds, in the main one. */
export interface Session {
  handle<R extends Request>(request: R): Promise<Response<R>>;
}

export function createSession(
  plan: Plan,
  inputs: readonly Pick<Input, 'path'>[],
  options: ScanOptions,
): Session {
  const scanner = createScanner(plan, inputs, options);
  const compare = createComparer(plan);

  async function answer(request: Request): Promise<Responses[keyof Responses]> {
    switch (request.kind) {
      case 'scan':
        return scanner.scan(request.task);
      case 'compare':
        return compare(request.pairs);
      case 'observe':
        await scanner.observe(request.task, request.masks);
        return undefined;
      case 'references':
        scanner.know(request.states);
        return undefined;
      case 'states':
        return scanner.states();
    }
  }

  return {handle: request => answer(request) as Promise<never>};
}
