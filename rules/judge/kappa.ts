/** By verdicts of a record, `passes:judges`: how many records have them; and for two judges who said what. */
export interface Verdicts {
  readonly items: Map<string, number>;
  /** Both pass, only the first, only the second, neither. */
  readonly pairs: [number, number, number, number];
}

/**
 * Agreement of two judges beyond chance (J. Cohen, 1960): 1 always agree, 0 as chance would have it. NaN where
 * both always say the same one thing, since then chance agrees too.
 */
export function cohensKappa([both, first, second, neither]: Verdicts['pairs']): number {
  const n = both + first + second + neither;
  const [a, b] = [(both + first) / n, (both + second) / n];
  const chance = a * b + (1 - a) * (1 - b);
  return ((both + neither) / n - chance) / (1 - chance);
}

/** Agreement of as many judges as most records have (J. L. Fleiss, 1971), two verdicts. */
export function fleissKappa(items: ReadonlyMap<string, number>): {kappa: number; records: number} {
  const byJudges = new Map<number, [passes: number, records: number][]>();
  for (const [key, records] of items) {
    const [passes, judges] = key.split(':').map(Number) as [number, number];
    byJudges.set(judges, [...(byJudges.get(judges) ?? []), [passes, records]]);
  }
  const size = (list: readonly (readonly [number, number])[]) =>
    list.reduce((sum, [, records]) => sum + records, 0);
  const [largest] = [...byJudges].sort((a, b) => size(b[1]) - size(a[1]) || a[0] - b[0]);
  if (largest === undefined) return {kappa: Number.NaN, records: 0};
  const [n, rows] = largest;
  const records = size(rows);
  let [agreed, passed] = [0, 0];
  for (const [passes, count] of rows) {
    const fails = n - passes;
    agreed += (count * (passes * (passes - 1) + fails * (fails - 1))) / (n * (n - 1));
    passed += count * passes;
  }
  const p = passed / (n * records);
  const chance = p * p + (1 - p) * (1 - p);
  return {kappa: (agreed / records - chance) / (1 - chance), records};
}
