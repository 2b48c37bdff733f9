/**
 * Boosted trees of one depth, flat: node 1 is the root, 2n and 2n + 1 are the children of n; `features` is -1 at a
 * leaf. Every node has the value it would give as a leaf, so that what each split adds can be told.
 */
export interface Forest {
  readonly depth: number;
  readonly features: Int8Array;
  readonly thresholds: Float32Array;
  readonly values: Float32Array;
}

/** Sum of the trees' leaves. */
export function scoreForest({depth, features, thresholds, values}: Forest, style: ArrayLike<number>): number {
  const size = 2 << depth;
  let sum = 0;
  for (let tree = 0; tree < features.length; tree += size) {
    let node = 1;
    for (let feature = features[tree + 1]!; feature >= 0; feature = features[tree + node]!) {
      node = 2 * node + (style[feature]! >= thresholds[tree + node]! ? 1 : 0);
    }
    sum += values[tree + node]!;
  }
  return sum;
}

/** What each feature added on the way to the leaves, by feature. */
export function forestEffects(forest: Forest, style: ArrayLike<number>, effects: Float64Array): void {
  const {depth, features, thresholds, values} = forest;
  const size = 2 << depth;
  for (let tree = 0; tree < features.length; tree += size) {
    let node = 1;
    for (let feature = features[tree + 1]!; feature >= 0; feature = features[tree + node]!) {
      const next = 2 * node + (style[feature]! >= thresholds[tree + node]! ? 1 : 0);
      effects[feature]! += values[tree + next]! - values[tree + node]!;
      node = next;
    }
  }
}
