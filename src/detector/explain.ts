import type {Detector} from './detector.js';
import {forestEffects} from './forest.js';
import {tokenOf} from './kernel/kernel.js';
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
  const {style} = detector.reader.read(text);
  return {
    traits: traitsOf(detector, Float32Array.from(style)),
    spans: spansOf(detector),
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

/** Tokens that the weights speak of, joined to the stretches with the largest sums. */
function spansOf({reader, weights, weightOf}: Detector): StyleSpan[] {
  reader.ngrams();
  reader.kernel.weigh();
  const norm = Math.sqrt(Math.max(1, reader.kernel.known())) / weights.scale;
  const tokens = reader.tokens();
  const count = tokens.length / 4;
  const effects = new Float64Array(count);
  const hashes = reader.ngrams();
  for (let place = 0; place < hashes.length; place++) {
    const weight = weightOf(hashes[place]!);
    if (weight !== 0) effects[tokenOf(place)]! += weight;
  }
  const bytes = reader.bytes();
  const spans: StyleSpan[] = [];
  const taken = new Uint8Array(count);
  for (let found = 0; found < mostSpans; found++) {
    const best = bestStretch(effects, taken);
    if (best === undefined || best.sum / norm < leastEffect) break;
    taken.fill(1, best.from, best.to);
    const end = best.to < count ? tokens[best.to * 4 + 2]! : bytes.length;
    spans.push({...placed(bytes, tokens[best.from * 4 + 2]!, end), effect: best.sum / norm});
  }
  return spans;
}

/**
 * The stretch of free tokens with the largest sum, of limited length: for each end the least sum up to a beginning
 * that is near enough, from those that may still be the least, in order.
 */
function bestStretch(
  effects: Float64Array,
  taken: Uint8Array,
): {from: number; to: number; sum: number} | undefined {
  let best: {from: number; to: number; sum: number} | undefined;
  const sums = new Float64Array(effects.length + 1);
  const starts = new Uint32Array(effects.length + 1);
  let first = 0;
  let last = 0;
  starts[last++] = 0;
  for (let to = 1; to <= effects.length; to++) {
    sums[to] = sums[to - 1]! + effects[to - 1]!;
    if (taken[to - 1] === 1) first = last;
    else {
      if (starts[first]! < to - longestSpan) first++;
      const sum = sums[to]! - sums[starts[first]!]!;
      if (sum > (best?.sum ?? 0)) best = {from: starts[first]!, to, sum};
    }
    while (last > first && sums[starts[last - 1]!]! >= sums[to]!) last--;
    starts[last++] = to;
  }
  return best;
}

/** Bytes of UTF-8 to UTF-16 units, without white space at the ends. */
function placed(bytes: Buffer, from: number, to: number): {start: number; end: number} {
  const start = bytes.toString('utf8', 0, from).length;
  const stretch = bytes.toString('utf8', from, to);
  return {start, end: start + stretch.trimEnd().length};
}
