import {idOfPlace} from '../api.js';
import type {Config} from '../config/config.js';
import type {Registry} from '../config/registry.js';
import type {Input} from '../corpus/input.js';
import type {Reference} from '../profile/reference.js';
import type {GateReport, Measure, RoundFindingReport, TableReport} from '../report/report.js';
import {measureAll} from './corpus-measures.js';
import type {ObserverStates} from './corpus-rules.js';
import {readDataset, type ScannedDataset, withoutDatasetRules} from './dataset.js';
import type {RowEvidence} from './evidence.js';
import type {Exceptions} from './exceptions.js';
import {addExcerpts, type Shown} from './excerpts.js';
import {activeRoundGates} from './gates.js';
import {createGroupPass} from './group-pass.js';
import {createJoin, type Join, type Joined, type Settled} from './join.js';
import {createJudge, type Judge, type JudgedRow} from './judge.js';
import {createKeptFolder, removeKept} from './kept.js';
import {createLabelCounts, type LabelCounts} from './labels.js';
import {familiesOf, judgeRound, referenceMeasures, reportRecordGates} from './measures.js';
import {mapOrdered} from './ordered.js';
import {createPlan, type Plan} from './plan.js';
import {createPool, type Pool} from './pool.js';
import {readStates} from './reads.js';
import {createReferenceSummaries, type ReferenceSummaries} from './reference-summaries.js';
import {createRowReader, type RowReader} from './row-reader.js';
import {createRows, type Rows} from './rows.js';
import {samplingBits} from './sample.js';
import type {ScanOptions, ScanResult} from './scanner.js';
import {createTally, type Tally} from './tally.js';
import {createTaskReader, type InputFacts, type TaskReader} from './tasks.js';
import {createViewPass, type ViewPass} from './view-pass.js';

export interface ScanRequest {
  readonly config: Config;
  readonly registry: Registry;
  readonly inputs: readonly Input[];
  readonly references: readonly PendingReference[];
  readonly cwd: string;
  /** The data set folder that the inputs are of, where it was named. */
  readonly dataset?: ScannedDataset | undefined;
  /** Where chunks come from, when they are not simply read from the inputs. */
  readonly source?: TaskReader;
  /** Bytes that a thread gets at once, default 1 MiB. Never changes a result. */
  readonly chunkBytes?: number | undefined;
  /** Worker threads; 0 works in this thread. Never changes a result. */
  readonly threads: number;
  /** Bytes of the round, where it may be sampled: see `sampleAbove` of the config. */
  readonly bytes?: number | undefined;
  /** Findings per rule that are listed, where not as many as the config says. */
  readonly maxFindings?: number | undefined;
  readonly exceptions?: Exceptions | undefined;
  /** Called for every row in order, once its verdict is known. Awaited: a slow sink slows the scan. */
  readonly onRow?: (row: JudgedRow) => void | Promise<void>;
  /** Called for every chunk in order: profiles are collected from it. */
  readonly onChunk?: (result: ScanResult) => void;
  readonly onProgress?: (bytes: number, records: number) => void;
  /** Stops the scan at the next chunk with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** A reference that is opened once the threads have been started. */
export interface PendingReference {
  readonly role: Reference['role'];
  open(): Promise<Reference>;
}

export interface ScanOutcome {
  readonly plan: Plan;
  readonly rows: Rows;
  readonly tally: Tally;
  readonly measures: Readonly<Record<string, Measure>>;
  readonly tables: readonly TableReport[];
  readonly roundFindings: readonly RoundFindingReport[];
  readonly gates: readonly GateReport[];
  readonly facts: readonly InputFacts[];
  readonly recordsPerInput: readonly number[];
  readonly references: readonly Reference[];
  /** Encoded summaries of corpus rules, from all threads. */
  readonly states: readonly ObserverStates[];
  /** One record in so many was observed by the corpus rules that a sample is enough for. */
  readonly sampledOneIn: number;
}

/**
 * One round, from bytes to verdicts. Passes: the scan with its ordered join; groups, where a group rule is
 * on; views, where a corpus rule wants another than `all` and the gates refused anything.
 * @throws EngineError for a rule that fails, InputError for an input that cannot be read.
 */
export async function scan(given: ScanRequest): Promise<ScanOutcome> {
  const request = given.dataset
    ? given
    : {...given, config: withoutDatasetRules(given.config, given.registry)};
  const plan = createPlan(request.config, request.registry, request.cwd);
  const {onRow, onChunk, threads} = request;
  const withRuns = request.references.some(({role}) => role === 'benchmark');
  const everyRow = request.exceptions?.everyRow ?? false;
  const nameAll = onRow !== undefined || everyRow || onChunk !== undefined || plan.groupRules.length > 0;
  const kept = plan.laterNeeds.length === 0 ? undefined : createKeptFolder();
  const sampleBits = samplingBits(request.bytes ?? 0, request.config.sampleAbove * 1e6);
  const options = {withRuns, dense: onChunk !== undefined, nameAll, kept, sampleBits};
  const pool = createPool(plan, request.inputs, options, threads);
  try {
    // Threads load their modules while the references are opened.
    const references: Reference[] = [];
    for (const reference of request.references) references.push(await reference.open());
    return await scanWith({...request, references}, plan, pool, options);
  } finally {
    await pool.close();
    if (kept !== undefined) removeKept(kept);
  }
}

/** A scan whose references are open. */
type OpenRequest = Omit<ScanRequest, 'references'> & {readonly references: readonly Reference[]};

async function scanWith(
  request: OpenRequest,
  plan: Plan,
  pool: Pool,
  {nameAll, kept, sampleBits}: ScanOptions,
): Promise<ScanOutcome> {
  const {config, registry, inputs, references} = request;
  const rows = createRows();
  const judge = createJudge(plan, nameAll, request.exceptions);
  const tally = createTally(judge.gates, request.maxFindings ?? config.maxFindings);
  const known = createReferenceSummaries(plan, references);
  const shared: Omit<Run, 'views' | 'labels'> = {
    request,
    known,
    plan,
    pool,
    rows,
    judge,
    tally,
    rowReader: createRowReader(plan, inputs, rows),
    rowsPerChunk: [],
    kept,
    recordsPerInput: inputs.map(() => 0),
    shown: [],
  };
  const run: Run = {
    ...shared,
    views: createViewPass(shared),
    labels: createLabelCounts(shared, plan.views),
  };
  let bytes = 0;
  const onBytes = (more: number) => {
    bytes += more;
    request.onProgress?.(bytes, rows.count);
  };
  const reader = request.source ?? createTaskReader(inputs, onBytes, true, request.chunkBytes);
  try {
    const reads = readStates(plan, references);
    if (reads.size > 0) await pool.runOnAll({kind: 'references', states: reads});
    const facts = await scanPass(run, reader);
    addExcerpts(run);
    const views = await run.views.finish(() => reader.again());
    const states = await pool.runOnAll({kind: 'states'});
    await known.ready();
    const {dataset} = request;
    const measured = measureAll(plan, states, known, views, run.labels, {
      dataset: dataset && readDataset(dataset, inputs, run.recordsPerInput, references),
      flagged: rule => tally.counts[rule]?.records ?? 0,
    });
    for (const {rule, level} of measured.findings) tally.round(rule, level);
    const roundGates = activeRoundGates(config, registry);
    const measures = {
      ...referenceMeasures(roundGates, references),
      ...tally.flagged(
        familiesOf(
          plan,
          references.some(({role}) => role === 'benchmark'),
        ),
      ),
      ...measured.measures,
    };
    const gates = [...reportRecordGates(judge.gates, tally), ...judgeRound(roundGates, measures)];
    return {
      plan,
      rows,
      tally,
      measures,
      tables: measured.tables,
      roundFindings: measured.findings,
      gates,
      facts,
      recordsPerInput: run.recordsPerInput,
      states,
      references,
      sampledOneIn: 2 ** sampleBits,
    };
  } finally {
    known.stop();
    run.rowReader.close();
  }
}

/** What the passes of one run share. */
export interface Run {
  readonly request: OpenRequest;
  readonly plan: Plan;
  readonly pool: Pool;
  readonly rows: Rows;
  readonly judge: Judge;
  readonly tally: Tally;
  readonly rowReader: RowReader;
  /** Rows of each chunk: a later pass cuts the same chunks. */
  readonly rowsPerChunk: number[];
  /** Folder of what providers gave. */
  readonly kept: string | undefined;
  readonly recordsPerInput: number[];
  /** Told of rows that were judged. */
  readonly views: ViewPass;
  readonly labels: LabelCounts;
  readonly known: ReferenceSummaries;
  /** Listed findings about pairs, which are to be shown with excerpts. */
  readonly shown: Shown[];
}

async function scanPass(run: Run, reader: TaskReader): Promise<InputFacts[]> {
  const {request, plan, pool, rows} = run;
  const isRefused = (result: ScanResult, offset: number) => {
    const place = {path: request.inputs[result.input]!.path, line: result.lines[offset]!};
    // Rows with evidence have a name.
    return run.judge.refusedAlone(result.evidence.get(offset)!, {...result.names.get(offset)!, ...place});
  };
  const join = createJoin(plan, request.inputs, request.references, rows, isRefused);
  const groups = createGroupPass(run);

  // Records that come from a program are judged as they come; files in batches, with enough ahead that no
  // thread has to wait while a batch is joined.
  const live = request.source !== undefined;
  const ahead = pool.width * 2 + (live ? 0 : aheadChunks);
  let sent = 0;
  const scanned = mapOrdered(reader.tasks(), ahead, task => {
    request.signal?.throwIfAborted();
    // Threads have enough to do now: what the references are needed for at the end can be made ready.
    if (++sent === ahead && request.threads > 0) run.known.begin();
    return pool.run({kind: 'scan', task}, [task.bytes.buffer]);
  });
  // Comparisons queue behind the scans that were sent before them: as many may be under way.
  const compared = mapOrdered(joinBatches(scanned, join, live ? 1 : batchChunks), ahead, async joined => {
    const {pairs} = joined;
    return {
      joined,
      settled: join.settle(joined, pairs.length === 0 ? [] : await pool.run({kind: 'compare', pairs})),
    };
  });
  try {
    for await (const {joined, settled} of compared) {
      const {result} = joined;
      run.rowsPerChunk.push(result.count);
      run.recordsPerInput[result.input]! += result.count;
      request.onChunk?.(result);
      for (let offset = 0; offset < result.count; offset++) {
        if (groups !== undefined) groups.add(evidenceOf(run, joined, settled, offset), result, offset);
        else {
          const waiting = judgeOne(run, joined, settled, offset);
          if (waiting !== undefined) await waiting;
        }
      }
    }
    if (groups !== undefined)
      for await (const evidence of groups.finish()) await judgeEvidence(run, evidence);
  } finally {
    groups?.close();
  }
  return reader.facts();
}

/** Chunks that are joined at once when nobody waits for the first of them. */
const batchChunks = 16;
/** Chunks in flight beside two for each thread: a batch, and enough to work on while it is joined. */
const aheadChunks = 28;

async function* joinBatches(
  source: AsyncIterable<ScanResult>,
  join: Join,
  size: number,
): AsyncGenerator<Joined> {
  let batch: ScanResult[] = [];
  for await (const result of source) {
    batch.push(result);
    if (batch.length < size) continue;
    yield* join.add(batch);
    batch = [];
  }
  if (batch.length > 0) yield* join.add(batch);
}

/** Judges one row; a promise only where a sink has to be waited for. */
function judgeOne(
  run: Run,
  joined: Joined,
  settled: ReadonlyMap<number, Settled>,
  offset: number,
): Promise<void> | undefined {
  const {result, first} = joined;
  const row = first + offset;
  const plain = !result.evidence.has(offset) && !settled.has(row) && !result.malformed.has(offset);
  if (plain && run.request.onRow === undefined && !run.request.exceptions?.everyRow) {
    // Nearly all rows come this way: their verdict is known, and rows are accepted unless told otherwise.
    if (run.judge.cleanVerdict(result.variants[offset]!)?.verdict === 'accept') {
      run.tally.accept();
      return undefined;
    }
    const place = {path: run.request.inputs[result.input]!.path, line: result.lines[offset]!};
    const verdict = run.judge.clean(row, result.variants[offset]!, wordsOf(run.plan, result, offset), place);
    run.rows.setFailed(row, verdict.failed);
    run.rows.setVerdict(row, verdict.verdict);
    run.views.judged(row);
    run.tally.record(() => run.rowReader.name(row), [], verdict);
    return undefined;
  }
  return judgeEvidence(run, evidenceOf(run, joined, settled, offset));
}

function judgeEvidence(run: Run, evidence: RowEvidence): Promise<void> | undefined {
  const {rows, tally, judge, request} = run;
  const {row, id, hash, place} = evidence;
  const ref = {id, path: place.path, line: place.line, ...(hash && {hash})};
  if (evidence.malformed !== undefined) {
    rows.setVerdict(row, 'malformed');
    tally.malformed(ref, evidence.malformed);
    const verdict = {verdict: 'reject', reasons: [], failed: 0} as const;
    return request.onRow?.({evidence, findings: [], signals: {}, verdict, duplicate: false}) as
      | Promise<void>
      | undefined;
  }
  const judged = judge.row(evidence);
  rows.setVerdict(row, judged.verdict.verdict);
  rows.setFailed(row, judged.verdict.failed);
  if (judged.duplicate) rows.setDuplicate(row);
  run.views.judged(row);
  run.labels.judged(row, judged.signals);
  for (const finding of tally.record(() => ref, judged.findings, judged.verdict)) {
    if (finding.related !== undefined) run.shown.push({finding, evidence});
  }
  return request.onRow?.(judged) as Promise<void> | undefined;
}

/** Everything known about a row, from the scan and from the comparisons. */
function evidenceOf(
  run: Run,
  {result, first}: Joined,
  settled: ReadonlyMap<number, Settled>,
  offset: number,
): RowEvidence {
  const row = first + offset;
  const {path} = run.request.inputs[result.input]!;
  const line = result.lines[offset]!;
  const malformed = result.malformed.get(offset);
  const rules = result.evidence.get(offset);
  const found = settled.get(row);
  const name = result.names.get(offset) ?? found?.name ?? {id: idOfPlace({path, line}), hash: ''};
  return {
    row,
    ...name,
    place: {path, line, bytes: [result.starts[offset]!, result.ends[offset]!]},
    variant: result.variants[offset]!,
    words: wordsOf(run.plan, result, offset),
    ...(malformed !== undefined && {malformed}),
    findings: rules?.findings ?? [],
    signals: rules?.signals ?? {},
    neighbours: found?.neighbours ?? [],
  };
}

function wordsOf(plan: Plan, result: ScanResult, offset: number): Record<string, number> {
  const words: Record<string, number> = {};
  for (const [index, {part}] of plan.parts.entries()) words[part] = result.summaries[index]!.words[offset]!;
  return words;
}
