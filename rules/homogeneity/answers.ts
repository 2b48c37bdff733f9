import {createReader, createWriter} from './bytes.js';

/**
 * A sample of prompts with what was answered to them. The prompts with the least hashes are kept, so a prompt
 * that is kept at the end was kept all along and none of its answers was missed: summaries merge to the same
 * bits in any order. Of the answers to a prompt those with the least record hashes stay.
 */
export const promptLimit = 256;
export const answerLimit = 16;

export interface Answer {
  /** Hash of the record's bytes. */
  readonly id: string;
  /** How often these very bytes were seen. */
  count: number;
  /** Empty where the record names none. */
  readonly generator: string;
  /** Hash of the words that are looked at: equal for answers that are word for word the same. */
  readonly words: number;
  readonly vector: Uint32Array | Int8Array;
}

export interface AnswerSample {
  /** By key of the prompt; the answers by rising id. */
  readonly prompts: Map<number, Answer[]>;
  /** The largest key that may still be kept. */
  limit: number;
}

export function emptySample(): AnswerSample {
  return {prompts: new Map(), limit: Number.POSITIVE_INFINITY};
}

/** The answers to a prompt, if it belongs to the sample as far as is known. */
function answersTo(sample: AnswerSample, key: number): Answer[] | undefined {
  if (key > sample.limit) return undefined;
  let answers = sample.prompts.get(key);
  if (answers !== undefined) return answers;
  answers = [];
  sample.prompts.set(key, answers);
  if (sample.prompts.size > promptLimit) sample.prompts.delete(greatestKey(sample));
  if (sample.prompts.size === promptLimit) sample.limit = greatestKey(sample);
  return sample.prompts.get(key);
}

/** Every prompt that comes in asks for it: a loop takes a fifth of the time of `Math.max(...keys)`. */
function greatestKey({prompts}: AnswerSample): number {
  let greatest = 0;
  for (const key of prompts.keys()) if (key > greatest) greatest = key;
  return greatest;
}

function placeOf(answers: readonly Answer[], id: string): number {
  let [low, high] = [0, answers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (answers[middle]!.id < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Adds an answer; `id` and `make` are asked for only where they are needed. */
export function addAnswer(
  sample: AnswerSample,
  key: number,
  id: () => string,
  make: () => Omit<Answer, 'id' | 'count'>,
  count = 1,
): void {
  if (key > sample.limit) return;
  const name = id();
  const answers = answersTo(sample, key);
  if (answers === undefined) return;
  const place = placeOf(answers, name);
  const there = answers[place];
  if (there?.id === name) there.count += count;
  else if (place < answerLimit) {
    answers.splice(place, 0, {id: name, count, ...make()});
    if (answers.length > answerLimit) answers.pop();
  }
}

export function mergeSamples(into: AnswerSample, from: AnswerSample): void {
  for (const [key, answers] of from.prompts) {
    for (const {id, count, ...rest} of answers)
      addAnswer(
        into,
        key,
        () => id,
        () => rest,
        count,
      );
  }
}

/** Prompts by rising key: the order in which everything is written and summed. */
export function inOrder(sample: AnswerSample): [key: number, answers: readonly Answer[]][] {
  return [...sample.prompts].sort(([one], [other]) => one - other);
}

/** Two samples can be compared when their vectors are of one kind: words, or embeddings of one size. */
export function comparable(one: AnswerSample, other: AnswerSample): boolean {
  return kindOf(one) === kindOf(other);
}

function kindOf(sample: AnswerSample): string {
  for (const answers of sample.prompts.values()) {
    for (const {vector} of answers)
      return vector instanceof Int8Array ? `embedding ${vector.length}` : 'words';
  }
  return '';
}

export function encodeSample(sample: AnswerSample): Uint8Array {
  const writer = createWriter();
  writer.number(sample.prompts.size);
  for (const [key, answers] of inOrder(sample)) {
    writer.number(key);
    writer.number(answers.length);
    for (const {id, count, generator, words, vector} of answers) {
      writer.bytes(Buffer.from(id, 'hex'));
      writer.number(count);
      writer.text(generator);
      writer.number(words);
      writeVector(writer, vector);
    }
  }
  return writer.finish();
}

function writeVector(writer: ReturnType<typeof createWriter>, vector: Uint32Array | Int8Array): void {
  const lexical = vector instanceof Uint32Array;
  writer.number(lexical ? 0 : 1);
  if (!lexical) {
    writer.bytes(new Uint8Array(vector.buffer, vector.byteOffset, vector.length));
    return;
  }
  writer.number(vector.length);
  let before = 0;
  for (const packed of vector) {
    writer.number(packed - before);
    before = packed;
  }
}

export function decodeSample(bytes: Uint8Array): AnswerSample {
  const reader = createReader(bytes);
  const sample = emptySample();
  for (let left = reader.number(); left > 0; left--) {
    const key = reader.number();
    const answers: Answer[] = [];
    for (let more = reader.number(); more > 0; more--) {
      answers.push({
        id: Buffer.from(reader.bytes()).toString('hex'),
        count: reader.number(),
        generator: reader.text(),
        words: reader.number(),
        vector: readVector(reader),
      });
    }
    sample.prompts.set(key, answers);
    if (sample.prompts.size === promptLimit) sample.limit = key;
  }
  return sample;
}

function readVector(reader: ReturnType<typeof createReader>): Uint32Array | Int8Array {
  if (reader.number() === 1) return new Int8Array(reader.bytes().buffer);
  const vector = new Uint32Array(reader.number());
  let packed = 0;
  for (let at = 0; at < vector.length; at++) {
    packed += reader.number();
    vector[at] = packed;
  }
  return vector;
}
