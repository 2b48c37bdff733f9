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
  const last = outer.length - run;
  if (inner.length < run || last < 0) return 0;
  // Where a run begins in `outer`, by hash; chains of runs with one hash are short, and compared word by word.
  let slots = 64;
  while (slots < outer.length * 2) slots *= 2;
  const heads = new Int32Array(slots).fill(-1);
  const next = new Int32Array(last + 1);
  for (let at = 0; at <= last; at++) {
    const slot = runHash(outer, at, run) & (slots - 1);
    let other = heads[slot]!;
    while (other >= 0 && !sameRun(outer, other, outer, at, run)) other = next[other]!;
    if (other >= 0) continue; // The same run was there before.
    next[at] = heads[slot]!;
    heads[slot] = at;
  }
  let covered = 0;
  let end = 0;
  for (let at = 0; at + run <= inner.length; at++) {
    let other = heads[runHash(inner, at, run) & (slots - 1)]!;
    while (other >= 0 && !sameRun(outer, other, inner, at, run)) other = next[other]!;
    if (other < 0) continue;
    covered += at + run - Math.max(at, end);
    end = at + run;
  }
  return covered / inner.length;
}

function runHash(words: Uint32Array, at: number, run: number): number {
  let hash = 0;
  for (let index = at; index < at + run; index++)
    hash = Math.imul(hash ^ words[index]!, 0x9e3779b1) ^ (hash >>> 15);
  return hash ^ (hash >>> 13);
}

function sameRun(a: Uint32Array, i: number, b: Uint32Array, j: number, run: number): boolean {
  for (let step = 0; step < run; step++) if (a[i + step] !== b[j + step]) return false;
  return true;
}
