import {centreTerms, dot, percentileSteps, spreadTerms, standardised} from '../detector.js';
import type {Forest} from '../forest.js';
import {mostWeight} from '../kernel/kernel.js';
import {styleMeasures} from '../style.js';
import type {HumanScale, Weights} from '../weights.js';
import type {Documents} from './documents.js';
import type {Models} from './fit.js';
import {leastSquares} from './least-squares.js';

/** How human text scores where a detector did not know its source: what puts scores on the human scale. */
export interface Scale {
  /** For each model the centre of its scores, and their spread over what the model counts. */
  readonly models: readonly (readonly [centre: number, spread: number])[];
  readonly human: HumanScale;
  readonly tail: Float64Array;
}

/** Scores of one human text that no model knew. */
export interface HumanScore {
  readonly scores: readonly number[];
  readonly style: ArrayLike<number>;
  /** Sources weigh by the square root of their size. */
  readonly weight: number;
}

export function fitScale(humans: readonly HumanScore[]): Scale {
  const count = humans[0]!.scores.length;
  const models = humans[0]!.scores.map((_, model): [number, number] => {
    const [centre, spread] = centreAndSpread(humans, ({scores}) => scores[model]!);
    // Of two models, when all texts are pairs, one is linear and one a forest.
    return [centre, spread / (count === shares.length ? shares[model]! : 1)];
  });
  const sums = humans.map(({scores}) => summed(models, scores));
  const weights = humans.map(({weight}) => weight);
  const centre = leastSquares(
    humans.map(({style}) => centreTerms(style)),
    sums,
    weights,
  );
  const away = sums.map((sum, index) => Math.abs(sum - dot(centre, centreTerms(humans[index]!.style))));
  // The mean distance of a normal variable from its mean is 0.798 standard deviations.
  const spread = leastSquares(
    humans.map(({style}) => spreadTerms(style)),
    away,
    weights,
  ).map(value => value / 0.798);
  const human = {centre, spread};
  return {
    models,
    human,
    tail: tailOf(
      sums.map((sum, index) => standardised(human, sum, humans[index]!.style)),
      weights,
    ),
  };
}

/**
 * What each model counts. N-grams of pairs carry best to sources that no model knew; the trees see less, and much of
 * it twice. Chosen among few on sources left out.
 */
const shares = [1, 1.5, 0.7, 0.7];

/** Sum of the models by their shares, in standard deviations of human text. */
export function summed(models: Scale['models'], scores: readonly number[]): number {
  return scores.reduce((sum, score, model) => sum + (score - models[model]![0]) / models[model]![1], 0);
}

function centreAndSpread(
  humans: readonly HumanScore[],
  scoreOf: (human: HumanScore) => number,
): [number, number] {
  let total = 0;
  let sum = 0;
  let squares = 0;
  for (const human of humans) {
    const score = scoreOf(human);
    total += human.weight;
    sum += human.weight * score;
    squares += human.weight * score * score;
  }
  const mean = sum / total;
  return [mean, Math.sqrt(squares / total - mean * mean)];
}

/**
 * Sources differ most in their tails: beyond one text in a hundred a new source goes farther than those at hand, and
 * the tail is drawn out by this. At 1.5, one in a thousand is kept on sources left out.
 */
const caution = 1.5;
const cautionFrom = 0.01;

/** Scores that 2^-1, 2^-1.5, .. of the weight exceeds, as far as ten texts stand beyond. */
export function tailOf(scores: readonly number[], weights: readonly number[]): Float64Array {
  const order = scores.map((_, index) => index).sort((one, other) => scores[other]! - scores[one]!);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const tail: number[] = [];
  let step = 0;
  let seen = total;
  for (let at = order.length - 1; at >= 10; at--) {
    const index = order[at]!;
    seen -= weights[index]!;
    while (seen <= total * 2 ** -(1 + step * percentileSteps)) {
      tail.push(scores[index]!);
      step++;
    }
  }
  const drawn = tail.slice(0, 1);
  for (let at = 1; at < tail.length; at++) {
    const rare = 2 ** -(1 + at * percentileSteps) < cautionFrom;
    drawn.push(drawn[at - 1]! + (tail[at]! - tail[at - 1]!) * (rare ? caution : 1));
  }
  return Float64Array.from(drawn);
}

/** One set of weights from all models: sums of linear models are linear, and of forests a forest. */
export function assemble(
  documents: Documents,
  frame: Uint32Array,
  {linear, forests}: Models,
  {models, human, tail}: Scale,
  usual: Float64Array,
  about: string,
): Weights {
  const sums = new Float64Array(documents.buckets.length);
  let bias = 0;
  for (const [index, model] of linear.entries()) {
    const [centre, spread] = models[index]!;
    for (let feature = 0; feature < sums.length; feature++)
      sums[feature]! += model.weights[feature]! / spread;
    bias += (model.bias - centre) / spread;
  }
  const scaled = forests.map((forest, index) => {
    const [centre, spread] = models[linear.length + index]!;
    bias -= centre / spread;
    return {...forest, values: forest.values.map(value => value / spread)};
  });
  const largest = sums.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = largest / mostWeight;
  const values = Int16Array.from(sums, value => Math.round(value / scale));
  return {
    frame,
    buckets: documents.buckets,
    values,
    scale,
    bias,
    forest: joined(scaled),
    human,
    tail,
    usual,
    about,
  };
}

function joined(forests: readonly Forest[]): Forest {
  return {
    depth: forests[0]!.depth,
    features: Int8Array.from(forests.flatMap(({features}) => [...features])),
    thresholds: Float32Array.from(forests.flatMap(({thresholds}) => [...thresholds])),
    values: Float32Array.from(forests.flatMap(({values}) => [...values])),
  };
}

/** The 10 %, 50 % and 90 % quantiles of each style measure over some texts. */
export function usualStyle({style}: Documents, rows: Uint32Array): Float64Array {
  const width = styleMeasures.length;
  const usual = new Float64Array(width * 3);
  for (let measure = 0; measure < width; measure++) {
    const values = Float64Array.from(rows, row => style[row * width + measure]!).sort();
    for (const [place, share] of [0.1, 0.5, 0.9].entries()) {
      usual[measure * 3 + place] = values[Math.floor(share * (values.length - 1))] ?? 0;
    }
  }
  return usual;
}
