import {createReader, createWriter} from './bytes.js';
import type {Voice} from './frames.js';

/**
 * A sample of distinct texts with how they begin, end and build sentences: those with the least hashes of their
 * words. Texts of the same words are one, so that repeats, which are another rule's business, do not fill it.
 */
export const voiceLimit = 2048;

export interface Sampled {
  /** Hash of the words of the record. */
  readonly key: number;
  /** Hash of the record's bytes: of several records with the same words the least stays. */
  readonly id: string;
  /** Undefined: too short to have an opening. Kept all the same, so that what is kept hangs on hashes alone. */
  readonly voice: () => Voice | undefined;
}

export interface VoiceSample {
  readonly voices: Map<number, Sampled>;
  /** The largest key that may still be kept. */
  limit: number;
}

export function emptyVoices(): VoiceSample {
  return {voices: new Map(), limit: Number.POSITIVE_INFINITY};
}

/** Adds a record; `id` and `make` are asked for only where they are needed. */
export function addVoice(
  sample: VoiceSample,
  key: number,
  id: () => string,
  make: () => () => Voice | undefined,
): void {
  if (key > sample.limit) return;
  const name = id();
  const there = sample.voices.get(key);
  if (there !== undefined && there.id <= name) return;
  sample.voices.set(key, {key, id: name, voice: make()});
  // To look for the largest key takes time: do it when a quarter too many are there.
  if (sample.voices.size > voiceLimit * 1.25) trim(sample);
}

function trim(sample: VoiceSample): void {
  if (sample.voices.size < voiceLimit) return;
  const keys = Float64Array.from(sample.voices.keys()).sort();
  for (const key of keys.subarray(voiceLimit)) sample.voices.delete(key);
  sample.limit = keys[voiceLimit - 1]!;
}

export function mergeVoices(into: VoiceSample, from: VoiceSample): void {
  for (const {key, id, voice} of from.voices.values())
    addVoice(
      into,
      key,
      () => id,
      () => voice,
    );
}

/** By rising key, at most the limit. */
export function voicesInOrder(sample: VoiceSample): Sampled[] {
  return [...sample.voices.values()].sort((one, other) => one.key - other.key).slice(0, voiceLimit);
}

export function encodeVoices(sample: VoiceSample): Uint8Array {
  const writer = createWriter();
  const voices = voicesInOrder(sample);
  writer.number(voices.length);
  for (const {key, id, voice: voiceOf} of voices) {
    const voice = voiceOf();
    writer.number(key);
    writer.bytes(Buffer.from(id, 'hex'));
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
    const id = Buffer.from(reader.bytes()).toString('hex');
    const voice = reader.number() === 0 ? undefined : {opening: texts(), closing: texts(), frames: texts()};
    sample.voices.set(key, {key, id, voice: () => voice});
  }
  if (sample.voices.size === voiceLimit) trim(sample);
  return sample;
}
