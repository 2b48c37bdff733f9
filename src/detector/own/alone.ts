import {areaOf, rateOf} from './curve.js';

/** How well one number alone tells two sets apart. */
export interface Alone {
  readonly area: number;
  /** Share of the machine set found where one in a hundred of the human set is flagged. */
  readonly rate: number;
}

const bins = 24;

/** Records of each set that must tell, and their share: of fewer nothing is said. */
const fewest = 50;
const leastShare = 0.2;

/**
 * Whatever way the number differs (higher, lower, or in between), it counts: values are binned, and what a bin says
 * is learnt on one half of the records and held against the other. Records with NaN do not tell; undefined where
 * most are such. `half` by record, human records first.
 */
export function alone(
  human: Float64Array,
  machine: Float64Array,
  half: (index: number) => number,
): Alone | undefined {
  const kept = [...human, ...machine]
    .map((value, index) => ({value, side: index < human.length ? 0 : 1, half: half(index)}))
    .filter(({value}) => !Number.isNaN(value));
  for (const [side, {length}] of [human, machine].entries()) {
    const told = kept.filter(one => one.side === side).length;
    if (told < fewest || told < leastShare * length) return undefined;
  }
  const edges = edgesOf(kept.map(({value}) => value));
  const counts = [0, 1].map(() => [0, 1].map(() => new Float64Array(bins + 1).fill(0.5)));
  const binned = kept.map(({value}) => binOf(edges, value));
  for (const [index, {side, half}] of kept.entries()) counts[half]![side]![binned[index]!]! += 1;
  const scores: [number[], number[]] = [[], []];
  for (const [index, {side, half}] of kept.entries()) {
    const [ofHuman, ofMachine] = counts[1 - half]!;
    scores[side]!.push(Math.log(ofMachine![binned[index]!]! / ofHuman![binned[index]!]!));
  }
  return {area: areaOf(...scores), rate: rateOf(...scores, 0.01)};
}

function edgesOf(values: readonly number[]): number[] {
  const sorted = Float64Array.from(values).sort();
  const edges: number[] = [];
  for (let bin = 1; bin < bins; bin++) {
    const edge = sorted[Math.floor((bin * sorted.length) / bins)]!;
    if (edge > (edges.at(-1) ?? sorted[0]!)) edges.push(edge);
  }
  return edges;
}

function binOf(edges: readonly number[], value: number): number {
  let bin = 0;
  while (bin < edges.length && value >= edges[bin]!) bin++;
  return bin;
}
