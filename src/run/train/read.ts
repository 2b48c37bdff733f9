import {type CorpusRecord, compilePath} from '../../api.js';
import type {Loaded} from '../../config/load.js';
import {InputError} from '../../corpus/errors.js';
import {readableFormats} from '../../corpus/formats.js';
import {passedOver} from '../../corpus/passed-over.js';
import {sameness} from '../../detector/own/passages.js';
import type {OwnText} from '../../detector/own/refusal.js';
import {openInputs} from '../inputs.js';
import {eachRecord} from '../replenish/records.js';

/** One set of records to learn from. */
export interface TrainingSet {
  readonly texts: readonly KeyedText[];
  /** Records read, and those whose text an earlier one has. */
  readonly records: number;
  readonly repeated: number;
  readonly malformed: number;
}

export interface KeyedText extends OwnText {
  /** The same for texts with the same words. */
  readonly key: string;
}

export interface ReadOptions {
  readonly cwd: string;
  readonly signal?: AbortSignal | undefined;
  /** Field path of the kind of text; empty for none, undefined for the record's source. */
  readonly kind?: string | undefined;
  /** Texts that are kept: those with the least keys, so that the order of the files does not matter. */
  readonly most: number;
}

/** @throws InputError for paths that match nothing or cannot be read. */
export async function readSet(
  {config}: Loaded,
  role: 'human' | 'machine',
  patterns: readonly string[],
  {cwd, signal, kind, most}: ReadOptions,
): Promise<TrainingSet> {
  const {inputs, close} = await openInputs(patterns, {...config, cwd, signal});
  try {
    if (inputs.length === 0) throw nothingFor(role, patterns, cwd);
    const path = kind === undefined || kind === '' ? undefined : compilePath(kind);
    const texts = new Map<string, KeyedText>();
    const seen = {records: 0, repeated: 0, malformed: 0};
    let kept: string | undefined;
    const add = (record: CorpusRecord) => {
      seen.records++;
      const key = sameness(record.text);
      const known = texts.get(key);
      if (known !== undefined) seen.repeated++;
      if (kept !== undefined && key > kept) return;
      const named = path ? path(record.fields)[0] : kind === '' ? undefined : record.source;
      const text = {text: record.text, key, ...(named !== undefined && {kind: String(named)})};
      // Of texts that differ in marks alone one stays, whichever was read first.
      if (known === undefined || before(text, known)) texts.set(key, text);
      if (texts.size >= 2 * most) kept = trim(texts, most);
    };
    await eachRecord(inputs, config.fields, signal, add, () => seen.malformed++);
    trim(texts, most);
    // By key: the same records give the same detector however the files are named and ordered.
    const sorted = [...texts.values()].sort((one, other) => (one.key < other.key ? -1 : 1));
    return {texts: sorted, ...seen};
  } finally {
    close();
  }
}

function before(one: KeyedText, other: KeyedText): boolean {
  return one.text === other.text ? (one.kind ?? '') < (other.kind ?? '') : one.text < other.text;
}

/** Leaves the least keys; returns the largest of them. */
function trim(texts: Map<string, KeyedText>, most: number): string | undefined {
  const keys = [...texts.keys()].sort();
  for (const key of keys.slice(most)) texts.delete(key);
  return keys[most - 1];
}

function nothingFor(role: string, patterns: readonly string[], cwd: string): InputError {
  const over = passedOver(patterns, cwd, 3);
  return new InputError(
    'Cannot train a detector',
    `the paths of \`--${role}\` match nothing that can be read${over.length === 0 ? '' : ` (there is ${over.map(name => `\`${name}\``).join(', ')})`}`,
    `What can be read is ${readableFormats}`,
  );
}
