/**
 * Chance that a type held by `held` of `records` records is in a sample of `drawn` of them, drawn without
 * replacement: 1 - C(records - held, drawn) / C(records, drawn) (Hurlbert 1971). `drawn` <= `records`.
 */
export function chanceOfSurvival(records: number, held: number, drawn: number): number {
  let absent = 1;
  for (let index = 0; index < held && absent > 1e-12; index++) {
    absent *= Math.max(0, records - drawn - index) / (records - index);
  }
  return 1 - absent;
}

/** An estimate with its variance, and how many values the variance rests on less one. */
export interface Estimate {
  readonly value: number;
  readonly variance: number;
  readonly freedom: number;
}

/**
 * Mean chance of survival of types in a sample of `drawn` records, with the variance of a jackknife that
 * leaves out one group of records at a time (text is bursty: types do not fall on records independently).
 * `held` has `sizes.length` numbers for each type: in how many records of each group it is. `drawn` must leave
 * room for any group to be left out.
 */
export function survivalOf(
  held: readonly ArrayLike<number>[],
  sizes: readonly number[],
  drawn: number,
): Estimate {
  const records = sizes.reduce((sum, size) => sum + size, 0);
  const count = sizes.length;
  let whole = 0;
  const without = new Float64Array(count);
  for (const byGroup of held) {
    let all = 0;
    for (let group = 0; group < count; group++) all += byGroup[group]!;
    whole += chanceOfSurvival(records, all, drawn);
    for (let group = 0; group < count; group++) {
      without[group]! += chanceOfSurvival(records - sizes[group]!, all - byGroup[group]!, drawn);
    }
  }
  const values = without.map(sum => sum / held.length);
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const spread = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {value: whole / held.length, variance: ((count - 1) / count) * spread, freedom: count - 1};
}

/** Records that can be drawn whichever group is left out. */
export function mostDrawn(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + size, 0) - Math.max(0, ...sizes);
}
