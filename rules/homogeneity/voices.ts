import {keepLeast, keyOf, leastKeyOf, type Ranking} from '../statistics/least-keys.js';
import {createReader, createWriter} from './bytes.js';
import type {Voice} from './frames.js';

/**
 * A sample of distinct texts with how they begin, end and build sentences: those with the least hashes of their
 * words. Texts of the same words are one, so that repeats, which are another rule's business, do not fill it.
 */
export const voiceLimit = 2048;

/** Undefined: too short to have an opening. Kept all the same, so that what is kept hangs on hashes alone. */
type Kept = Voice | undefined;

export interface Sampled {
  readonly key: number;
  readonly voice: () => Kept;
  /** What the voice is made of: where it is the same, so is the voice. */
  readonly source?: Buffer;
}

export interface VoiceSample {
  readonly voices: Map<number, Sampled>;
  /** The largest key that may still be kept. */
  limit: number;
}

export function emptyVoices(): VoiceSample {
  return {voices: new Map(), limit: Number.POSITIVE_INFINITY};
}

const ranking: Ranking = {places: 32, seed: 0x165667b1};

/** Adds a record by its words; `make` is asked for only where it may be kept. */
export function addWords(
  sample: VoiceSample,
  words: Uint32Array,
  make: () => Pick<Sampled, 'voice' | 'source'>,
): void {
  const least = leastKeyOf(words, words.length, ranking);
  if (least > sample.limit) return;
  const key = keyOf(words, least);
  if (key <= sample.limit) addVoice(sample, {key, ...make()});
}

export function addVoice(sample: VoiceSample, added: Sampled): void {
  if (added.key > sample.limit) return;
  const there = sample.voices.get(added.key);
  if (there !== undefined && !isLess(added, there)) return;
  sample.voices.set(added.key, added);
  // To look for the largest key takes time: do it when a quarter too many are there.
  if (sample.voices.size > voiceLimit * 1.25) sample.limit = keepLeast(sample.voices, voiceLimit);
}

/** Texts of the same words can differ in case and stops: the lesser voice stays, in whatever order they came. */
function isLess(one: Sampled, other: Sampled): boolean {
  if (one.source !== undefined && other.source?.equals(one.source)) return false;
  return written(one.voice()) < written(other.voice());
}

const written = (voice: Kept) =>
  voice === undefined ? '' : JSON.stringify([voice.opening, voice.closing, voice.frames]);

export function mergeVoices(into: VoiceSample, from: VoiceSample): void {
  for (const voice of from.voices.values()) addVoice(into, voice);
}

/** By rising key, at most the limit. */
export function voicesInOrder(sample: VoiceSample): Sampled[] {
  return [...sample.voices.values()].sort((one, other) => one.key - other.key).slice(0, voiceLimit);
}

export function encodeVoices(sample: VoiceSample): Uint8Array {
  const writer = createWriter();
  const voices = voicesInOrder(sample);
  writer.number(voices.length);
  for (const {key, voice: voiceOf} of voices) {
    const voice = voiceOf();
    writer.number(key);
    writer.number(voice === undefined ? 0 : 1);
    if (voice === undefined) continue;
    for (const list of [voice.opening, voice.closing, voice.frames]) {
      writer.number(list.length);
      for (const text of list) writer.text(text);
    }
  }
  return writer.finish();
}

export function decodeVoices(bytes: Uint8Array): VoiceSample {
  const reader = createReader(bytes);
  const texts = () => Array.from({length: reader.number()}, () => reader.text());
  const sample = emptyVoices();
  for (let left = reader.number(); left > 0; left--) {
    const key = reader.number();
    const voice = reader.number() === 0 ? undefined : {opening: texts(), closing: texts(), frames: texts()};
    sample.voices.set(key, {key, voice: () => voice});
  }
  sample.limit = keepLeast(sample.voices, voiceLimit);
  return sample;
}
