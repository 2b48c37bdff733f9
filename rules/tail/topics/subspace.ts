import {random} from './random.js';
import type {Vectors} from './vectors.js';

/** Dimensions that texts are projected to: what many texts have in common, without what sets each apart. */
export const dimensions = 16;
const rounds = 4;

/**
 * An orthonormal basis of the directions in which texts vary most: latent semantic analysis (Deerwester et
 * al., *JASIS* 41, 1990), by subspace iteration from fixed pseudo-random directions (Halko, Martinsson and
 * Tropp, arXiv:0909.4061). On the words themselves most texts of a topic have next to nothing in common.
 * `dimensions` numbers for each of `terms` words.
 */
export function subspaceOf(vectors: Vectors, terms: number): Float64Array {
  const next = random();
  let basis = orthonormal(Float64Array.from({length: terms * dimensions}, () => next() - 0.5));
  for (let round = 0; round < rounds; round++)
    basis = orthonormal(expand(vectors, project(vectors, basis), terms));
  return basis;
}

/** Coordinates of texts, `dimensions` each. */
export function project({count, starts, terms, weights}: Vectors, basis: Float64Array): Float64Array {
  const points = new Float64Array(count * dimensions);
  for (let text = 0; text < count; text++) {
    for (let at = starts[text]!; at < starts[text + 1]!; at++) {
      const from = terms[at]! * dimensions;
      const weight = weights[at]!;
      for (let d = 0; d < dimensions; d++) points[text * dimensions + d]! += weight * basis[from + d]!;
    }
  }
  return points;
}

function expand({count, starts, terms, weights}: Vectors, points: Float64Array, size: number): Float64Array {
  const basis = new Float64Array(size * dimensions);
  for (let text = 0; text < count; text++) {
    for (let at = starts[text]!; at < starts[text + 1]!; at++) {
      const to = terms[at]! * dimensions;
      const weight = weights[at]!;
      for (let d = 0; d < dimensions; d++) basis[to + d]! += weight * points[text * dimensions + d]!;
    }
  }
  return basis;
}

/** By Gram and Schmidt, in place. A direction that depends on those before it becomes 0. */
function orthonormal(basis: Float64Array): Float64Array {
  for (let d = 0; d < dimensions; d++) {
    const before = Math.sqrt(dot(basis, d, d));
    for (let other = 0; other < d; other++) {
      const shared = dot(basis, d, other);
      for (let at = 0; at < basis.length; at += dimensions) basis[at + d]! -= shared * basis[at + other]!;
    }
    const length = Math.sqrt(dot(basis, d, d));
    const scale = length > 1e-10 * before ? 1 / length : 0;
    for (let at = d; at < basis.length; at += dimensions) basis[at]! *= scale;
  }
  return basis;
}

function dot(basis: Float64Array, one: number, other: number): number {
  let sum = 0;
  for (let at = 0; at < basis.length; at += dimensions) sum += basis[at + one]! * basis[at + other]!;
  return sum;
}
