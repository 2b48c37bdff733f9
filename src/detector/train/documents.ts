import {bucketOf} from '../detector.js';
import {bucketShift} from '../kernel/kernel.js';
import type {Reader} from '../reader.js';
import {styleMeasures} from '../style.js';

/** A text to learn from. */
export interface Labelled {
  readonly text: string;
  readonly machine: boolean;
  /** Where it comes from: n-grams of one source only are not learnt, and sources weigh alike. */
  readonly source: string;
  /** What kind of text it is: within a kind, human and machine text weigh the same. */
  readonly kind: string;
}

/** Texts as sparse rows of the n-grams that they have, each once, and their measures of style. */
export interface Documents {
  readonly count: number;
  /** Row `n` is from `starts[n]` to `starts[n + 1]`. */
  readonly starts: Float64Array;
  readonly features: Uint32Array;
  /** Buckets by feature. */
  readonly buckets: Uint32Array;
  readonly style: Float32Array;
  readonly machine: Uint8Array;
  readonly sources: readonly string[];
  readonly kinds: readonly string[];
}

export interface CountOptions {
  /** Texts that an n-gram must stand in. */
  readonly least: number;
  /** Sources that an n-gram must stand in, at most 32 are told apart. */
  readonly leastSources: number;
}

const bucketCount = 2 ** (32 - bucketShift);

/** Numbers the n-grams that are frequent enough: by bucket, -1 for those that are not. */
function numberFeatures(
  reader: Reader,
  texts: readonly Labelled[],
  options: CountOptions,
): {ids: Int32Array; buckets: Uint32Array} {
  const found = new Uint16Array(bucketCount);
  const last = new Int32Array(bucketCount).fill(-1);
  const inSources = new Uint32Array(bucketCount);
  const sources = [...new Set(texts.map(({source}) => source))];
  const bits = new Map(sources.map((source, index) => [source, 1 << (index % 32)]));
  for (const [index, {text, source}] of texts.entries()) {
    reader.read(text);
    const bit = bits.get(source)!;
    for (const hash of reader.ngrams()) {
      if (hash === 0) continue;
      const bucket = bucketOf(hash);
      if (last[bucket] === index) continue;
      last[bucket] = index;
      if (found[bucket]! < 65535) found[bucket]!++;
      inSources[bucket]! |= bit;
    }
  }
  const ids = new Int32Array(bucketCount).fill(-1);
  const kept: number[] = [];
  const leastSources = Math.min(options.leastSources, sources.length);
  // Bucket 0 is where the kernel finds hashes that are not there.
  for (let bucket = 1; bucket < bucketCount; bucket++) {
    if (found[bucket]! < options.least || bitsIn(inSources[bucket]!) < leastSources) continue;
    ids[bucket] = kept.length;
    kept.push(bucket);
  }
  return {ids, buckets: Uint32Array.from(kept)};
}

function bitsIn(mask: number): number {
  let count = 0;
  for (let left = mask; left !== 0; left &= left - 1) count++;
  return count;
}

/** Counts the n-grams of all texts that are frequent enough. */
export function countDocuments(reader: Reader, texts: readonly Labelled[], options: CountOptions): Documents {
  const {ids, buckets} = numberFeatures(reader, texts, options);
  const width = styleMeasures.length;
  const style = new Float32Array(texts.length * width);
  const starts = new Float64Array(texts.length + 1);
  const last = new Int32Array(buckets.length).fill(-1);
  let features = new Uint32Array(1 << 20);
  let used = 0;
  for (const [index, {text}] of texts.entries()) {
    style.set(reader.read(text).style, index * width);
    const hashes = reader.ngrams();
    if (used + hashes.length > features.length) {
      const more = new Uint32Array(2 * (used + hashes.length));
      more.set(features);
      features = more;
    }
    for (const hash of hashes) {
      const feature = hash === 0 ? -1 : ids[bucketOf(hash)]!;
      if (feature < 0 || last[feature] === index) continue;
      last[feature] = index;
      features[used++] = feature;
    }
    starts[index + 1] = used;
  }
  return {
    count: texts.length,
    starts,
    features: features.subarray(0, used),
    buckets,
    style,
    machine: Uint8Array.from(texts, ({machine}) => (machine ? 1 : 0)),
    sources: texts.map(({source}) => source),
    kinds: texts.map(({kind}) => kind),
  };
}

/** The same texts with some of the features only. */
export function restrict(documents: Documents, buckets: Uint32Array): Documents {
  if (buckets.length === documents.buckets.length) return documents;
  const numbers = new Map([...buckets].map((bucket, index) => [bucket, index]));
  const renumbered = Int32Array.from(documents.buckets, bucket => numbers.get(bucket) ?? -1);
  const starts = new Float64Array(documents.count + 1);
  const features = new Uint32Array(documents.features.length);
  let used = 0;
  for (let row = 0; row < documents.count; row++) {
    for (let at = documents.starts[row]!; at < documents.starts[row + 1]!; at++) {
      const feature = renumbered[documents.features[at]!]!;
      if (feature < 0) continue;
      features[used++] = feature;
    }
    starts[row + 1] = used;
  }
  return {...documents, buckets, starts, features: features.slice(0, used)};
}
