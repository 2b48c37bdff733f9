import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {CorpusRule} from '../api.js';
import type {Config} from '../config/config.js';
import type {Loaded} from '../config/load.js';
import {mergeStates} from '../engine/corpus-rules.js';
import {trustedStates} from '../engine/reads.js';
import {createTextAnalyser} from '../features/text.js';
import type {Reference} from '../profile/reference.js';
import {cover} from '../replenish/greedy.js';
import {
  countRecord,
  createSpectrum,
  least,
  missingFrom,
  type Spectrum,
  splitTail,
  stateOf,
  type TailState,
  withRecords,
  wordsAmong,
} from '../replenish/tail.js';
import {type RunOptions, threadsFor} from './check.js';
import {RunError} from './error.js';
import {type OpenedInputs, openInputs} from './inputs.js';
import {defaultCacheDir, pendingReferences} from './references.js';
import {compareMix, type MixMeasure} from './replenish-measure.js';
import {eachRecord, openSources, requireUnchanged} from './replenish-records.js';
import {type Candidate, readWords, writeManifest, writeRecords} from './replenish-write.js';
import {stage} from './staging.js';

export interface ReplenishOptions extends RunOptions {
  /** Folder to write. Undefined writes nothing: a dry run. */
  readonly out: string | undefined;
  /** Replace what an earlier run left in that folder. */
  readonly overwrite?: boolean | undefined;
  /** Wanted survival, as a share of that of an honest sample of the reference. */
  readonly target: number;
  /** Most records to add, of a round of so many. */
  readonly budget: (round: number) => number;
}

/** What was found, and what it does to the round. */
export interface Replenished {
  readonly version: 1;
  readonly target: number;
  readonly reached: boolean;
  readonly records: {
    readonly round: number;
    readonly added: number;
    readonly budget: number;
    /** How many reach the target; null where as many as the round has, or all that have a missing word, do not. */
    readonly enough: number | null;
  };
  /** Rare words that records were chosen by: how many, of which the round had none, and the mix has none. */
  readonly chosenBy: {readonly words: number; readonly missing: number; readonly left: number};
  /** Rare words that the choice knew nothing of: what counts. */
  readonly judgedOn: {readonly before: TailState; readonly after: TailState};
  readonly measures: readonly MixMeasure[];
  /** As given; null where nothing was written. */
  readonly folder: string | null;
}

const rule = 'tail/survival';

/**
 * Finds the records of the reference that bring its rare words back into a round, fewest first, and writes
 * them. Undefined for a round without records.
 * @throws RunError where the reference's records cannot be had or say too little, and what `check` throws;
 * then nothing is written.
 */
export async function replenish(
  loaded: Loaded,
  patterns: readonly string[],
  options: ReplenishOptions,
): Promise<Replenished | undefined> {
  const config = tailConfig(loaded.config);
  const {cwd, out, stdin, stdinName, signal} = options;
  const staging = out === undefined ? undefined : stage(cwd, out, options.overwrite ?? false);
  const scratch = mkdtempSync(join(tmpdir(), 'collapse-replenish-'));
  let opened: OpenedInputs | undefined;
  try {
    opened = await openInputs(patterns, {...config, cwd, stdin, stdinName, signal});
    const round = createSpectrum();
    const analyser = createTextAnalyser();
    const wordsOf = (text: string) => {
      analyser.read(text);
      return analyser.words();
    };
    let records = 0;
    await eachRecord(opened.inputs, config.fields, signal, ({text}) => {
      records++;
      countRecord(round, wordsOf(text));
    });
    if (records === 0) return undefined;
    const references = await openReferences({...loaded, config}, opened, options);
    const summary = summaryOf({...loaded, config}, references);
    const {chosenBy, judgedOn} = splitTail(summary, Number(config.rules[rule]!.options.share));
    const before = stateOf(round, summary, judgedOn);
    if (before === undefined) throw tooFew(records);
    const missing = missingFrom(round, chosenBy);
    const candidates = await candidatesOf(references, missing, wordsOf, {cwd, spoolDir: scratch, signal});
    const budget = options.budget(records);
    const needs = Array.from(missing, () => ({records: 1, weight: 1}));
    // More than may be taken, to say how many it would take.
    const picks = cover(
      candidates.map(({needs}) => needs),
      needs,
      Math.max(budget, records),
    );
    const words = readWords(
      picks.map(({candidate}) => candidates[candidate]!),
      wordsOf,
    );
    const mixOf = (count: number) => stateOf(withRecords(round, words.slice(0, count)), summary, judgedOn)!;
    const enough = least(picks.length, count => mixOf(count).share >= options.target);
    const reached = enough !== undefined && enough <= budget;
    const chosen = picks.slice(0, Math.min(enough ?? picks.length, budget));
    const folder = staging?.folder ?? scratch;
    const files = await writeRecords(folder, chosen, candidates);
    const measures = await compareMix(
      {...loaded, config},
      opened.inputs,
      references,
      folder,
      chosen.length,
      options,
    );
    const met = chosen.reduce((sum, pick) => sum + pick.met, 0);
    const found: Replenished = {
      version: 1,
      target: options.target,
      reached,
      records: {round: records, added: chosen.length, budget, enough: enough ?? null},
      chosenBy: {words: chosenBy.length, missing: missing.length, left: missing.length - met},
      judgedOn: {before, after: mixOf(chosen.length)},
      measures,
      folder: chosen.length === 0 ? null : (out ?? null),
    };
    signal?.throwIfAborted();
    if (staging !== undefined && chosen.length > 0) {
      await writeManifest(folder, found, files);
      staging.publish(out!, options.overwrite ?? false);
    }
    return found;
  } finally {
    staging?.discard();
    opened?.close();
    rmSync(scratch, {recursive: true, force: true});
  }
}

/** Only corpus rules, the one on the tail among them, and only trusted references: nothing is judged. */
function tailConfig(config: Config): Config {
  const setting = config.rules[rule]!;
  const rules = {
    ...config.rules,
    [rule]: {...setting, level: setting.level === 'off' ? 'warn' : setting.level},
  };
  return {
    ...config,
    rules,
    references: config.references.filter(({role}) => role === 'trusted'),
    overrides: [],
  };
}

async function openReferences(
  {config, registry}: Loaded,
  {realPaths, inputs}: OpenedInputs,
  {cwd, cache, concurrency, signal, onBuild}: ReplenishOptions,
): Promise<Reference[]> {
  if (config.references.length === 0) {
    throw new RunError(
      'There is no trusted reference to take records from. Name one with `--reference PATH`, or under `references` in .collapserc.',
    );
  }
  const pending = pendingReferences({
    config,
    registry,
    cwd,
    threads: threadsFor(
      inputs.reduce((sum, {bytes}) => sum + bytes, 0),
      concurrency,
    ),
    exclude: realPaths,
    cacheDir: cache === false ? undefined : defaultCacheDir(),
    signal,
    onBuild,
  });
  const references: Reference[] = [];
  for (const {open} of pending) references.push(await open());
  return references;
}

function summaryOf({registry}: Loaded, references: readonly Reference[]): Spectrum {
  const corpusRule = registry.rules.get(rule) as CorpusRule;
  for (const reference of references) {
    if (trustedStates(corpusRule, [reference]).length > 0) continue;
    throw new RunError(
      `The profile \`${reference.path}\` says nothing of rare words: it was made without the rule \`${rule}\`, or by another ` +
        'version. Delete it and build it again with `collapse profile`, this rule on.',
    );
  }
  return mergeStates(corpusRule, trustedStates(corpusRule, references)) as Spectrum;
}

/** The records that have any of these words, by their numbers in the list. */
async function candidatesOf(
  references: readonly Reference[],
  missing: Uint32Array,
  wordsOf: (text: string) => Uint32Array,
  options: {readonly cwd: string; readonly spoolDir: string; readonly signal: AbortSignal | undefined},
): Promise<Candidate[]> {
  const numbers = new Map(Array.from(missing, (key, number) => [key, number]));
  const candidates: Candidate[] = [];
  for (const reference of references) {
    const inputs = await openSources(reference, options);
    const facts = await eachRecord(inputs, reference.fields, options.signal, (record, input) => {
      const hashes = wordsOf(record.text);
      const needs = wordsAmong(hashes, numbers);
      if (needs.length === 0) return;
      const {id, hash, place} = record;
      candidates.push({needs, id, hash, place, input: inputs[input]!, reference});
    });
    requireUnchanged(reference, inputs, facts);
  }
  return candidates;
}

function tooFew(records: number): RunError {
  return new RunError(
    `The tail of this round of ${records} records cannot be measured against this reference: both need at least 64 records ` +
      '(the reference twice as many), and the reference some 60 rare words. Take a larger round or reference.',
  );
}
