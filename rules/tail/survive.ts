import {freedomOf, studentBelow, studentQuantile} from '../statistics/student.js';
import {type Estimate, jackknife, mostDrawn, type Rarefied, survivalOf} from './rarefaction.js';
import type {Spectrum} from './spectrum.js';
import {chosenTokens, each, judging, slotOf, type TypeTable, width} from './types.js';

/** Fewer records that judge, of the reference or of the round, say nothing about a tail. */
const leastRecords = 64;
/** Fewer types than this are no tail. */
const leastTypes = 30;

/** A tail: types by their hashes, as rare as this in the groups of the reference that choose. */
export interface Tail {
  readonly keys: readonly number[];
  /** Most tokens that a type of it has there. */
  readonly most: number;
}

/**
 * The types that together come nearest to covering the share `from` to `to` of the tokens of the choosing
 * groups, the rarest first, in whole classes of frequency: a cut inside a class would be arbitrary.
 */
export function tailOf(table: TypeTable, to: number, from = 0): Tail {
  const classes = new Map<number, number[]>();
  let tokens = 0;
  for (const [key, at] of each(table)) {
    const count = table.counts[at + chosenTokens]!;
    if (count === 0) continue;
    tokens += count;
    const ofCount = classes.get(count);
    if (ofCount === undefined) classes.set(count, [key]);
    else ofCount.push(key);
  }
  const sorted = [...classes].sort(([a], [b]) => a - b);
  const reach = (share: number) => {
    let [taken, mass] = [0, 0];
    for (const [count, {length}] of sorted) {
      const next = mass + (count * length) / tokens;
      if (taken > 0 && Math.abs(next - share) > Math.abs(mass - share)) break;
      mass = next;
      taken++;
    }
    return taken;
  };
  const taken = sorted.slice(from === 0 ? 0 : reach(from), reach(to));
  return {keys: taken.flatMap(([, keys]) => keys), most: taken.at(-1)?.[0] ?? 0};
}

/** Types that have from `low` to `high` tokens in the choosing groups. */
export function bandOf(table: TypeTable, low: number, high: number): number[] {
  return each(table)
    .filter(([, at]) => {
      const tokens = table.counts[at + chosenTokens]!;
      return tokens >= low && tokens <= high;
    })
    .map(([key]) => key);
}

export interface Survival {
  readonly round: Rarefied;
  /** Of the reference's judging groups, which know nothing of how the types were chosen. */
  readonly reference: Rarefied;
  /** Records that both were measured at. */
  readonly drawn: number;
}

/** Survival of types in the round and in the reference at the same number of records. */
export function survive(
  kind: 'words' | 'pairs',
  keys: readonly number[],
  round: Spectrum,
  reference: Spectrum,
): Survival | undefined {
  const known = sampledIn(keys, round[kind], reference[kind]);
  if (known.length < leastTypes) return undefined;
  if (recordsOf(round) < leastRecords || recordsOf(reference) < leastRecords) return undefined;
  const drawn = Math.min(mostDrawn(round.sizes), mostDrawn(reference.sizes));
  if (drawn < leastRecords / 4) return undefined;
  return {
    round: survivalOf(heldBy(round[kind], known), round.sizes, drawn),
    reference: survivalOf(heldBy(reference[kind], known), reference.sizes, drawn),
    drawn,
  };
}

/** Records that judge. */
function recordsOf({sizes}: Spectrum): number {
  return sizes.reduce((sum, size) => sum + size, 0);
}

/**
 * Chance that an honest round has lost at least as much (one-sided t-test after Welch): the variances are those
 * of both sides, as a round need not spread as the reference does.
 */
export function chanceOf({round, reference}: Survival): number {
  const variance = round.variance + reference.variance;
  if (variance === 0) return round.value < reference.value ? 0 : 1;
  return studentBelow((round.value - reference.value) / Math.sqrt(variance), freedomOf([round, reference]));
}

/**
 * What gates did to survival of types. Groups are left out of both sides at once, as what is left after is a
 * part of what was there before.
 */
export function changeOfSurvival(
  keys: readonly number[],
  before: Spectrum,
  after: Spectrum,
): Estimate | undefined {
  const survival = survive('words', keys, after, before);
  if (survival === undefined) return undefined;
  const {round: kept, reference: all} = survival;
  const value = kept.value - all.value;
  const changes = kept.without.map((share, group) => share - all.without[group]! - value);
  return {value, ...jackknife(changes, before.sizes)};
}

/**
 * The chance that the least of several tests is as low as it is, were they independent (Sidak 1967). Tests of
 * one round rather agree, so it is a little too high, which is the safe side.
 */
export function chanceOfLeast(chances: readonly number[]): number {
  return chances.length === 0 ? Number.NaN : -Math.expm1(chances.length * Math.log1p(-Math.min(...chances)));
}

/** At 95 %. */
export function intervalOf({value, variance, freedom}: Estimate, low = 0): [number, number] {
  const reach = studentQuantile(0.975, freedom) * Math.sqrt(variance);
  return [Math.max(low, value - reach), Math.min(1, value + reach)];
}

/** Two samples know the same types only under the lower of their limits. */
function sampledIn(keys: readonly number[], a: TypeTable, b: TypeTable): number[] {
  const limit = Math.min(a.limit, b.limit);
  return keys.filter(key => key < limit);
}

/** Records of each judging group that hold each type: `judging` numbers a type. */
function heldBy(table: TypeTable, keys: readonly number[]): Uint32Array {
  const held = new Uint32Array(keys.length * judging);
  for (const [type, key] of keys.entries()) {
    const slot = slotOf(table.keys, key);
    if (table.keys[slot] !== key) continue;
    held.set(table.counts.subarray(slot * width, slot * width + judging), type * judging);
  }
  return held;
}
