import {random} from './random.js';

/** Points of unit length, or of length 0: these have no direction, and are in no cluster. */
export interface Points {
  readonly count: number;
  /** Numbers of a point. */
  readonly width: number;
  readonly values: Float64Array;
}

const starts = 3;
const rounds = 20;
/** Clusters with under this part of an equal share are given up: they are stray texts, no topics. */
const leastPart = 0.25;

export function unitPoints(values: Float64Array, width: number): Points {
  for (let at = 0; at < values.length; at += width) normalise(values, at, width);
  return {count: values.length / width, width, values};
}

/**
 * Centroids of spherical k-means (Dhillon and Modha, *Machine Learning* 42, 2001), seeded by k-means++ (Arthur
 * and Vassilvitskii, SODA 2007) from fixed pseudo-random numbers, the tightest clusters of a few starts: the
 * same points in the same order give the same centroids. At most `wanted`.
 */
export function clusterCentroids(points: Points, wanted: number): Points {
  const next = random();
  let best = settle(points, seeds(points, wanted, next));
  for (let start = 1; start < starts; start++) {
    const found = settle(points, seeds(points, wanted, next));
    if (found.tightness > best.tightness) best = found;
  }
  const {centroids} = best;
  const sizes = new Uint32Array(centroids.count);
  for (const cluster of assign(points, centroids)) if (cluster >= 0) sizes[cluster]!++;
  const least = (leastPart * points.count) / wanted;
  const large = [...sizes.keys()].filter(cluster => sizes[cluster]! >= least);
  return large.length === sizes.length ? centroids : settle(points, select(centroids, large)).centroids;
}

/** The cluster of each point, that of the nearest centroid; -1 for a point without direction. */
export function assign({count, width, values}: Points, centroids: Points): Int32Array {
  const clusters = new Int32Array(count).fill(-1);
  for (let point = 0; point < count; point++) {
    let best = Number.NEGATIVE_INFINITY;
    if (isZero(values, point * width, width)) continue;
    for (let cluster = 0; cluster < centroids.count; cluster++) {
      const similarity = cosine(values, point * width, centroids.values, cluster * width, width);
      if (similarity <= best) continue;
      best = similarity;
      clusters[point] = cluster;
    }
  }
  return clusters;
}

/** Moves centroids to the middle of their points until no point changes sides. `tightness`: sum of cosines. */
function settle(points: Points, from: Points) {
  const {count, width, values} = points;
  let centroids = from;
  let clusters = assign(points, centroids);
  let tightness = 0;
  for (let round = 0; round < rounds; round++) {
    const sums = new Float64Array(centroids.values.length);
    for (let point = 0; point < count; point++) {
      const to = clusters[point]! * width;
      if (to >= 0) for (let d = 0; d < width; d++) sums[to + d]! += values[point * width + d]!;
    }
    // The length of the sum of unit vectors is the sum of their cosines with its direction.
    tightness = 0;
    for (let at = 0; at < sums.length; at += width) tightness += normalise(sums, at, width);
    centroids = {...centroids, values: sums};
    const moved = assign(points, centroids);
    if (moved.every((cluster, point) => cluster === clusters[point])) break;
    clusters = moved;
  }
  return {centroids, tightness};
}

/** Points far from each other: each is drawn with the square of its distance from those drawn before. */
function seeds(points: Points, wanted: number, next: () => number): Points {
  const {count, width, values} = points;
  const far = new Float64Array(count);
  for (let point = 0; point < count; point++) far[point] = isZero(values, point * width, width) ? 0 : 1;
  const chosen: number[] = [];
  while (chosen.length < wanted) {
    const total = far.reduce((sum, distance) => sum + distance, 0);
    if (total < 1e-9) break;
    const drawn = draw(far, next() * total);
    chosen.push(drawn);
    // Of unit vectors the squared distance is twice 1 - cosine.
    for (let point = 0; point < count; point++) {
      const distance = Math.max(0, 1 - cosine(values, point * width, values, drawn * width, width));
      if (distance < far[point]!) far[point] = distance;
    }
  }
  return select(points, chosen);
}

/** The first place where the sum of weights up to it exceeds `limit`. */
function draw(weights: Float64Array, limit: number): number {
  let left = limit;
  for (let at = 0; at < weights.length - 1; at++) {
    left -= weights[at]!;
    if (left < 0) return at;
  }
  return weights.length - 1;
}

function select({width, values}: Points, chosen: readonly number[]): Points {
  const selected = new Float64Array(chosen.length * width);
  for (const [to, from] of chosen.entries())
    selected.set(values.subarray(from * width, (from + 1) * width), to * width);
  return {count: chosen.length, width, values: selected};
}

function cosine(one: Float64Array, at: number, other: Float64Array, from: number, width: number): number {
  let sum = 0;
  for (let d = 0; d < width; d++) sum += one[at + d]! * other[from + d]!;
  return sum;
}

function isZero(values: Float64Array, at: number, width: number): boolean {
  for (let d = 0; d < width; d++) if (values[at + d] !== 0) return false;
  return true;
}

/** In place; gives the length that it had. */
function normalise(values: Float64Array, at: number, width: number): number {
  const length = Math.sqrt(cosine(values, at, values, at, width));
  if (length > 0) for (let d = 0; d < width; d++) values[at + d]! /= length;
  return length;
}
