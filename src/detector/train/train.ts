import {createReader} from '../reader.js';
import {standardised} from '../detector.js';
import {styleIndex, styleMeasures} from '../style.js';
import type {Weights} from '../weights.js';
import {assemble, fitScale, type HumanScale, type HumanScore, summed, usualStyle} from './assemble.js';
import {crop} from './crop.js';
import {type CountOptions, countDocuments, type Documents, type Labelled} from './documents.js';
import {defaultFit, type FitOptions, fitModels, mostFeatures, scoreModels, selectFeatures} from './fit.js';
import {chooseFrame} from './frame.js';

export interface TrainOptions extends CountOptions, FitOptions {
  /** Words that stay when others are masked. Default: chosen from the texts. */
  readonly frame?: Uint32Array;
  /**
   * The part that a text is left out with when scores are put on the human scale: whole sources, else a new source
   * would look more machine-like than promised.
   */
  readonly foldOf: (text: Labelled) => number;
  /** Whether a text must not be learnt from when a part is left out: it shares passages with it. */
  readonly shares?: (text: Labelled, fold: number) => boolean;
  readonly about: string;
  readonly onStep?: (step: string) => void;
}

export interface Trained {
  readonly weights: Weights;
  /** Scores on the human scale of each text by models that did not know its part; the scale is the others' too. */
  readonly leftOut: Float64Array;
  /** The texts scored: those given, and behind them crops of the long ones. */
  readonly texts: readonly Labelled[];
  readonly words: Float64Array;
}

export const defaultTrain: CountOptions & FitOptions = {...defaultFit, least: 100, leastSources: 5};

/** Trains a detector and says how it does on each part when it is left out. The same texts give the same weights. */
export function trainDetector(given: readonly Labelled[], options: TrainOptions): Trained {
  const {foldOf, seed, about, onStep} = options;
  const texts = [...given, ...crop(given, seed)];
  onStep?.(`${given.length} texts, ${texts.length - given.length} crops`);
  const frame = options.frame ?? chooseFrame(given, 250);
  const reader = createReader(frame);
  const folds = texts.map(foldOf);
  const rows = Uint32Array.from(texts.keys());
  let documents = countDocuments(reader, texts, options);
  const selected = selectFeatures(documents, rows, mostFeatures, seed);
  onStep?.(`${documents.buckets.length} n-grams, ${selected.length} kept`);
  if (selected.length < documents.buckets.length) documents = countDocuments(reader, texts, options, selected);

  const scores: number[][] = new Array(texts.length);
  const parts = [...new Set(folds)].sort((one, other) => one - other);
  for (const part of parts) {
    const known = rows.filter(row => folds[row] !== part && !options.shares?.(texts[row]!, part));
    const models = fitModels(documents, known, options);
    for (const row of rows) if (folds[row] === part) scores[row] = scoreModels(documents, models, row);
    onStep?.(`part ${part} left out`);
  }
  const width = styleMeasures.length;
  const words = Float64Array.from(rows, row => documents.style[row * width + styleIndex.words]!);
  const humans = humanScores(documents, rows, scores, words);
  const leftOut = new Float64Array(texts.length);
  for (const part of parts) {
    const scale = fitScale(humans.filter(({row}) => folds[row] !== part));
    for (const row of rows) if (folds[row] === part) leftOut[row] = onScale(scale, scores[row]!, words[row]!);
  }
  const scale = fitScale(humans);
  const models = fitModels(documents, rows, options);
  onStep?.('all texts');
  const usual = usualStyle(documents, rows.filter(row => documents.machine[row] === 0));
  return {weights: assemble(documents, frame, models, scale, usual, about), leftOut, texts, words};
}

/** Human texts of a length that the detector speaks of, with their weights. */
function humanScores(
  {machine, sources}: Documents,
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
    words: words[row]!,
    weight: 1 / Math.sqrt(sizes.get(sources[row]!)!),
  }));
}

export function onScale({models, byLength}: HumanScale, scores: readonly number[], words: number): number {
  return standardised(byLength, summed(models, scores), words);
}
