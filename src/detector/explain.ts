import {bucketOf, type Detector} from './detector.js';
import {forestEffects} from './forest.js';
import {perToken} from './kernel/kernel.js';
import {judgedMeasures, styleMeasures} from './style.js';

/** What moved a text's score: for people, so slower than scoring by far. */
export interface Explanation {
  /** Traits of style that raised the score, the strongest first: `even sentence lengths`. */
  readonly traits: readonly Trait[];
  /** Stretches of the text whose wording raised it, the strongest first, in UTF-16 units. */
  readonly spans: readonly StyleSpan[];
}

export interface Trait {
  readonly trait: string;
  /** What was measured, its value, and the middle of human texts. */
  readonly measure: string;
  readonly value: number;
  readonly usual: number;
  /** What it added to the score of the trees. */
  readonly effect: number;
}

export interface StyleSpan {
  readonly start: number;
  readonly end: number;
  readonly effect: number;
}

const mostTraits = 3;
const mostSpans = 3;
const leastEffect = 0.05;
const longestSpan = 24;

export function explain(detector: Detector, text: string): Explanation {
  const {reader, weights} = detector;
  const {style} = reader.read(text);
  return {
    traits: traitsOf(detector, Float32Array.from(style)),
    spans: spansOf(text, reader.ngrams(), reader.tokens(), weights),
  };
}

function traitsOf({weights: {forest, usual}}: Detector, style: Float32Array): Trait[] {
  const effects = new Float64Array(styleMeasures.length);
  forestEffects(forest, style, effects);
  return judgedMeasures
    .filter(index => effects[index]! > leastEffect)
    .sort((one, other) => effects[other]! - effects[one]!)
    .map(index => {
      const {name, more, less} = styleMeasures[index]!;
      const value = style[index]!;
      const middle = usual[3 * index + 1]!;
      return {
        trait: value >= middle ? more : less,
        measure: name,
        value,
        usual: middle,
        effect: effects[index]!,
      };
    })
    .filter(({value, usual: middle}) => value !== middle)
    .slice(0, mostTraits);
}

const byBucket = new WeakMap<Detector['weights'], ReadonlyMap<number, number>>();

/** Made once: for every flagged record anew it would take longer than all else. */
function weightsByBucket(weights: Detector['weights']): ReadonlyMap<number, number> {
  let known = byBucket.get(weights);
  if (known === undefined) {
    const {buckets, values, scale} = weights;
    known = new Map(Array.from(buckets, (bucket, index) => [bucket, values[index]! * scale]));
    byBucket.set(weights, known);
  }
  return known;
}

/** Tokens that the weights speak of, joined to the stretches with the largest sums. */
function spansOf(
  text: string,
  hashes: Uint32Array,
  tokens: Uint32Array,
  weights: Detector['weights'],
): StyleSpan[] {
  const count = tokens.length / 4;
  if (count === 0) return [];
  const known = weightsByBucket(weights);
  const effects = new Float64Array(count);
  let squares = 0;
  for (const [at, hash] of hashes.entries()) {
    const weight = hash === 0 ? undefined : known.get(bucketOf(hash));
    if (weight === undefined) continue;
    effects[Math.floor(at / perToken)]! += weight;
    squares += 1;
  }
  const norm = Math.sqrt(Math.max(1, squares));
  const spans: StyleSpan[] = [];
  const taken = new Uint8Array(count);
  for (let found = 0; found < mostSpans; found++) {
    const best = bestStretch(effects, taken);
    if (best === undefined || best.sum / norm < leastEffect) break;
    taken.fill(1, best.from, best.to);
    const end = best.to < count ? tokens[best.to * 4 + 2]! : Buffer.byteLength(text);
    spans.push({...placed(text, tokens[best.from * 4 + 2]!, end), effect: best.sum / norm});
  }
  return spans;
}

/** The stretch of free tokens with the largest sum (Kadane), of limited length. */
function bestStretch(
  effects: Float64Array,
  taken: Uint8Array,
): {from: number; to: number; sum: number} | undefined {
  let best: {from: number; to: number; sum: number} | undefined;
  for (let from = 0; from < effects.length; from++) {
    let sum = 0;
    for (let to = from; to < effects.length && to < from + longestSpan && taken[to] === 0; to++) {
      sum += effects[to]!;
      if (sum > (best?.sum ?? 0)) best = {from, to: to + 1, sum};
    }
  }
  return best;
}

/** Bytes of UTF-8 to UTF-16 units, without white space at the ends. */
function placed(text: string, from: number, to: number): {start: number; end: number} {
  const bytes = Buffer.from(text);
  const start = bytes.toString('utf8', 0, from).length;
  const stretch = bytes.toString('utf8', from, to);
  return {start, end: start + stretch.trimEnd().length};
}
