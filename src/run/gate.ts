import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Duplex, type Transform} from 'node:stream';
import {TransformStream} from 'node:stream/web';
import type {Plugin, SignalValue} from '../api.js';
import type {ConfigFile} from '../config/file.js';
import {loadConfig} from '../config/load.js';
import {EngineError} from '../engine/errors.js';
import type {RawFinding, Reason} from '../engine/evidence.js';
import type {JudgedRow} from '../engine/judge.js';
import {createPlan} from '../engine/plan.js';
import {scan} from '../engine/scan.js';
import type {Report} from '../report/report.js';
import {type Channel, createChannel} from './channel.js';
import {defaultCacheDir, openReferences} from './references.js';
import {reportOf} from './report.js';
import {createRecordSource, type RecordSource} from './source.js';

export interface GateOptions {
  /** A config as an object, or the path of a file. Default: the nearest `.collapserc`. */
  readonly config?: ConfigFile | string;
  /** Folder that paths are relative to. Default: the working folder. */
  readonly cwd?: string;
  /** Plugins as objects. They run in this thread: `concurrency` must then be 0. */
  readonly plugins?: readonly Plugin[];
  /** Worker threads. Default 0: in this thread. */
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
  /** Keep profiles of plain references between runs. Default true. */
  readonly cache?: boolean;
}

/** A record with its verdict. Provisional until `round()` has passed. */
export interface JudgedRecord<R> {
  readonly record: R;
  /** `malformed`: not an object, or nothing in it that could be trained on. */
  readonly verdict: 'accept' | 'quarantine' | 'reject' | 'malformed';
  /** What each gate that did not accept says. */
  readonly reasons: readonly Reason[];
  readonly findings: readonly RawFinding[];
  readonly signals: Readonly<Record<string, SignalValue>>;
}

/** One round that records are streamed into. Memory is bounded: texts wait in a temporary file, not here. */
export interface OpenGate {
  /**
   * Judges records and yields them in order. May be called again with more of the same round, one call after
   * the other. Slow consumers slow the source down.
   */
  judge<R>(records: Iterable<R> | AsyncIterable<R>): AsyncGenerator<JudgedRecord<R>>;
  /** Ends the round and judges it as a whole: until its verdict is `pass`, nothing should be trained on. */
  round(): Promise<Report>;
  /** A Node object stream: records in, judged records out. */
  transform(): Transform;
  /** The same for web streams. */
  transformStream<R = unknown>(): TransformStream<R, JudgedRecord<R>>;
  /** Gives up and removes the temporary file; `round` does it too. */
  close(): Promise<void>;
}

/** Chunks that may wait for the scan, and rows for the consumer. */
const waitingChunks = 2;
const waitingRows = 4096;

/**
 * Opens a gate for records that a program holds, for example between generation and training.
 * @throws ConfigError, ProfileError, InputError. EngineError when a group rule is on: it needs all records.
 */
export async function openGate(options: GateOptions = {}): Promise<OpenGate> {
  const {cwd = process.cwd(), config: given, plugins = [], concurrency = 0} = options;
  if (plugins.length > 0 && concurrency > 0) {
    throw new EngineError('Plugins given as objects cannot cross threads: set `concurrency` to 0, or name their modules under `plugins` in the config.');
  }
  const loaded = await loadConfig({cwd, plugins, ...(typeof given === 'string' ? {file: given} : {config: given})});
  const {config, registry} = loaded;
  const {groupRules} = createPlan(config, registry);
  if (groupRules.length > 0) {
    const names = groupRules.map(({id}) => `\`${id}\``).join(', ');
    throw new EngineError(`${names} can only judge a whole round: write the records to a file and use \`filter\`, or switch the rule off.`);
  }
  const references = await openReferences({
    config,
    registry,
    cwd,
    threads: concurrency,
    exclude: new Set(),
    cacheDir: options.cache === false ? undefined : defaultCacheDir(),
  });
  const folder = mkdtempSync(join(tmpdir(), 'collapse-gate-'));
  const source = createRecordSource(join(folder, 'records.jsonl'), waitingChunks);
  const rows = createChannel<JudgedRow>(waitingRows);
  const inputs = [source.input];
  const outcome = scan({
    config,
    registry,
    inputs,
    references,
    cwd,
    threads: concurrency,
    source: source.reader,
    onRow: row => rows.push(row),
    signal: options.signal,
  });
  outcome.catch(error => {
    source.fail(error);
    rows.fail(error);
  });
  let report: Promise<Report> | undefined;

  async function finish(): Promise<Report> {
    try {
      source.end();
      return reportOf(loaded, inputs, references, await outcome, cwd);
    } finally {
      source.close();
      rmSync(folder, {recursive: true, force: true});
    }
  }

  const gate: OpenGate = {
    judge: records => judge(records, source, rows),
    round() {
      report ??= finish();
      return report;
    },
    transform: () => Duplex.from((records: AsyncIterable<unknown>) => gate.judge(records)) as unknown as Transform,
    transformStream: () => toTransformStream(gate),
    async close() {
      if (report !== undefined) return;
      const closed = new EngineError('The gate was closed.');
      source.fail(closed);
      rows.fail(closed);
      report = finish();
      await report.catch(() => {});
    },
  };
  return gate;
}

/** Feeds records in and takes judged rows out at the same time. */
async function* judge<R>(
  records: Iterable<R> | AsyncIterable<R>,
  source: RecordSource,
  rows: Channel<JudgedRow>,
): AsyncGenerator<JudgedRecord<R>> {
  const waiting: R[] = [];
  let stopped = false;
  let fed = 0;
  const feeding = (async () => {
    for await (const record of records) {
      if (stopped) return;
      waiting.push(record);
      fed++;
      await source.add(record);
    }
  })().then(() => source.flush());
  let done = false;
  const ended = feeding.then(
    () => {
      done = true;
    },
    error => {
      rows.fail(error);
    },
  );
  let taken = 0;
  try {
    for (;;) {
      if (taken === fed) {
        // Everything fed so far is out: wait for more, or for the end.
        if (done) return;
        await Promise.race([ended, new Promise(resolve => setTimeout(resolve, 5))]);
        if (taken === fed && !rows.ready) continue;
      }
      const row = await rows.next();
      if (row === undefined) return;
      taken++;
      yield toJudged(waiting.shift()!, row);
    }
  } finally {
    // Left early: what was fed is part of the round all the same, and must not be given to the next call.
    stopped = true;
    await ended;
    while (taken < fed && (await rows.next()) !== undefined) taken++;
  }
}

function toJudged<R>(record: R, {evidence, findings, signals, verdict}: JudgedRow): JudgedRecord<R> {
  const {malformed} = evidence;
  if (malformed === undefined) return {record, verdict: verdict.verdict, reasons: verdict.reasons, findings, signals};
  const reasons: Reason[] = [{gate: 'malformed', verdict: 'reject', message: malformed}];
  return {record, verdict: 'malformed', reasons, findings: [], signals: {}};
}

function toTransformStream<R>(gate: OpenGate): TransformStream<R, JudgedRecord<R>> {
  const records = createChannel<R>(1024);
  let forward: Promise<void>;
  return new TransformStream<R, JudgedRecord<R>>({
    start(controller) {
      forward = (async () => {
        for await (const judged of gate.judge(drain(records))) controller.enqueue(judged);
      })();
      forward.catch(error => {
        records.fail(error);
        controller.error(error);
      });
    },
    transform: record => records.push(record),
    async flush() {
      records.end();
      await forward;
    },
  });
}

async function* drain<R>(channel: Channel<R>): AsyncGenerator<R> {
  for (let item = await channel.next(); item !== undefined; item = await channel.next()) yield item;
}
