import {abstention} from '../abstain.js';
import {percentileOf, standardised} from '../detector.js';
import {createReader} from '../reader.js';
import {styleIndex, styleMeasures} from '../style.js';
import type {Weights} from '../weights.js';
import {assemble, fitScale, type HumanScore, summed, usualStyle} from './assemble.js';
import {crop} from './crop.js';
import {type CountOptions, countDocuments, type Documents, type Labelled, restrict} from './documents.js';
import {defaultFit, type FitOptions, fitModels, mostFeatures, scoreModels, selectFeatures} from './fit.js';
import {chooseFrame} from './frame.js';

export interface TrainOptions<Text extends Labelled> extends CountOptions, FitOptions {
  /** Words that stay when others are masked. Default: chosen from the texts. */
  readonly frame?: Uint32Array;
  /**
   * The part that a text is left out with when scores are put on the human scale: whole sources, else a new source
   * would look more machine-like than promised.
   */
  readonly foldOf: (text: Text) => number;
  /** Whether a text must not be learnt from when a part is left out: it shares passages with it. */
  readonly shares?: (text: Text, fold: number) => boolean;
  /** Texts that are only scored. */
  readonly unlearnt?: (text: Text) => boolean;
  readonly about: string;
  readonly onStep?: (step: string) => void;
}

export interface Trained<Text extends Labelled> {
  readonly weights: Weights;
  /** By text. */
  readonly leftOut: readonly LeftOut[];
  /** The texts scored: those given, and behind them crops of the long ones. */
  readonly texts: readonly Text[];
}

/** What a detector that did not know a text's part, nor put its part on the scale, says of it. */
export interface LeftOut {
  readonly words: number;
  readonly score: number;
  readonly percentile: number;
  readonly abstains?: string;
}

export const defaultTrain: CountOptions & FitOptions = {...defaultFit, least: 100, leastSources: 5};

/** Trains a detector and says how it does on each part when it is left out. The same texts give the same weights. */
export function trainDetector<Text extends Labelled>(
  given: readonly Text[],
  options: TrainOptions<Text>,
): Trained<Text> {
  const {foldOf, seed, about, onStep} = options;
  const texts = [...given, ...crop(given, seed)];
  onStep?.(`${given.length} texts, ${texts.length - given.length} crops`);
  const frame = options.frame ?? chooseFrame(given, 250);
  const reader = createReader(frame);
  const folds = texts.map(foldOf);
  const rows = Uint32Array.from(texts.keys());
  const learnt = rows.filter(row => !options.unlearnt?.(texts[row]!));
  const counted = countDocuments(reader, texts, options);
  onStep?.(`${counted.buckets.length} n-grams`);
  // Chosen anew for each part that is left out: the choice looks at labels.
  const chosen = (from: Uint32Array) => restrict(counted, selectFeatures(counted, from, mostFeatures, seed));

  const scores: number[][] = new Array(texts.length);
  const parts = [...new Set(folds)].sort((one, other) => one - other);
  for (const part of parts) {
    const known = learnt.filter(row => folds[row] !== part && !options.shares?.(texts[row]!, part));
    const documents = chosen(known);
    const models = fitModels(documents, known, options);
    for (const row of rows) if (folds[row] === part) scores[row] = scoreModels(documents, models, row);
    onStep?.(`part ${part} left out`);
  }
  const width = styleMeasures.length;
  const words = Float64Array.from(rows, row => counted.style[row * width + styleIndex.words]!);
  const humans = humanScores(counted, learnt, scores, words);
  const leftOut: LeftOut[] = new Array(texts.length);
  for (const part of parts) {
    const scale = fitScale(humans.filter(({row}) => folds[row] !== part));
    for (const row of rows) {
      if (folds[row] !== part) continue;
      const style = Float64Array.from(counted.style.subarray(row * width, (row + 1) * width));
      const score = standardised(scale.human, summed(scale.models, scores[row]!), style);
      const abstains = abstention({words: words[row]!, style});
      const said = {words: words[row]!, score, percentile: percentileOf(scale.tail, score)};
      leftOut[row] = abstains === undefined ? said : {...said, abstains};
    }
  }
  const scale = fitScale(humans);
  const documents = chosen(learnt);
  const models = fitModels(documents, learnt, options);
  onStep?.('all texts');
  const usual = usualStyle(
    documents,
    learnt.filter(row => documents.machine[row] === 0),
  );
  return {weights: assemble(documents, frame, models, scale, usual, about), leftOut, texts};
}

/** Human texts of a length that the detector speaks of, with their weights. */
function humanScores(
  {machine, sources, style}: Documents,
  rows: Uint32Array,
  scores: readonly number[][],
  words: Float64Array,
): (HumanScore & {row: number})[] {
  const chosen = rows.filter(row => machine[row] === 0 && words[row]! >= 25);
  const sizes = new Map<string, number>();
  for (const row of chosen) sizes.set(sources[row]!, (sizes.get(sources[row]!) ?? 0) + 1);
  return [...chosen].map(row => ({
    row,
    scores: scores[row]!,
    style: style.subarray(row * styleMeasures.length, (row + 1) * styleMeasures.length),
    weight: 1 / Math.sqrt(sizes.get(sources[row]!)!),
  }));
}
