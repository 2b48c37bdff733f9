/**
 * Chance that a type held by `held` of `records` records is in a sample of `drawn` of them, drawn without
 * replacement: 1 - C(records - held, drawn) / C(records, drawn) (Hurlbert 1971). `drawn` <= `records`.
 */
export function chanceOfSurvival(records: number, held: number, drawn: number): number {
  return 1 - (absences(records, drawn, held)[held] ?? 0);
}

/** Chance that a type is absent, by the records that hold it; what lies beyond the end is nothing. */
function absences(records: number, drawn: number, most: number): number[] {
  const chances = [1];
  for (let held = 0; held < most && chances[held]! > 1e-12; held++) {
    chances.push((chances[held]! * Math.max(0, records - drawn - held)) / (records - held));
  }
  return chances;
}

/** An estimate with its variance, and how many values the variance rests on less one. */
export interface Estimate {
  readonly value: number;
  readonly variance: number;
  readonly freedom: number;
}

export interface Rarefied extends Estimate {
  readonly records: number;
  /** The part of the variance that is each type's own, and the other: types come together in records. */
  readonly own: number;
  readonly shared: number;
  /** What the share would be without each of the groups; of an empty one the same. */
  readonly without: Float64Array;
}

/**
 * Mean chance of survival of types in a sample of `drawn` records. `held` has `sizes.length` numbers for each
 * type: in how many records of each group it is. `drawn` must be at most `mostDrawn` of the sizes.
 *
 * The variance is that of a jackknife that leaves out one group at a time, of groups of unequal size (Busing,
 * Meijer and van der Leeden, *Statistics and Computing* 9, 1999): text is bursty, and types do not fall on
 * records independently. A jackknife overrates what is not linear (Efron and Stein 1981), here the chance of
 * each type by itself: that part is taken out, and put back in as it is known without bias.
 */
export function survivalOf(held: Uint32Array, sizes: ArrayLike<number>, drawn: number): Rarefied {
  const count = sizes.length;
  const types = held.length / count;
  const totals = new Uint32Array(types);
  let records = 0;
  let most = 0;
  for (let group = 0; group < count; group++) records += sizes[group]!;
  for (let type = 0, at = 0; type < types; type++) {
    for (let group = 0; group < count; group++, at++) totals[type]! += held[at]!;
  }
  for (const total of totals) most = Math.max(most, total);

  const value = 1 - sumOver(totals, absences(records, drawn, most)) / types;
  const without = new Float64Array(count).fill(value);
  for (let group = 0; group < count; group++) {
    const size = sizes[group]!;
    if (size === 0) continue;
    const chances = absences(records - size, drawn, most);
    let absent = 0;
    for (let type = 0; type < types; type++) {
      absent += chances[totals[type]! - held[type * count + group]!] ?? 0;
    }
    without[group] = 1 - absent / types;
  }
  const {variance, freedom} = jackknife(
    without.map(share => share - value),
    sizes,
  );
  const of = ownVariances(drawn / records, most);
  // What is known without bias may come out under nothing where few types are all the evidence.
  const own = Math.max(0, sumOver(totals, of.unbiased) / types ** 2);
  const shared = Math.max(0, variance - sumOver(totals, of.jackknife) / types ** 2);
  return {value, variance: own + shared, own, shared, records, freedom, without};
}

/** By how much leaving out each group changes a number: its variance. Groups of no records say nothing. */
export function jackknife(
  changes: ArrayLike<number>,
  sizes: ArrayLike<number>,
): {readonly variance: number; readonly freedom: number} {
  const records = Array.from(sizes).reduce((sum, size) => sum + size, 0);
  let variance = 0;
  let groups = 0;
  for (let group = 0; group < sizes.length; group++) {
    const size = sizes[group]!;
    if (size === 0) continue;
    groups++;
    variance += ((records - size) / size) * changes[group]! ** 2;
  }
  return {variance: variance / Math.max(1, groups), freedom: Math.max(1, groups - 1)};
}

function sumOver(totals: Uint32Array, values: readonly number[]): number {
  let sum = 0;
  for (let type = 0; type < totals.length; type++) sum += values[totals[type]!] ?? 0;
  return sum;
}

/**
 * Variance of one type's absence (1 - p)^f, the number f of records that hold it being a Poisson variable: an
 * unbiased estimate, and what a jackknife over records gives. By f; what lies beyond the end is nothing.
 */
function ownVariances(p: number, most: number): {unbiased: number[]; jackknife: number[]} {
  const [unbiased, jackknife] = [[0], [0]];
  for (let f = 1; f <= most && (1 - p) ** f > 1e-12; f++) {
    unbiased.push((1 - p) ** (2 * f) - (1 - 2 * p) ** f);
    jackknife.push(p * p * f * (1 - p) ** (2 * f - 2));
  }
  return {unbiased, jackknife};
}

/**
 * Records to compare a corpus at: three quarters of them, as the last ones make an estimate that leans on single
 * records, and less where one group is more than the other quarter.
 */
export function mostDrawn(sizes: ArrayLike<number>): number {
  const all = Array.from(sizes);
  const records = all.reduce((sum, size) => sum + size, 0);
  return Math.min(Math.floor(0.75 * records), records - Math.max(0, ...all));
}
