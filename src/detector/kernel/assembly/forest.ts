import {FOREST, MEASURES, STYLE} from './memory';

// Trees of one depth, whole: where one ends early its node sends all to the left, and what hangs there has its
// value. So every text takes as many steps, without a branch, and four trees are climbed side by side.

/** Bytes of a node: place of its measure, threshold, value, nothing. 1 is the root, 2n and 2n + 1 follow n. */
const NODE: usize = 4;

// @ts-expect-error: decorator
@inline
function next(tree: usize, node: usize): usize {
  const at = tree + (node << NODE);
  return 2 * node + <usize>(load<f32>(MEASURES + <usize>load<u32>(at)) >= load<f32>(at, 4));
}

// @ts-expect-error: decorator
@inline
function value(tree: usize, node: usize): f64 { return <f64>load<f32>(tree + (node << NODE), 8); }

/** Sum of the leaves of `trees` trees, a multiple of four, for the text at hand. */
export function forest(trees: u32, depth: u32, measures: u32): f64 {
  // Rounded as in training, so that a value on a threshold falls on the same side.
  for (let index: usize = 0; index < <usize>measures; index++)
    store<f32>(MEASURES + (index << 2), <f32>load<f64>(STYLE + (index << 3)));
  let sum: f64 = 0;
  const size = (<usize>2 << depth) << NODE;
  const end = FOREST + <usize>trees * size;
  for (let one = FOREST; one < end; one += 4 * size) {
    const two = one + size;
    const three = two + size;
    const four = three + size;
    let node: usize = 1;
    let node2: usize = 1;
    let node3: usize = 1;
    let node4: usize = 1;
    for (let level: u32 = 0; level < depth; level++) {
      node = next(one, node);
      node2 = next(two, node2);
      node3 = next(three, node3);
      node4 = next(four, node4);
    }
    sum += value(one, node);
    sum += value(two, node2);
    sum += value(three, node3);
    sum += value(four, node4);
  }
  return sum;
}
