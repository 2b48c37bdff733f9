import {freedomOf, studentBelow, studentQuantile} from '../statistics/student.js';
import {type Estimate, jackknife, mostDrawn, type Rarefied, survivalOf} from './rarefaction.js';
import type {Spectrum} from './spectrum.js';
import {chosenTokens, firstGroup, judging, keysOf, placeOf, type TypeTable} from './types.js';

/** Fewer records that judge, of the reference or of the round, say nothing about a tail. */
export const leastRecords = 64;
/** Fewer types than this are no tail. */
export const leastTypes = 30;

/** A tail: types by their keys, and how many tokens the commonest of them has in the groups that choose. */
export interface Tail {
  readonly keys: Uint32Array;
  readonly most: number;
}

/** Types of the reference by their keys, in order, with their tokens in the groups that choose. */
export interface Choices {
  readonly keys: Uint32Array;
  readonly tokens: Uint32Array;
}

export function choicesOf(table: TypeTable): Choices {
  const keys = keysOf(table);
  return {keys, tokens: keys.map(key => table.counts[placeOf(table, key) + chosenTokens]!)};
}

/**
 * The rarest types that together come nearest to covering this share of the tokens of the choosing groups, in
 * whole classes of frequency: a cut inside a class would be arbitrary. With `after`, those that have more tokens
 * each than that.
 */
export function tailOf({keys, tokens}: Choices, share: number, after = 0): Tail {
  const classes = new Map<number, number>();
  for (const count of tokens) if (count > 0) classes.set(count, (classes.get(count) ?? 0) + 1);
  const sorted = [...classes].sort(([a], [b]) => a - b);
  const all = sorted.reduce((sum, [count, types]) => sum + count * types, 0);
  let [most, mass] = [after, 0];
  for (const [count, types] of sorted) {
    if (count <= after) continue;
    const next = mass + (count * types) / all;
    if (most > after && Math.abs(next - share) > Math.abs(mass - share)) break;
    mass = next;
    most = count;
  }
  return {keys: bandOf({keys, tokens}, after + 1, most), most};
}

/** Types that have from `low` to `high` tokens in the choosing groups. */
export function bandOf({keys, tokens}: Choices, low: number, high: number): Uint32Array {
  return keys.filter((_, type) => tokens[type]! >= low && tokens[type]! <= high);
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
  keys: Uint32Array,
  round: Spectrum,
  reference: Spectrum,
): Survival | undefined {
  const known = sampledIn(keys, round[kind], reference[kind]);
  if (known.length < leastTypes) return undefined;
  if (recordsOf(round) < leastRecords || recordsOf(reference) < leastRecords) return undefined;
  const drawn = Math.min(mostDrawn(round.sizes), mostDrawn(reference.sizes));
  if (drawn < leastRecords / 2) return undefined;
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
 * Chance that an honest round has lost at least as much (one-sided t-test). If it is honest, types come together
 * in its records as they do in those of the reference, so that part of the variance is estimated from both: by
 * itself, a small round that happens to lack rich records would seem to vary little as well.
 */
export function chanceOf({round, reference}: Survival): number {
  const parts = [round, reference].map(({shared, records, freedom}) => ({
    variance: shared * records * records,
    freedom,
  }));
  const ofRecord = (parts[0]!.variance + parts[1]!.variance) / (round.records + reference.records);
  const variance = round.own + reference.own + ofRecord / round.records + ofRecord / reference.records;
  if (variance <= 0) return round.value < reference.value ? 0 : 1;
  return studentBelow((round.value - reference.value) / Math.sqrt(variance), freedomOf(parts));
}

/**
 * What gates did to survival of types. Groups are left out of both sides at once, as what is left after is a
 * part of what was there before.
 */
export function changeOfSurvival(keys: Uint32Array, before: Spectrum, after: Spectrum): Estimate | undefined {
  const survival = survive('words', keys, after, before);
  if (survival === undefined) return undefined;
  const {round: kept, reference: all} = survival;
  const value = kept.value - all.value;
  const changes = kept.without.map((share, group) => share - all.without[group]! - value);
  return {value, ...jackknife(changes, before.sizes)};
}

/**
 * The chance that any of several tests is as low as the worst of them, were they independent (Sidak 1967), each
 * with its share of the false alarms. Tests of one round rather agree, so it is a little too high: the safe side.
 */
export function chanceOfWorst(tests: readonly {readonly chance: number; readonly weight: number}[]): number {
  const all = tests.reduce((sum, {weight}) => sum + weight, 0);
  return Math.min(...tests.map(({chance, weight}) => -Math.expm1((all / weight) * Math.log1p(-chance))));
}

/** At 95 %. */
export function intervalOf({value, variance, freedom}: Estimate, low = 0): [number, number] {
  const reach = studentQuantile(0.975, freedom) * Math.sqrt(variance);
  return [Math.max(low, value - reach), Math.min(1, value + reach)];
}

/** Two samples know the same types only under the lower of their limits. */
function sampledIn(keys: Uint32Array, a: TypeTable, b: TypeTable): Uint32Array {
  const limit = Math.min(a.limit, b.limit);
  return keys.filter(key => key < limit);
}

/** Records of each judging group that hold each type: `judging` numbers a type. */
function heldBy(table: TypeTable, keys: Uint32Array): Uint32Array {
  const held = new Uint32Array(keys.length * judging);
  for (let type = 0; type < keys.length; type++) {
    const at = placeOf(table, keys[type]!);
    if (at < 0) continue;
    for (let group = 0; group < judging; group++) {
      held[type * judging + group] = table.counts[at + firstGroup + group]!;
    }
  }
  return held;
}
