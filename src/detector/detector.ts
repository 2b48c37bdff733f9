import {abstention} from './abstain.js';
import type {Forest} from './forest.js';
import {
  bucketShift,
  forestAt,
  nodeBytes,
  tableAt,
  tableSlots,
  tagBits,
  treesAbreast,
} from './kernel/kernel.js';
import {createReader, type Reader} from './reader.js';
import {styleIndex, styleMeasures} from './style.js';
import type {HumanScale, Weights} from './weights.js';

/**
 * How much a text's style is like that of machine text, without understanding it: two unlike models, a linear one on
 * n-grams of words and of word shapes, and small trees on measures of style, each in standard deviations of human
 * text, summed.
 *
 *   const detector = createDetector(bundledWeights());
 *   const seen = detector.analyse(text);
 *   'abstains' in seen ? seen.abstains : seen.percentile
 */
export interface Detector {
  /** Fast: what every record goes through. */
  analyse(text: string): Analysis;
  readonly weights: Weights;
  readonly reader: Reader;
  /** What an n-gram counts, in units of `weights.scale`; 0 for one without a weight. */
  weightOf(hash: number): number;
}

export type Analysis = Scored | Abstained;

export interface Scored {
  /** In standard deviations of human text of this length; higher is more like machine text. Ranks all texts. */
  readonly score: number;
  /** Share of human texts, of sources that the detector was not trained on, with a lower score: in (0, 1). */
  readonly percentile: number;
  readonly words: number;
}

export interface Abstained {
  readonly abstains: string;
}

const tagMask = (1 << tagBits) - 1;

export function createDetector(weights: Weights): Detector {
  const reader = createReader(weights.frame);
  const table = fillTable(reader, weights);
  plant(reader, weights.forest);
  const {depth, features} = weights.forest;
  const trees = Math.ceil(features.length / (2 << depth) / treesAbreast) * treesAbreast;
  return {
    weights,
    reader,
    weightOf(hash) {
      const entry = table[slotOf(bucketOf(hash))]!;
      return ((entry ^ bucketOf(hash)) & tagMask) === 0 ? (entry << 16) >> (16 + tagBits) : 0;
    },
    analyse(text) {
      const reading = reader.read(text);
      const abstains = abstention(reading);
      if (abstains !== undefined) return {abstains};
      const score = linearScore(reader, weights) + reader.kernel.forest(trees, depth, styleMeasures.length);
      const standard = standardised(weights.human, score, reading.style);
      return {score: standard, percentile: percentileOf(weights.tail, standard), words: reading.words};
    },
  };
}

/** The weights of the distinct n-grams of the text at hand, over the root of how many have one. */
function linearScore({kernel}: Reader, {scale, bias}: Weights): number {
  kernel.ngrams();
  const sum = kernel.weigh();
  const known = kernel.known();
  return known === 0 ? bias : (sum * scale) / Math.sqrt(known) + bias;
}

/** Puts weights where the kernel looks them up. Zero weights are left out: an entry of 0 is an empty slot. */
function fillTable({kernel}: Reader, {buckets, values}: Weights): Uint16Array {
  const table = new Uint16Array(kernel.bytes().buffer, tableAt, tableSlots);
  for (let index = 0; index < buckets.length; index++) {
    if (values[index] === 0) continue;
    const bucket = buckets[index]!;
    table[slotOf(bucket)] = (values[index]! << tagBits) | (bucket & tagMask);
  }
  return table;
}

/** Puts trees where the kernel climbs them, whole: what hangs under the end of a branch has its value. */
function plant({kernel}: Reader, {depth, features, thresholds, values}: Forest): void {
  const view = new DataView(kernel.bytes().buffer, forestAt, features.length * nodeBytes);
  const size = 2 << depth;
  for (let tree = 0; tree < features.length; tree += size) {
    const ended = new Float32Array(size);
    const whole = new Uint8Array(size).fill(1);
    for (let node = 1; node < size; node++) {
      const above = node >> 1;
      const inner = whole[above] === 1;
      whole[node] = inner && features[tree + node]! >= 0 ? 1 : 0;
      ended[node] = inner ? values[tree + node]! : ended[above]!;
      const at = (tree + node) * nodeBytes;
      view.setUint32(at, 4 * Math.max(0, features[tree + node]!), true);
      view.setFloat32(at + 4, whole[node] === 1 ? thresholds[tree + node]! : Number.POSITIVE_INFINITY, true);
      view.setFloat32(at + 8, ended[node]!, true);
    }
  }
}

export function bucketOf(hash: number): number {
  return hash >>> bucketShift;
}

/** N-grams of one slot of the table exclude each other: the best of them is learnt. */
export function slotOf(bucket: number): number {
  return bucket >>> tagBits;
}

/**
 * On the scale of human text: short texts spread wider, and long sentences and contractions move the score of
 * people too, so that what talks is held against what talks.
 */
export function standardised({centre, spread}: HumanScale, score: number, style: ArrayLike<number>): number {
  const expected = dot(centre, centreTerms(style));
  return (score - expected) / Math.max(0.2, dot(spread, spreadTerms(style)));
}

export function centreTerms(style: ArrayLike<number>): number[] {
  return [
    ...spreadTerms(style),
    between(style[styleIndex.sentence]!, 5, 35) / 10,
    between(style[styleIndex.contractions]!, 0, 0.05) * 20,
  ];
}

export function spreadTerms(style: ArrayLike<number>): number[] {
  const length = Math.log(between(style[styleIndex.words]!, 20, 500));
  return [1, length, length * length];
}

function between(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

export function dot(one: readonly number[], other: readonly number[]): number {
  let sum = 0;
  for (let index = 0; index < one.length; index++) sum += one[index]! * other[index]!;
  return sum;
}

/** Between the scores of `Weights.tail`, the share that exceeds them falls by 2 to the power of this. */
export const percentileSteps = 0.5;

/**
 * Share of human texts with a lower score, from the scores that 2^-1, 2^-1.5, .. of them exceed: between these the
 * logarithm of the share is linear in the score, and beyond the last it goes on as steeply.
 */
export function percentileOf(tail: Float64Array, score: number): number {
  const last = tail.length - 1;
  if (score <= tail[0]!) {
    // Below the median the order is kept and nothing more is claimed.
    return 0.5 / (1 + (tail[0]! - score));
  }
  let low = 0;
  while (low < last - 1 && score > tail[low + 1]!) low++;
  const width = Math.max(1e-9, tail[low + 1]! - tail[low]!);
  const exponent = 1 + percentileSteps * (low + (score - tail[low]!) / width);
  return 1 - 2 ** -Math.min(exponent, 50);
}

/** The score that a share `rate` of human texts exceeds: the inverse of `percentileOf`, for rates up to 0.5. */
export function thresholdOf(tail: Float64Array, rate: number): number {
  const position = Math.max(0, (Math.log2(1 / rate) - 1) / percentileSteps);
  const low = Math.min(Math.floor(position), tail.length - 2);
  return tail[low]! + (position - low) * (tail[low + 1]! - tail[low]!);
}
