import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Config} from '../../config/config.js';
import type {Loaded} from '../../config/load.js';
import {createTextAnalyser} from '../../features/text.js';
import {cover} from '../../replenish/greedy.js';
import {
  countRecord,
  createSpectrum,
  least,
  missingFrom,
  type Spectrum,
  splitTail,
  stateOf,
  withRecords,
} from '../../replenish/tail.js';
import {
  addRecord,
  emptySample,
  hasTopics,
  sampleWith,
  type TopicSample,
  topicChoice,
  topicJudge,
} from '../../replenish/topics.js';
import {understand} from '../dataset.js';
import {RunError} from '../error.js';
import {type OpenedInputs, openInputs} from '../inputs.js';
import {stage} from '../staging.js';
import {candidatesOf, leftOf, needsOf} from './candidates.js';
import {compareMix} from './measure.js';
import {eachRecord} from './records.js';
import {openReferences, spectrumOf, tailConfig, tailRule, topicsOf} from './references.js';
import type {Replenished, ReplenishOptions} from './result.js';
import {readWords, writeManifest, writeRecords} from './write.js';

export type {Replenished, ReplenishOptions} from './result.js';

/**
 * Finds the records of the reference that bring its rare words, and the topics that are gone, back into a round,
 * fewest first, and writes them. Undefined for a round without records.
 * @throws RunError where the reference's records cannot be had or say too little, and what `check` throws;
 * then nothing is written.
 */
export async function replenish(
  given: Loaded,
  named: readonly string[],
  options: ReplenishOptions,
): Promise<Replenished | undefined> {
  const {loaded, patterns} = await understand(given, named, {...options, reading: true});
  const config = tailConfig(loaded.config);
  const own = {...loaded, config};
  const {cwd, out, stdin, stdinName, signal, target} = options;
  const staging = out === undefined ? undefined : stage(cwd, out, options.overwrite ?? false);
  const scratch = mkdtempSync(join(tmpdir(), 'collapse-replenish-'));
  let opened: OpenedInputs | undefined;
  try {
    opened = await openInputs(patterns, {...config, cwd, stdin, stdinName, signal});
    const wordsOf = createWordReader();
    const round = await readRound(opened, config, wordsOf, signal);
    if (round.records === 0) return undefined;
    const references = await openReferences(own, opened, options);
    const [spectrum, topics] = [spectrumOf(own, references), topicsOf(own, references)];
    const {chosenBy, judgedOn} = splitTail(spectrum, Number(config.rules[tailRule]!.options.share));
    const before = stateOf(round.spectrum, spectrum, judgedOn);
    if (before === undefined) throw tooFew(round.records);
    const judge = topicJudge(round.topics, topics);

    const budget = options.budget(round.records);
    const wants = {
      words: missingFrom(round.spectrum, chosenBy),
      topics: topicChoice(round.topics, topics, round.records, budget),
    };
    const candidates = await candidatesOf(references, wants, wordsOf, {
      cwd,
      spoolDir: scratch,
      signal,
      units: config.records,
    });
    // More than may be taken, to say how many it would take.
    const picks = cover(
      candidates.map(({needs}) => needs),
      needsOf(wants, before.share < target),
      Math.max(budget, round.records),
    );
    const words = readWords(
      picks.map(({candidate}) => candidates[candidate]!),
      wordsOf,
    );
    const tailAfter = (count: number) =>
      stateOf(withRecords(round.spectrum, words.slice(0, count)), spectrum, judgedOn)!;
    const topicsAfter = (count: number) => judge?.after(sampleWith(round.topics, words.slice(0, count)));
    const isEnough = (count: number) => {
      if (tailAfter(count).share < target) return false;
      const after = judge?.before.worst ? topicsAfter(count) : undefined;
      return after === undefined || hasTopics(after);
    };
    const enough = least(picks.length, isEnough);
    const chosen = picks.slice(0, Math.min(enough ?? picks.length, budget));

    const folder = staging?.folder ?? scratch;
    const topicNames = wants.topics.wanted.map(topic => topic.words);
    const files = await writeRecords(folder, chosen, candidates, [wants.words.length, topicNames]);
    const left = leftOf(wants, chosen);
    const found: Replenished = {
      version: 1,
      target,
      reached: enough !== undefined && enough <= budget,
      records: {round: round.records, added: chosen.length, budget, enough: enough ?? null},
      judgedOn: {before, after: tailAfter(chosen.length)},
      chosenBy: {words: chosenBy.length, missing: wants.words.length, left: left.words},
      topics:
        judge === undefined
          ? null
          : {chosenBy: left.topics, before: judge.before, after: topicsAfter(chosen.length)!},
      measures: await compareMix(own, opened.inputs, references, folder, chosen.length, options),
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

/** Hashes of the words of a text, which the next call writes over. */
function createWordReader(): (text: string) => Uint32Array {
  const analyser = createTextAnalyser();
  return text => {
    analyser.read(text);
    return analyser.words();
  };
}

interface Round {
  records: number;
  readonly spectrum: Spectrum;
  readonly topics: TopicSample;
}

async function readRound(
  {inputs}: OpenedInputs,
  {fields}: Config,
  wordsOf: (text: string) => Uint32Array,
  signal: AbortSignal | undefined,
): Promise<Round> {
  const round = {records: 0, spectrum: createSpectrum(), topics: emptySample()};
  await eachRecord(inputs, fields, signal, ({id, text}) => {
    const words = wordsOf(text);
    round.records++;
    countRecord(round.spectrum, words);
    addRecord(round.topics, words, {id, text});
  });
  return round;
}

function tooFew(records: number): RunError {
  return new RunError(
    `The tail of this round of ${records} records cannot be measured against this reference: both need at least 64 records ` +
      '(the reference twice as many), and the reference some 60 rare words. Take a larger round or reference.',
  );
}
