import type {CorpusRecord, FeatureContext, Features, RecordParts, RowFields} from '../api.js';
import type {Registry} from '../config/registry.js';
import {readStyle} from '../detector/read.js';
import {sentencesOf} from '../features/sentences.js';
import {createTextAnalyser, type TextAnalyser} from '../features/text.js';
import {placedWords} from '../features/words.js';
import {EngineError, nameRecord, reasonOf} from './errors.js';
import {ScannedRecord} from './record.js';

let analyser: TextAnalyser | undefined;

/** The record whose text a scanner has read last, and with what. */
let held: CorpusRecord | undefined;
let holder: TextAnalyser | undefined;

/** Says that `reader` has read the text of a record, and holds it until this is called again. */
export function holdText(record: CorpusRecord | undefined, reader: TextAnalyser): void {
  held = record;
  holder = reader;
}

export function readText(record: CorpusRecord, reader: TextAnalyser): TextAnalyser {
  if (record === held) return holder!;
  reader.read((record instanceof ScannedRecord ? record.utf8 : undefined) ?? record.text);
  return reader;
}

function readWords(record: CorpusRecord): TextAnalyser {
  analyser ??= createTextAnalyser();
  return readText(record, analyser);
}

type Builtin = 'words' | 'wordCount' | 'wordHashes' | 'repeats' | 'parts' | 'row' | 'sentences' | 'style';
const builtin: {readonly [Name in Builtin]: (record: CorpusRecord) => Features[Name]} = {
  words: record => placedWords(record.text).map(({word}) => word),
  wordCount: record => readWords(record).wordCount,
  // Mostly a copy: the kernel's memory holds the words of one text at a time.
  wordHashes: record => (record === held ? holder!.words() : readWords(record).words().slice()),
  repeats: record => readWords(record).repeats(),
  parts: record => (record instanceof ScannedRecord ? record : partsOf(record)),
  row: record => (record instanceof ScannedRecord ? record : rowOf(record)),
  sentences: ({response, text}) => sentencesOf(response ?? text),
  style: record => readStyle(record.text),
};

function partsOf(record: CorpusRecord): RecordParts {
  return {
    hasPart: part => record[part] !== undefined,
    lengthOf: part => record[part]?.length,
    startOf: (part, units) => record[part]?.slice(0, units),
  };
}

function rowOf({fields}: CorpusRecord): RowFields {
  return {
    fieldNames: new Set(Object.keys(fields)),
    field: name => (Object.hasOwn(fields, name) ? fields[name] : undefined),
  };
}

/** The feature of a record, computed the first time it is asked for. */
export function featureOf<Name extends keyof Features>(
  registry: Registry,
  record: CorpusRecord,
  name: Name,
): Features[Name] {
  const derived: Record<string, unknown> = record instanceof ScannedRecord ? record.derived : {};
  if (Object.hasOwn(derived, name)) return derived[name] as Features[Name];
  const compute = Object.hasOwn(builtin, name) ? builtin[name as Builtin] : registry.features.get(name);
  if (compute === undefined) {
    const hint = registry.providers.has(name)
      ? `declare it in the rule's \`needs\`, and read it only for records that its \`asks\` asks about`
      : 'no plugin brings it';
    throw new EngineError(`Feature \`${name}\` is not there: ${hint}.`);
  }
  const value = compute(record);
  derived[name] = value;
  return value as Features[Name];
}

export function featureContext(registry: Registry): FeatureContext {
  return {
    feature: (record, name) => featureOf(registry, record, name),
    has: name => Object.hasOwn(builtin, name) || registry.features.has(name) || registry.providers.has(name),
  };
}

/**
 * Computes provider features of many records, in the provider's batches, before rules that need them run.
 * Records that have one already are not asked for again, nor those that no rule asks about.
 */
export async function provideFeatures(
  registry: Registry,
  names: readonly string[],
  records: readonly ScannedRecord[],
  asked: (provider: string, record: ScannedRecord) => boolean = () => true,
): Promise<void> {
  const context = featureContext(registry);
  for (const name of names) {
    const provider = registry.providers.get(name);
    if (provider === undefined) continue;
    const wanting = records.filter(record => !Object.hasOwn(record.derived, name) && asked(name, record));
    for (let at = 0; at < wanting.length; at += provider.batch) {
      const batch = wanting.slice(at, at + provider.batch);
      let values: readonly unknown[];
      try {
        values = await provider.provide(batch, context);
        if (!Array.isArray(values) || values.length !== batch.length) {
          const given = Array.isArray(values) ? `${values.length} values` : 'no list';
          throw new EngineError(`it gave ${given} for ${batch.length} records`);
        }
      } catch (error) {
        throw describeProviderError(name, batch, error);
      }
      for (const [index, record] of batch.entries()) record.derived[name] = values[index];
    }
  }
}

function describeProviderError(name: string, batch: readonly CorpusRecord[], error: unknown): EngineError {
  const [first] = batch;
  const {path, line} = first!.place;
  const more = batch.length > 1 ? ` and the ${batch.length - 1} after it` : '';
  return new EngineError(
    `Provider \`${name}\` failed on ${nameRecord({id: first!.id, path, line})}${more}: ${reasonOf(error)}`,
    {cause: error},
  );
}
