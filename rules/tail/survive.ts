import {type Estimate, mostDrawn, survivalOf} from './rarefaction.js';
import type {Spectrum} from './spectrum.js';
import {each, groups, slotOf, type TypeTable, width} from './types.js';

const half = groups / 2;

/** Fewer records of the reference or of the round than this say nothing about a tail. */
const leastRecords = 64;
/** Fewer types than this are no tail. */
const leastTypes = 30;

/** A tail: types of the first half of the reference, by their hashes. */
export interface Tail {
  readonly keys: readonly number[];
  /** Most tokens that a type of it has there. */
  readonly most: number;
}

/**
 * The rarest types of the reference's first half that together cover about `share` of its tokens, in whole
 * classes of frequency: a cut inside a class would be arbitrary (arXiv:2305.17493 takes a fixed share).
 */
export function tailOf(table: TypeTable, share: number): Tail {
  const classes = new Map<number, number[]>();
  let tokens = 0;
  for (const [key, at] of each(table)) {
    const count = table.counts[at + groups]!;
    if (count === 0) continue;
    tokens += count;
    const ofCount = classes.get(count);
    if (ofCount === undefined) classes.set(count, [key]);
    else ofCount.push(key);
  }
  const keys: number[] = [];
  let mass = 0;
  let most = 0;
  for (const [count, ofCount] of [...classes].sort(([a], [b]) => a - b)) {
    const next = mass + (count * ofCount.length) / tokens;
    if (keys.length > 0 && Math.abs(next - share) > Math.abs(mass - share)) break;
    for (const key of ofCount) keys.push(key);
    mass = next;
    most = count;
  }
  return {keys, most};
}

/** Types of the reference's first half that have from `low` to `high` tokens there. */
export function bandOf(table: TypeTable, low: number, high: number): number[] {
  return each(table)
    .filter(([, at]) => table.counts[at + groups]! >= low && table.counts[at + groups]! <= high)
    .map(([key]) => key);
}

export interface Survival {
  readonly round: Estimate;
  /** Of the reference's second half, which knows nothing of how the types were chosen. */
  readonly reference: Estimate;
  /** Records that both were measured at. */
  readonly drawn: number;
}

/** Survival of types in the round and in the reference's second half at the same number of records. */
export function survive(
  kind: 'words' | 'pairs',
  keys: readonly number[],
  round: Spectrum,
  reference: Spectrum,
): Survival | undefined {
  const second = Array.from(reference.sizes.subarray(half));
  const all = Array.from(round.sizes);
  const drawn = Math.min(mostDrawn(second), mostDrawn(all));
  const known = sampledIn(keys, round[kind], reference[kind]);
  if (drawn < leastRecords || known.length < leastTypes) return undefined;
  return {
    round: survivalOf(heldBy(round[kind], known, 0), all, drawn),
    reference: survivalOf(heldBy(reference[kind], known, half), second, drawn),
    drawn,
  };
}

/** Survival of the same types before and after the gates, at the same number of records. */
export function surviveGates(
  keys: readonly number[],
  before: Spectrum,
  after: Spectrum,
): {before: Estimate; after: Estimate} | undefined {
  const sizes = [Array.from(before.sizes), Array.from(after.sizes)] as const;
  const drawn = Math.min(mostDrawn(sizes[0]), mostDrawn(sizes[1]));
  const known = sampledIn(keys, before.words, after.words);
  if (drawn < leastRecords || known.length < leastTypes) return undefined;
  return {
    before: survivalOf(heldBy(before.words, known, 0), sizes[0], drawn),
    after: survivalOf(heldBy(after.words, known, 0), sizes[1], drawn),
  };
}

/** Two samples know the same types only under the lower of their limits. */
function sampledIn(keys: readonly number[], a: TypeTable, b: TypeTable): number[] {
  const limit = Math.min(a.limit, b.limit);
  return keys.filter(key => key < limit);
}

const nowhere = new Uint32Array(groups);

/** Records that hold each type, by group, from the group `first` on. */
function heldBy(table: TypeTable, keys: readonly number[], first: number): Uint32Array[] {
  return keys.map(key => {
    const slot = slotOf(table.keys, key);
    if (table.keys[slot] !== key) return nowhere;
    return table.counts.subarray(slot * width + first, slot * width + groups);
  });
}

/** Share of all tokens that are types of the tail, from those that the sample knows. */
export function rateOf(keys: readonly number[], {words, tokens}: Spectrum): number {
  let found = 0;
  for (const key of keys) {
    if (key >= words.limit) continue;
    const at = slotOf(words.keys, key) * width + groups;
    if (words.keys[(at - groups) / width] === key) found += words.counts[at]! + words.counts[at + 1]!;
  }
  const all = tokens[0]! + tokens[1]!;
  return (found * 2 ** 32) / words.limit / all;
}
