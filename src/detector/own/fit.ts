import {bundledDetector, bundledWeights} from '../bundled.js';
import type {Detector} from '../detector.js';
import {styleIndex} from '../style.js';
import {defaultFit} from '../train/fit.js';
import {trainDetector} from '../train/train.js';
import {encodeWeights} from '../weights.js';
import {type Figures, figuresOf, type HeldOut} from './figures.js';
import type {OwnText} from './refusal.js';

/** A detector of one's own, and how it does on records that it did not learn from. */
export interface OwnFit {
  /** As `encodeWeights` writes it. */
  readonly file: Buffer;
  /** Left out: whole kinds of text where there are several, else records, those that share passages together. */
  readonly leftOut: 'kinds' | 'records';
  readonly figures: readonly Figures[];
  /** Of human records left out, those flagged at a limit of one in a hundred that was fixed without them. */
  readonly flagged: {readonly count: number; readonly total: number};
  /** The detector of the package on the same records. */
  readonly bundled: readonly Figures[];
  /** Records that the detector says nothing of. */
  readonly abstained: {readonly human: number; readonly machine: number};
}

const folds = 4;
/** Kinds with so many human and machine records each count; with so many such kinds, kinds are left out. */
const enoughOfKind = 50;
const enoughKinds = 3;

interface Row {
  readonly text: string;
  readonly machine: boolean;
  readonly source: string;
  readonly kind: string;
  readonly index: number;
}

/** `groups`: texts that share passages have one number; human records first. The same records give the same bytes. */
export function fitOwn(
  human: readonly OwnText[],
  machine: readonly OwnText[],
  groups: Uint32Array,
  about: string,
  onStep?: (step: string) => void,
): OwnFit {
  const rows = [...human, ...machine].map(
    ({text, kind = ''}, index): Row => ({
      text,
      machine: index >= human.length,
      source: kind,
      kind,
      index,
    }),
  );
  const byKind = foldsByKind(rows);
  const parts = byKind ?? foldsByGroup(rows, groups);
  const inFold = new Set(rows.map(({index}) => groups[index]! * folds + parts[index]!));
  const {weights, leftOut} = trainDetector(rows, {
    ...defaultFit,
    // A word of few records only tells which records these were.
    least: Math.max(4, Math.round(rows.length / 600)),
    leastSources: 1,
    ...(isEnglish(rows) && {frame: bundledWeights().frame}),
    foldOf: ({index}) => parts[index]!,
    shares: ({index}, fold) => inFold.has(groups[index]! * folds + fold),
    about,
    ...(onStep && {onStep}),
  });
  const own = rows.map(({machine: is}, index): HeldOut & {abstains: boolean} => {
    const {words, percentile, abstains} = leftOut[index]!;
    return {
      machine: is,
      words,
      judged: abstains === undefined ? percentile : 0.5,
      abstains: abstains !== undefined,
    };
  });
  const spoken = own.filter(({machine: is, abstains}) => !is && !abstains);
  const silent = own.filter(({abstains}) => abstains);
  return {
    file: encodeWeights(weights),
    leftOut: byKind === undefined ? 'records' : 'kinds',
    figures: figuresOf(own),
    flagged: {count: spoken.filter(({judged}) => judged > 0.99).length, total: spoken.length},
    bundled: figuresOf(rows.map(row => judgedBy(bundledDetector(), row, own[row.index]!.words))),
    abstained: {
      human: silent.filter(({machine: is}) => !is).length,
      machine: silent.filter(({machine: is}) => is).length,
    },
  };
}

function judgedBy(detector: Detector, {text, machine}: Row, words: number): HeldOut {
  const seen = detector.analyse(text);
  return {machine, words, judged: 'abstains' in seen ? 0.5 : seen.percentile};
}

/**
 * Whether most texts have as many of the common English words as English prose has: then the frame of the package,
 * from many sources, is better than one from two. Else it is chosen from the texts.
 */
function isEnglish(rows: readonly Row[]): boolean {
  const {reader} = bundledDetector();
  const step = Math.max(1, Math.floor(rows.length / 1000));
  const sample = rows.filter((_, index) => index % step === 0);
  const english = sample.filter(({text}) => reader.read(text).style[styleIndex.framed]! >= 0.3);
  return english.length > sample.length / 2;
}

/** By the kinds that both sets have, spread over the folds by size; undefined where there are too few. */
function foldsByKind(rows: readonly Row[]): number[] | undefined {
  const counts = new Map<string, [human: number, machine: number]>();
  for (const {kind, machine} of rows) {
    const count = counts.get(kind) ?? [0, 0];
    count[machine ? 1 : 0] += 1;
    counts.set(kind, count);
  }
  if ([...counts.values()].filter(count => Math.min(...count) >= enoughOfKind).length < enoughKinds)
    return undefined;
  const sized = [...counts].map(([kind, [one, other]]) => [kind, one + other] as const);
  const fold = spread(sized);
  return rows.map(({kind}) => fold.get(kind)!);
}

function foldsByGroup(rows: readonly Row[], groups: Uint32Array): number[] {
  const sizes = new Map<number, number>();
  for (const {index} of rows) sizes.set(groups[index]!, (sizes.get(groups[index]!) ?? 0) + 1);
  const fold = spread([...sizes]);
  return rows.map(({index}) => fold.get(groups[index]!)!);
}

/** The largest first, each where the least is; those of one size in turn, as they come. */
function spread<Key>(sized: readonly (readonly [Key, number])[]): Map<Key, number> {
  const filled = new Array<number>(folds).fill(0);
  const fold = new Map<Key, number>();
  for (const [key, size] of [...sized].sort((one, other) => other[1] - one[1])) {
    const least = filled.indexOf(Math.min(...filled));
    fold.set(key, least);
    filled[least]! += size;
  }
  return fold;
}
