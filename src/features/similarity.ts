import {sketchBytes} from './text.js';

/** Exact Jaccard similarity of two sorted lists of distinct elements; 0 when both are empty. */
export function jaccard(a: Uint32Array, b: Uint32Array): number {
  let shared = 0;
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const left = a[i]!;
    const right = b[j]!;
    if (left === right) shared++;
    if (left <= right) i++;
    if (right <= left) j++;
  }
  const union = a.length + b.length - shared;
  return union === 0 ? 0 : shared / union;
}

/** Estimated Jaccard similarity of two sketches, in [0, 1]; standard error at most 0.045. */
export function estimate(a: Uint8Array, aOffset: number, b: Uint8Array, bOffset: number): number {
  let equal = 0;
  for (let bin = 0; bin < sketchBytes; bin++) if (a[aOffset + bin] === b[bOffset + bin]) equal++;
  // Two different elements share a byte once in 256.
  const chance = 1 / 256;
  return Math.max(0, (equal / sketchBytes - chance) / (1 - chance));
}

/**
 * Share of the words of `inner` that stand in runs of at least `run` words that `outer` also has, in
 * [0, 1]. Both are word hashes in order. A text shorter than one run is not covered at all.
 */
export function coverage(inner: Uint32Array, outer: Uint32Array, run: number): number {
  if (inner.length < run || outer.length < run) return 0;
  const seen = new Set<number>();
  for (let at = 0; at + run <= outer.length; at++) seen.add(runHash(outer, at, run));
  let covered = 0;
  let end = 0;
  for (let at = 0; at + run <= inner.length; at++) {
    if (!seen.has(runHash(inner, at, run))) continue;
    covered += at + run - Math.max(at, end);
    end = at + run;
  }
  return covered / inner.length;
}

/** 53-bit hash of a run of words, exact in a double. */
function runHash(words: Uint32Array, at: number, run: number): number {
  let low = 0;
  let high = 0;
  for (let index = at; index < at + run; index++) {
    low = Math.imul(low ^ words[index]!, 0x9e3779b1) ^ (low >>> 15);
    high = Math.imul(high ^ words[index]!, 0x85ebca77) + (high >>> 13);
  }
  return (high >>> 11) * 0x100000000 + (low >>> 0);
}
