import {join} from 'node:path';
import type {Transform} from 'node:stream';
import type {Plugin} from '../api.js';
import type {ConfigFile} from '../config/file.js';
import {loadConfig} from '../config/load.js';
import {EngineError} from '../engine/errors.js';
import type {JudgedRow} from '../engine/judge.js';
import {createPlan} from '../engine/plan.js';
import {type PendingReference, scan} from '../engine/scan.js';
import type {Report} from '../report/report.js';
import {exceptionsFor} from './exceptions-for.js';
import {type Intake, type JudgedRecord, judge} from './judging.js';
import {defaultCacheDir, pendingReferences} from './references.js';
import {reportOf} from './report.js';
import {createRecordSource} from './source.js';
import {toTransform, toTransformStream} from './streams.js';
import {temporaryFolder} from './temporary.js';
import {requireThreads} from './threads.js';

export interface GateOptions {
  /** A config as an object, or the path of a file. Default: the nearest `.collapserc`. */
  readonly config?: ConfigFile | string | undefined;
  /** Folder that paths are relative to, and where the search for a config begins. Default: the working folder. */
  readonly cwd?: string | undefined;
  /** Plugins as objects. They run in this thread: `concurrency` must then be 0. */
  readonly plugins?: readonly Plugin[] | undefined;
  /** Worker threads, a whole number from 0. Default 0: everything runs in this thread. */
  readonly concurrency?: number | undefined;
  /** Ends the round at once; whatever is pending rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Keep profiles of plain references between runs. Default true. */
  readonly cache?: boolean | undefined;
  /** Report of an earlier run (JSON, JSON lines or run folder) whose findings do not count. */
  readonly baseline?: string | undefined;
}

/**
 * One round that records are streamed into. Memory grows by the round's index (about half a kilobyte a
 * record), not by its texts: those wait in a temporary file, which goes with `round`, `close` or the first failure.
 */
export interface OpenGate {
  /**
   * Judges records and yields them in order, reading at most 4096 or some 8 MiB ahead. May be called again
   * with more of the same round, one call after the other. Leaving the loop closes the source; what was read
   * ahead stays in the round.
   * @throws EngineError when a rule, gate or provider fails, after `round`, and while another call runs; the
   *   reason of `signal`; what the source throws, after what came before it.
   */
  judge<R>(records: Iterable<R> | AsyncIterable<R>): AsyncGenerator<JudgedRecord<R>, void, undefined>;
  /**
   * Ends the round and judges it as a whole: nothing should be trained on unless the report's verdict is
   * `pass`. The same promise each time.
   * @throws EngineError as `judge`, and after `close`; the reason of `signal`.
   */
  round(): Promise<Report>;
  /** A Node object stream: records in, judged records out. One call of `judge`. */
  transform(): Transform;
  /** The same for web streams: a pair of streams for `pipeThrough`. */
  transformStream<R = unknown>(): TransformStream<R, JudgedRecord<R>>;
  /** Gives up the round, unless it has ended. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Opens a gate for records that a program holds, for example between generation and training.
 * Waivers of the config, decisions of reviewers and a baseline hold as in `check`.
 * @throws ConfigError, ProfileError, InputError (a reference or baseline that cannot be read). EngineError when a group
 *   rule is on, which needs all records at once, or when `concurrency` does not fit.
 */
export async function openGate(options: GateOptions = {}): Promise<OpenGate> {
  const {cwd = process.cwd(), config: given, plugins = [], signal} = options;
  const threads = requireThreads(options.concurrency ?? 0, plugins);
  signal?.throwIfAborted();
  const loaded = await loadConfig({
    cwd,
    plugins,
    ...(typeof given === 'string' ? {file: given} : {config: given}),
  });
  const {config, registry} = loaded;
  const exceptions = await exceptionsFor(loaded, {cwd, baseline: options.baseline});
  refuseGroupRules(createPlan(config, registry, cwd).groupRules);
  const pending = pendingReferences({
    config,
    registry,
    cwd,
    threads,
    exclude: new Set(),
    cacheDir: options.cache === false ? undefined : defaultCacheDir(),
    signal,
  });
  // Opened now: what is wrong with them is wrong with the gate, not with its first record.
  const references: PendingReference[] = [];
  for (const {role, open} of pending) {
    const reference = await open();
    references.push({role, open: async () => reference});
  }
  signal?.throwIfAborted();

  const folder = temporaryFolder();
  const source = createRecordSource(join(folder.path, 'records.jsonl'));
  const inputs = [source.input];
  /** Who waits for the verdicts of the records that are under way, in order. */
  const waiting: ((row: JudgedRow) => void)[] = [];
  let current: Parameters<Intake['enter']>[0] | undefined;
  let failure: {readonly error: unknown} | undefined;
  let report: Promise<Report> | undefined;

  function fail(error: unknown): void {
    failure ??= {error};
    source.fail(error);
    current?.fail(error);
  }
  const onAbort = () => fail(signal!.reason);
  signal?.addEventListener('abort', onAbort);

  const outcome = scan({
    config,
    registry,
    inputs,
    references,
    cwd,
    threads,
    exceptions,
    source: source.reader,
    onRow: row => waiting.shift()!(row),
    signal,
  }).finally(() => {
    signal?.removeEventListener('abort', onAbort);
    source.close();
    folder.remove();
  });
  outcome.catch(fail);

  const intake: Intake = {
    add(record, deliver) {
      intake.check();
      const added = source.add(record);
      waiting.push(deliver);
      return added;
    },
    flush: () => source.flush(),
    enter(ready) {
      intake.check();
      if (current !== undefined) {
        throw new EngineError('Another call of `judge` is not at its end: let one follow the other.');
      }
      current = ready;
    },
    leave() {
      current = undefined;
    },
    check() {
      if (failure !== undefined) throw failure.error;
    },
  };

  const gate: OpenGate = {
    judge: records => judge(records, intake),
    round() {
      source.end();
      report ??= outcome.then(ended => {
        const said = exceptions?.report(false) ?? [];
        const whole = reportOf(loaded, inputs, ended, cwd);
        return said.length === 0 ? whole : {...whole, exceptions: said};
      });
      return report;
    },
    transform: () => toTransform(gate.judge),
    transformStream: () => toTransformStream(gate.judge),
    async close() {
      fail(new EngineError('The gate was closed.'));
      await outcome.catch(() => {});
    },
    [Symbol.asyncDispose]: () => gate.close(),
  };
  return gate;
}

function refuseGroupRules(rules: readonly {readonly id: string}[]): void {
  if (rules.length === 0) return;
  const names = rules.map(({id}) => `\`${id}\``).join(', ');
  throw new EngineError(
    `${names} can only judge a whole round: write the records to a file and use \`filter\`, or switch it off.`,
  );
}
