import type {Input} from '../corpus/input.js';
import {recordReader} from '../corpus/read.js';
import {type Compared, createComparer, type Pair, type RowPlace} from './compare.js';
import type {ObserverStates} from './corpus-rules.js';
import type {Plan} from './plan.js';
import type {ReferenceStates} from './reads.js';
import {createRecordParser, parseAlone} from './record.js';
import {createScanner, type ScanOptions, type ScanResult, type ScanTask} from './scanner.js';

/** What a thread is asked to do. Bytes go one way, small results come back. */
export type Request =
  | {readonly kind: 'scan'; readonly task: ScanTask}
  | {readonly kind: 'compare'; readonly pairs: readonly Pair[]}
  | {readonly kind: 'observe'; readonly task: ScanTask; readonly masks: ReadonlyMap<string, Uint8Array>}
  | {readonly kind: 'left'; readonly rows: readonly LeftRow[]}
  | {readonly kind: 'forget'}
  /** Encoded summaries of the trusted references, by corpus rule: sent before the first scan. */
  | {readonly kind: 'references'; readonly states: ReferenceStates}
  | {readonly kind: 'states'};

/** A row that some views leave out, to be read again and observed under a key. */
export interface LeftRow {
  readonly key: string;
  readonly place: RowPlace;
}

export interface Responses {
  scan: ScanResult;
  compare: Compared[];
  observe: undefined;
  left: undefined;
  forget: undefined;
  references: undefined;
  states: ObserverStates;
}

export type Response<R extends Request> = Responses[R['kind']];

/** Answers requests; the same code in a worker thread and, for small rounds, in the main one. */
export interface Session {
  handle<R extends Request>(request: R): Promise<Response<R>>;
  /** Closes the files that are open. */
  close(): void;
}

export function createSession(
  plan: Plan,
  inputs: readonly Pick<Input, 'path'>[],
  options: ScanOptions,
): Session {
  const reader = recordReader();
  const parse = createRecordParser(plan.config.fields);
  const scanner = createScanner(plan, inputs, options);
  const compare = createComparer(plan, reader);

  function observeLeft(rows: readonly LeftRow[]): void {
    for (const {key, place} of rows) {
      const {path, line, start, end} = place;
      const bytes = [start, end] as const;
      const record = parseAlone(parse, reader.read(place, start, end), {path, line, bytes});
      if (record !== undefined) scanner.observeAs(key, record);
    }
  }

  async function answer(request: Request): Promise<Responses[keyof Responses]> {
    switch (request.kind) {
      case 'scan':
        return scanner.scan(request.task);
      case 'compare':
        return compare(request.pairs);
      case 'observe':
        await scanner.observe(request.task, request.masks);
        return undefined;
      case 'left':
        observeLeft(request.rows);
        return undefined;
      case 'forget':
        scanner.forget();
        return undefined;
      case 'references':
        scanner.know(request.states);
        return undefined;
      case 'states':
        return scanner.states();
    }
  }

  return {handle: request => answer(request) as Promise<never>, close: reader.close};
}
