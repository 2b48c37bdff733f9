import {ask, type Batch} from './ask.js';
import {type Cache, keyOf, openCache} from './cache.js';
import type {Encoded} from './encode.js';
import type {Loaded} from './load.js';
import type {Folders} from './options.js';

/** What is asked: `text` is all that the answer depends on, beside the model. */
export interface Question {
  readonly text: string;
  encode(): Encoded;
}

export interface Answer {
  readonly values: Float32Array;
  readonly read: number;
}

/** Answers questions from the cache, or else from the model: each only once, and in the order they were asked. */
export function createAnswers(
  loaded: Loaded,
  {answers: folder, megabytes}: Folders,
  settings: readonly unknown[],
  read: (batch: Batch) => readonly Float32Array[],
): (questions: readonly Question[]) => Promise<Answer[]> {
  const identity = [...loaded.identity, ...settings];
  const cache: Cache | undefined = folder === undefined ? undefined : openCache(folder, identity, megabytes);

  return async questions => {
    const keys = questions.map(({text}) => keyOf(text));
    const known = new Map<string, Float32Array>();
    const open = new Map<string, Encoded>();
    for (const [at, key] of keys.entries()) {
      if (known.has(key) || open.has(key)) continue;
      const stored = cache?.get(key);
      if (stored === undefined) open.set(key, questions[at]!.encode());
      else known.set(key, stored);
    }
    const texts = [...open.values()];
    const given = await ask(loaded, texts, read);
    const entries = [...open.keys()].map((key, at) => {
      // What was read is kept beside the numbers: first the share, then they.
      const values = new Float32Array(given[at]!.length + 1);
      values[0] = texts[at]!.read;
      values.set(given[at]!, 1);
      known.set(key, values);
      return {key, values};
    });
    cache?.put(entries);
    return keys.map(key => {
      const values = known.get(key)!;
      return {read: values[0]!, values: values.subarray(1)};
    });
  };
}
