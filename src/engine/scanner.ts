import {idOfPlace, type Place} from '../api.js';
import {type FileChunk, tooLongLine} from '../corpus/chunks.js';
import type {Input} from '../corpus/input.js';
import {encodingOf} from '../corpus/jsonl.js';
import {createLineReader, mostChunkBytes} from '../corpus/line-reader.js';
import {splitLines} from '../corpus/lines.js';
import {createTextAnalyser} from '../features/text.js';
import {buffersOf, createSummaryBuilder, type Summaries} from '../neighbours/summary.js';
import {type Asker, createAsker} from './asks.js';
import {createObserver, type ObserverStates} from './corpus-rules.js';
import {noEvidence, type RuleEvidence} from './evidence.js';
import {holdText, provideFeatures} from './features.js';
import {groupKey} from './groups.js';
import {keepFeatures, recallChunk} from './kept.js';
import {createKeywordTable} from './keywords.js';
import type {Plan} from './plan.js';
import {createReferenceReader, type ReferenceStates} from './reads.js';
import {createRecordParser, recordHash, ScannedRecord} from './record.js';
import {createRecordRunner, type RecordRunner} from './record-rules.js';
import {createSampler} from './sample.js';

/** A chunk on its way to a scanner, with the number of its first line. */
export interface ScanTask extends FileChunk {
  /** Physical line of the first byte, from 0. */
  readonly firstLine: number;
  /** Lines of the chunk, from 0, that are known to hold no record, with what is wrong with each. */
  readonly malformed?: ReadonlyMap<number, string>;
  /** By line of the chunk, the line or row in the original, where the lines are a copy of another format. */
  readonly numbers?: Uint32Array<ArrayBuffer>;
}

export interface ScanOptions {
  /** Also look for every run of words: set when a benchmark reference is there. */
  readonly withRuns: boolean;
  /** Keep more fingerprints of short texts: set when a profile is built. */
  readonly dense: boolean;
  /** Name every row, not only those with findings: the sidecar needs it. */
  readonly nameAll: boolean;
  /** Folder for what providers gave, where a later pass wants it. */
  readonly kept: string | undefined;
  /** One record in 2 to the power of this is observed by the corpus rules that a sample is enough for. */
  readonly sampleBits: number;
}

/** What one chunk's rows are, in columns; row i is the i-th record line. */
export interface ScanResult {
  readonly input: number;
  readonly count: number;
  /** Byte range in the plain file. */
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /** Physical line in the file, from 1. */
  readonly lines: Uint32Array;
  readonly variants: Uint16Array;
  /** By part, in the plan's order. */
  readonly summaries: readonly Summaries[];
  /** Rows that are no records, with the reason. */
  readonly malformed: ReadonlyMap<number, string>;
  /** Rows that rules said something about. */
  readonly evidence: ReadonlyMap<number, RuleEvidence>;
  /** Ids and hashes, for rows with evidence or for all. */
  readonly names: ReadonlyMap<number, RowName>;
  /** By group rule, one key per row (NaN: in no group). */
  readonly groups: readonly Float64Array[];
}

export interface RowName {
  readonly id: string;
  readonly hash: string;
  /** Where the data says it is from. */
  readonly source?: string;
}

export interface Scanner {
  scan(task: ScanTask): Promise<ScanResult>;
  /** Lets corpus rules see the rows of a chunk that each view's mask (one byte a row) selects. */
  observe(task: ScanTask, masks: ReadonlyMap<string, Uint8Array>): Promise<void>;
  /** Lets corpus rules see one record under a key. */
  observeAs(key: string, record: ScannedRecord): void;
  /** Drops what was observed of other views than `all`. */
  forget(): void;
  /** The summaries of all that was observed, by view and rule. Ends the scan. */
  states(): ObserverStates;
  /** Takes what record rules may read of the references. Before the first scan. */
  know(states: ReferenceStates): void;
}

export function createScanner(
  plan: Plan,
  inputs: readonly Pick<Input, 'path'>[],
  options: ScanOptions,
): Scanner {
  const parse = createRecordParser(plan.config.fields);
  // It recognises shapes by itself, and speaks of one line at a time: providers get many records at once.
  const reader =
    Object.keys(plan.config.fields).length === 0 && plan.needs.length === 0 ? createLineReader() : undefined;
  let loaded: ScanTask | undefined;
  const table = createKeywordTable();
  const analyser = createTextAnalyser(table.keywords);
  const builders = plan.parts.map(({inside, holds}) => {
    const fingerprints = options.dense ? 'dense' : inside ? 'wide' : 'none';
    return createSummaryBuilder(analyser, {withRuns: holds && options.withRuns, fingerprints});
  });
  const references = createReferenceReader(plan);
  // Rules are created at the first scan: what they know of the references is there then.
  let runners: readonly RecordRunner[] | undefined;
  let asker: Asker | 'all' | undefined;
  const observer = createObserver(plan);
  const sampler = createSampler(options.sampleBits);
  const {registry, variants} = plan;
  const textPart = plan.parts.findIndex(({part}) => part === 'text');
  const otherParts = [...plan.parts.entries()].filter(([index]) => index !== textPart);

  /** The rows of a chunk; each is parsed when it is asked for, so that few are alive at a time. */
  function rowsOf(task: ScanTask) {
    const {path} = inputs[task.input]!;
    const bytes = Buffer.from(task.bytes.buffer, task.bytes.byteOffset, task.bytes.byteLength);
    const tooLong = tooLongLine(task);
    // Of a record over the limit only the head is here, which may be blank.
    const lines = tooLong === undefined ? splitLines(task.bytes) : oneLine(tooLong.end);
    const encoding = encodingOf(task.bytes);
    const isPlain = encoding !== 'mixed' && tooLong === undefined && bytes.length <= mostChunkBytes;
    const quick = isPlain ? reader : undefined;
    const parseRow = (row: number): ScannedRecord | string => {
      const start = lines.starts[row]!;
      const end = lines.ends[row]!;
      const line = lines.lines[row]!;
      const known = task.malformed?.get(line);
      if (known !== undefined) return known;
      const place: Place = {
        path,
        line: task.numbers?.[line] ?? task.firstLine + line + 1,
        bytes: [task.start + start, task.start + end],
      };
      // Only now: another chunk may have come in between.
      if (quick && loaded !== task) {
        quick.load(task.bytes);
        loaded = task;
      }
      if (quick?.read(start, end)) return new ScannedRecord(place, {bytes, start, end}, quick);
      const record = tooLong ?? parse(bytes, start, end, encoding, place);
      return record instanceof ScannedRecord ? record : record.reason;
    };
    return {lines, parseRow};
  }

  /**
   * All rows, or in a later pass those that `wanted` selects, with the features that providers give: those need
   * them all at once.
   */
  async function provided(task: ScanTask, needs: readonly string[], wanted?: (row: number) => boolean) {
    const {lines, parseRow} = rowsOf(task);
    if (needs.length === 0) return {lines, rowAt: parseRow};
    const recall =
      wanted === undefined || options.kept === undefined
        ? undefined
        : recallChunk(options.kept, task.index, lines.count);
    const rows = new Map<number, ScannedRecord | string>();
    for (let row = 0; row < lines.count; row++) {
      if (wanted?.(row) === false) continue;
      const record = parseRow(row);
      if (record instanceof ScannedRecord) recall?.(row, record);
      rows.set(row, record);
    }
    const records = [...rows.values()].filter(row => row instanceof ScannedRecord);
    if (wanted === undefined) asker ??= createAsker(plan, references.of) ?? 'all';
    const asked = wanted === undefined && asker !== 'all' ? asker : undefined;
    await provideFeatures(registry, needs, records, asked);
    if (wanted === undefined && options.kept !== undefined)
      keepFeatures(options.kept, task.index, plan.laterNeeds, [...rows.values()]);
    return {lines, rowAt: (row: number) => rows.get(row)!};
  }

  return {
    async scan(task) {
      runners ??= plan.variants.ruleSets.map(set =>
        createRecordRunner(plan.registry, set, references.of, plan.config, table),
      );
      const {lines, rowAt} = await provided(task, plan.needs);
      const {count} = lines;
      const result = {
        input: task.input,
        count,
        starts: shifted(lines.starts, task.start, Float64Array),
        ends: shifted(lines.ends, task.start, Float64Array),
        lines: task.numbers
          ? lines.lines.map(line => task.numbers![line]!)
          : shifted(lines.lines, task.firstLine + 1, Uint32Array),
        variants: new Uint16Array(count),
        malformed: new Map<number, string>(),
        evidence: new Map<number, RuleEvidence>(),
        names: new Map<number, RowName>(),
        groups: plan.groupRules.map(() => new Float64Array(count).fill(Number.NaN)),
      };
      for (let row = 0; row < count; row++) {
        const record = rowAt(row);
        if (typeof record === 'string') {
          result.malformed.set(row, record);
          // What it is known by from run to run: it has no id.
          const bytes = task.bytes.subarray(lines.starts[row]!, lines.ends[row]!);
          result.names.set(row, {
            id: idOfPlace({path: inputs[task.input]!.path, line: result.lines[row]!}),
            hash: recordHash(bytes),
          });
          for (const builder of builders) builder.add(undefined);
          continue;
        }
        const variant = variants.variant(record);
        result.variants[row] = variant;
        holdText(undefined, analyser);
        for (const [index, {part}] of otherParts) builders[index]!.add(record[part]);
        // The text comes last: rules ask for its words.
        if (textPart >= 0) {
          builders[textPart]!.add(record.utf8 ?? record.text);
          sampler.note(record, analyser);
          holdText(record, analyser);
        }
        const evidence = runners[variant]!(record);
        const said = evidence !== noEvidence;
        if (said) result.evidence.set(row, evidence);
        if (said || options.nameAll) result.names.set(row, nameOf(record));
        for (const [index, rule] of plan.groupRules.entries()) {
          result.groups[index]![row] = groupKey(rule, plan.variants.ruleSets[variant]![rule.id]!, record);
        }
        observer.observe('all', record, sampler.holds(record));
      }
      return {...result, summaries: builders.map(builder => builder.finish())};
    },
    async observe(task, masks) {
      const wanted = (row: number) => {
        for (const mask of masks.values()) if (mask[row] === 1) return true;
        return false;
      };
      const {lines, rowAt} = await provided(task, plan.viewNeeds, wanted);
      for (let row = 0; row < lines.count; row++) {
        const record = wanted(row) ? rowAt(row) : '';
        if (!(record instanceof ScannedRecord)) continue;
        const sampled = sampler.holds(record);
        for (const [view, mask] of masks) if (mask[row] === 1) observer.observe(view, record, sampled);
      }
    },
    observeAs: (key, record) => observer.observe(key, record, sampler.holds(record)),
    forget: observer.forget,
    states: () => observer.states(),
    know: references.know,
  };
}

function nameOf({id, hash, source}: ScannedRecord): RowName {
  return source === undefined ? {id, hash} : {id, hash, source};
}

/** The numbers plus `by`. A loop: `from` with a function takes ten times as long. */
function shifted<A extends Float64Array | Uint32Array>(
  from: Uint32Array,
  by: number,
  make: new (length: number) => A,
): A {
  const to = new make(from.length);
  for (let index = 0; index < from.length; index++) to[index] = from[index]! + by;
  return to;
}

function oneLine(end: number): ReturnType<typeof splitLines> {
  const [starts, ends, lines] = [Uint32Array.of(0), Uint32Array.of(end), Uint32Array.of(0)];
  return {starts, ends, lines, count: 1, physicalLines: 1};
}

/** Array buffers of a result, to be moved between threads. */
export function transferOf(result: ScanResult): ArrayBuffer[] {
  return [
    result.starts.buffer as ArrayBuffer,
    result.ends.buffer as ArrayBuffer,
    result.lines.buffer as ArrayBuffer,
    result.variants.buffer as ArrayBuffer,
    ...result.groups.map(keys => keys.buffer as ArrayBuffer),
    ...result.summaries.flatMap(buffersOf),
  ];
}
