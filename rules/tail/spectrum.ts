import {decodeTypes, encodeTypes, mergeTypes, subtractTypes} from './type-sums.js';
import {choosing, countType, createTypes, judging, mixPair, type TypeTable} from './types.js';

/** In how many records of a corpus each word and each pair of neighbouring words is, for a sample of both. */
export interface Spectrum {
  /** Records with words, and their tokens, by judging group. */
  readonly sizes: Float64Array;
  readonly tokens: Float64Array;
  readonly words: TypeTable;
  readonly pairs: TypeTable;
  /** Records counted so far, to tell a type's first token in a record. Not part of the summary. */
  record: number;
}

/** About 4 MiB for each when full: 96 bytes a type, and its slots. */
export const capacity = 1 << 15;

export function createSpectrum(): Spectrum {
  return {
    sizes: new Float64Array(judging),
    tokens: new Float64Array(judging),
    words: createTypes(capacity),
    pairs: createTypes(capacity),
    record: 0,
  };
}

/** Counts a record by the hashes of its words. One without words is no record of a tail. */
export function countRecord(spectrum: Spectrum, hashes: Uint32Array): void {
  if (hashes.length === 0) return;
  const unit = groupOf(hashes) - choosing;
  const record = ++spectrum.record;
  if (unit >= 0) {
    spectrum.sizes[unit]!++;
    spectrum.tokens[unit]! += hashes.length;
  }
  const {words, pairs} = spectrum;
  // Whole numbers of 32 bits with a sign all the way: others are floating-point numbers to the engine.
  let before = hashes[0]! | 0;
  if ((before & words.mask) === 0) countType(words, before, unit, record);
  for (let index = 1; index < hashes.length; index++) {
    const hash = hashes[index]! | 0;
    if ((hash & words.mask) === 0) countType(words, hash, unit, record);
    const pair = mixPair(before, hash);
    if ((pair & pairs.mask) === 0) countType(pairs, pair, unit, record);
    before = hash;
  }
}

/**
 * The group of a record, by some 32 words all over it. The same text is always in the same group: in the round
 * too, so a round that holds records of the reference is never judged by those that chose the tail.
 */
export function groupOf(hashes: Uint32Array): number {
  const step = Math.max(1, hashes.length >>> 5);
  let hash = hashes.length;
  for (let index = 0; index < hashes.length; index += step) {
    hash = Math.imul(hash ^ hashes[index]!, 0x21f0aaad);
    hash ^= hash >>> 15;
  }
  return Math.imul(hash, 0x735a2d97) >>> 27;
}

export function mergeSpectra(into: Spectrum, from: Spectrum): void {
  for (let unit = 0; unit < judging; unit++) {
    into.sizes[unit]! += from.sizes[unit]!;
    into.tokens[unit]! += from.tokens[unit]!;
  }
  mergeTypes(into.words, from.words);
  mergeTypes(into.pairs, from.pairs);
}

export function subtractSpectra(from: Spectrum, what: Spectrum): void {
  for (let unit = 0; unit < judging; unit++) {
    from.sizes[unit]! -= what.sizes[unit]!;
    from.tokens[unit]! -= what.tokens[unit]!;
  }
  subtractTypes(from.words, what.words);
  subtractTypes(from.pairs, what.pairs);
}

export function encodeSpectrum({sizes, tokens, words, pairs}: Spectrum): Uint8Array {
  const [left, right] = [encodeTypes(words), encodeTypes(pairs)];
  const head = new Float64Array([...sizes, ...tokens]);
  const out = new Uint8Array(head.byteLength + left.byteLength + right.byteLength);
  out.set(new Uint8Array(head.buffer));
  out.set(bytesOf(left), head.byteLength);
  out.set(bytesOf(right), head.byteLength + left.byteLength);
  return out;
}

const bytesOf = ({buffer, byteOffset, byteLength}: Uint32Array) =>
  new Uint8Array(buffer, byteOffset, byteLength);

export function decodeSpectrum(bytes: Uint8Array): Spectrum {
  const {buffer} = bytes.slice();
  const head = new Float64Array(buffer, 0, 2 * judging);
  const rest = new Uint32Array(buffer, head.byteLength);
  const [words, end] = decodeTypes(rest, 0, capacity);
  const [pairs] = decodeTypes(rest, end, capacity);
  return {sizes: head.slice(0, judging), tokens: head.slice(judging), words, pairs, record: 0};
}
