import {
  countType,
  createTypes,
  decodeTypes,
  encodeTypes,
  groups,
  mergeTypes,
  mixType,
  subtractTypes,
  type TypeTable,
} from './types.js';

/** In how many records of a corpus each word and each pair of neighbouring words is, for a sample of both. */
export interface Spectrum {
  /** Records with words, by group. */
  readonly sizes: Float64Array;
  /** Tokens in the first and in the second half of the groups. */
  readonly tokens: Float64Array;
  readonly words: TypeTable;
  readonly pairs: TypeTable;
  /** Records counted so far, to tell a type's first token in a record. Not part of the summary. */
  record: number;
}

/** About 2.4 MiB for each when full, 76 bytes a type. */
const capacity = 1 << 15;

export function createSpectrum(): Spectrum {
  return {
    sizes: new Float64Array(groups),
    tokens: new Float64Array(2),
    words: createTypes(capacity),
    pairs: createTypes(capacity),
    record: 0,
  };
}

/** Counts a record by the hashes of its words. One without words is no record of a tail. */
export function countRecord(spectrum: Spectrum, hashes: Uint32Array): void {
  if (hashes.length === 0) return;
  const group = groupOf(hashes);
  const record = ++spectrum.record;
  spectrum.sizes[group]!++;
  spectrum.tokens[group < groups / 2 ? 0 : 1]! += hashes.length;
  const {words, pairs} = spectrum;
  let before = 0;
  for (let index = 0; index < hashes.length; index++) {
    const hash = hashes[index]!;
    const key = mixType(hash);
    if (key < words.limit) countType(words, key, group, record);
    const pair = mixType(Math.imul(before, 0x9e3779b1) ^ hash);
    if (index > 0 && pair < pairs.limit) countType(pairs, pair, group, record);
    before = hash;
  }
}

/** The same text is always in the same group, so a copy cannot stand in for a record that was left out. */
function groupOf(hashes: Uint32Array): number {
  let hash = hashes.length;
  for (let index = 0; index < hashes.length; index++) hash = Math.imul(hash ^ hashes[index]!, 0x01000193);
  return mixType(hash) >>> 28;
}

export function mergeSpectra(into: Spectrum, from: Spectrum): void {
  for (const [group, size] of from.sizes.entries()) into.sizes[group]! += size;
  for (const [half, tokens] of from.tokens.entries()) into.tokens[half]! += tokens;
  mergeTypes(into.words, from.words);
  mergeTypes(into.pairs, from.pairs);
}

export function subtractSpectra(from: Spectrum, what: Spectrum): void {
  for (const [group, size] of what.sizes.entries()) from.sizes[group]! -= size;
  for (const [half, tokens] of what.tokens.entries()) from.tokens[half]! -= tokens;
  subtractTypes(from.words, what.words);
  subtractTypes(from.pairs, what.pairs);
}

export function encodeSpectrum({sizes, tokens, words, pairs}: Spectrum): Uint8Array {
  const [left, right] = [encodeTypes(words), encodeTypes(pairs)];
  const head = new Float64Array([...sizes, ...tokens]);
  const out = new Uint8Array(head.byteLength + left.byteLength + right.byteLength);
  out.set(new Uint8Array(head.buffer));
  out.set(new Uint8Array(left.buffer), head.byteLength);
  out.set(new Uint8Array(right.buffer), head.byteLength + left.byteLength);
  return out;
}

export function decodeSpectrum(bytes: Uint8Array): Spectrum {
  const {buffer} = bytes.slice();
  const head = new Float64Array(buffer, 0, groups + 2);
  const rest = new Uint32Array(buffer, head.byteLength);
  const [words, end] = decodeTypes(rest, 0, capacity);
  const [pairs] = decodeTypes(rest, end, capacity);
  return {sizes: head.slice(0, groups), tokens: head.slice(groups), words, pairs, record: 0};
}
