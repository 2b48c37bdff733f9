import type {Forest} from '../forest.js';
import {randomNumbers} from './random.js';

export interface TreeOptions {
  readonly trees: number;
  readonly depth: number;
  readonly rate: number;
  readonly seed: number;
  /** Share of rows and of features that each tree sees. */
  readonly rowShare: number;
  readonly featureShare: number;
}

const mostBins = 48;
const ridge = 5;
/** Least sum of curvature in a leaf: about 8 texts whose side is open. */
const leastCurvature = 2;

/**
 * Gradient boosting with logistic loss on binned features, level by level. Labels and weights are by row of
 * `values`, which has `width` columns.
 */
export function fitForest(
  values: Float32Array,
  width: number,
  rows: Uint32Array,
  labels: ArrayLike<number>,
  rowWeights: Float32Array,
  judged: readonly number[],
  options: TreeOptions,
): Forest {
  const {trees, depth, rate, seed, rowShare, featureShare} = options;
  const edges = judged.map(feature => edgesOf(values, width, rows, feature));
  const columns = judged.length;
  const binned = new Uint8Array(rows.length * columns);
  for (const [index, row] of rows.entries()) {
    for (let column = 0; column < columns; column++) {
      binned[index * columns + column] = binOf(edges[column]!, values[row * width + judged[column]!]!);
    }
  }
  const random = randomNumbers(seed);
  const size = 2 << depth;
  const features = new Int8Array(trees * size).fill(-1);
  const thresholds = new Float32Array(trees * size);
  const leaves = new Float32Array(trees * size);
  const scores = new Float32Array(rows.length);
  const gradients = new Float32Array(rows.length);
  const curvatures = new Float32Array(rows.length);
  const nodes = new Uint8Array(rows.length);
  const sampled = new Uint8Array(rows.length);
  for (let tree = 0; tree < trees; tree++) {
    for (const [index, row] of rows.entries()) {
      const chance = 1 / (1 + Math.exp(-scores[index]!));
      const weight = rowWeights[row]!;
      gradients[index] = weight * (chance - labels[row]!);
      curvatures[index] = weight * chance * (1 - chance);
      sampled[index] = random() < rowShare ? 1 : 0;
    }
    const chosen = edges.flatMap((_, column) => (random() < featureShare ? [column] : []));
    nodes.fill(1);
    const base = tree * size;
    const splits = new Uint8Array(size);
    for (let level = 0; level < depth; level++) {
      const first = 1 << level;
      const histogram = sumUp(first, chosen, columns, binned, nodes, sampled, gradients, curvatures);
      for (let node = first; node < 2 * first; node++) {
        const best = bestSplit(histogram, (node - first) * columns, chosen, edges);
        if (best === undefined) continue;
        features[base + node] = judged[best.column]!;
        thresholds[base + node] = edges[best.column]![best.bin]!;
        splits[node] = best.bin + 1;
        leaves[base + 2 * node] = rate * best.left;
        leaves[base + 2 * node + 1] = rate * best.right;
        nodeColumns[node] = best.column;
      }
      for (let index = 0; index < rows.length; index++) {
        const node = nodes[index]!;
        if (node < first || splits[node] === 0) continue;
        const bin = binned[index * columns + nodeColumns[node]!]!;
        nodes[index] = 2 * node + (bin >= splits[node]! ? 1 : 0);
      }
    }
    for (let index = 0; index < rows.length; index++) scores[index]! += leaves[base + nodes[index]!]!;
  }
  return {depth, features, thresholds, values: leaves};
}

const nodeColumns = new Uint8Array(256);

interface Histogram {
  readonly gradients: Float64Array;
  readonly curvatures: Float64Array;
}

function sumUp(
  first: number,
  chosen: readonly number[],
  columns: number,
  binned: Uint8Array,
  nodes: Uint8Array,
  sampled: Uint8Array,
  gradients: Float32Array,
  curvatures: Float32Array,
): Histogram {
  const sums = new Float64Array(first * columns * mostBins);
  const curves = new Float64Array(first * columns * mostBins);
  for (let index = 0; index < nodes.length; index++) {
    const place = nodes[index]! - first;
    if (place < 0 || sampled[index] === 0) continue;
    for (const column of chosen) {
      const at = (place * columns + column) * mostBins + binned[index * columns + column]!;
      sums[at]! += gradients[index]!;
      curves[at]! += curvatures[index]!;
    }
  }
  return {gradients: sums, curvatures: curves};
}

interface Split {
  readonly column: number;
  readonly bin: number;
  readonly left: number;
  readonly right: number;
}

function bestSplit(
  {gradients, curvatures}: Histogram,
  offset: number,
  chosen: readonly number[],
  edges: readonly number[][],
): Split | undefined {
  let best: Split | undefined;
  let gain = 1e-3;
  for (const column of chosen) {
    const from = (offset + column) * mostBins;
    let sum = 0;
    let curve = 0;
    for (let bin = 0; bin < mostBins; bin++) {
      sum += gradients[from + bin]!;
      curve += curvatures[from + bin]!;
    }
    let leftSum = 0;
    let leftCurve = 0;
    for (let bin = 0; bin < edges[column]!.length; bin++) {
      leftSum += gradients[from + bin]!;
      leftCurve += curvatures[from + bin]!;
      const rightSum = sum - leftSum;
      const rightCurve = curve - leftCurve;
      if (leftCurve < leastCurvature || rightCurve < leastCurvature) continue;
      const gained =
        leftSum ** 2 / (leftCurve + ridge) +
        rightSum ** 2 / (rightCurve + ridge) -
        sum ** 2 / (curve + ridge);
      if (gained <= gain) continue;
      gain = gained;
      best = {column, bin, left: -leftSum / (leftCurve + ridge), right: -rightSum / (rightCurve + ridge)};
    }
  }
  return best;
}

/** Inner edges of at most `mostBins` bins of equal numbers of texts; a value is in the bin after the last edge it reaches. */
function edgesOf(values: Float32Array, width: number, rows: Uint32Array, feature: number): number[] {
  const step = Math.max(1, Math.floor(rows.length / 20_000));
  const sample: number[] = [];
  for (let index = 0; index < rows.length; index += step)
    sample.push(values[rows[index]! * width + feature]!);
  sample.sort((one, other) => one - other);
  const edges: number[] = [];
  for (let bin = 1; bin < mostBins; bin++) {
    const edge = sample[Math.floor((bin * sample.length) / mostBins)]!;
    if (edges.length === 0 ? edge > sample[0]! : edge > edges.at(-1)!) edges.push(edge);
  }
  return edges;
}

function binOf(edges: readonly number[], value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value >= edges[middle]!) low = middle + 1;
    else high = middle;
  }
  return low;
}
