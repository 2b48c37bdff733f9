import {wordsOf} from './text.js';

/** Words of an answer that its vector holds: more of them tell answers apart no better (docs/methods.md). */
export const vectorWords = 128;
/** Components of an embedding that are kept; longer ones are folded into so many. */
export const embeddingSize = 1024;

/**
 * Counts of the first words of an answer: the upper 24 bits of a number are a word's hash, the lower 8 how often
 * it stands there (at most 128 times). Rising.
 */
export function lexicalVector(answer: string): Uint32Array {
  return countsOf(wordsOf(answer, vectorWords).hashes);
}

/** The same of words that were found before. */
export function countsOf(hashes: readonly number[]): Uint32Array {
  const sorted = Uint32Array.from(hashes, hash => hash & ~255).sort();
  let kept = 0;
  for (const bucket of sorted) {
    if (kept > 0 && (sorted[kept - 1]! & ~255) >>> 0 === bucket) sorted[kept - 1]!++;
    else sorted[kept++] = bucket + 1;
  }
  return sorted.slice(0, kept);
}

/**
 * An embedding in whole numbers from -127 to 127, its largest component 127; undefined where the value is no
 * list of numbers. Longer ones are folded with signs (feature hashing, arXiv:0902.2206), which keeps cosines
 * on average.
 */
export function embeddingVector(value: unknown): Int8Array | undefined {
  if (!(Array.isArray(value) || ArrayBuffer.isView(value))) return undefined;
  const list = value as ArrayLike<unknown>;
  const folded = new Float64Array(Math.min(list.length, embeddingSize));
  for (let at = 0; at < list.length; at++) {
    const component = list[at];
    if (typeof component !== 'number' || !Number.isFinite(component)) return undefined;
    const sign = at < embeddingSize || Math.imul(at, 0x9e3779b1) >>> 31 === 0 ? 1 : -1;
    folded[at % embeddingSize]! += sign * component;
  }
  const largest = folded.reduce((most, component) => Math.max(most, Math.abs(component)), 0);
  if (largest === 0) return undefined;
  return Int8Array.from(folded, component => Math.round((component / largest) * 127));
}

/** A vector of length 1, ready for products. */
export type Unit =
  | {readonly keys: Uint32Array; readonly weights: Float64Array}
  | {readonly dense: Float64Array};

/** Words count 1 + ln(how often), so that no word that is said again and again outweighs the others. */
export function unitOf(vector: Uint32Array | Int8Array): Unit {
  if (vector instanceof Int8Array) return {dense: scaled(Float64Array.from(vector))};
  return {
    keys: vector.map(packed => packed >>> 8),
    weights: scaled(Float64Array.from(vector, packed => 1 + Math.log(packed & 255))),
  };
}

function scaled(weights: Float64Array): Float64Array {
  const length = Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0));
  return length === 0 ? weights : weights.map(weight => weight / length);
}

/** Cosine of two vectors of one kind; NaN for two kinds or sizes, which cannot be compared. */
export function cosine(one: Unit, other: Unit): number {
  let sum = 0;
  if ('dense' in one && 'dense' in other && one.dense.length === other.dense.length) {
    for (let at = 0; at < one.dense.length; at++) sum += one.dense[at]! * other.dense[at]!;
    return sum;
  }
  if ('dense' in one || 'dense' in other) return Number.NaN;
  let here = 0;
  let there = 0;
  while (here < one.keys.length && there < other.keys.length) {
    const difference = one.keys[here]! - other.keys[there]!;
    if (difference === 0) sum += one.weights[here++]! * other.weights[there++]!;
    else if (difference < 0) here++;
    else there++;
  }
  return sum;
}
