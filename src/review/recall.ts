import type {Interval} from '../../rules/statistics/proportions.js';
import type {Reviewed, Strata} from './stats.js';

const draws = 4_000;

/**
 * Share of the bad records of a run that a rule reports, from a blind sample of flagged and of other records.
 * Each sample stands for all records of its kind, so the two are weighed by how many there are. The interval
 * is that of 4,000 draws from what the samples leave possible (Dirichlet and beta distributions after
 * Jeffreys), made with a fixed seed. Undefined when one kind was not sampled or nothing bad was found.
 */
export function recallOf(
  rule: string,
  sample: readonly Reviewed[],
  strata: Strata,
): {readonly value: number; readonly interval: Interval} | undefined {
  const flagged = sample.filter(one => one.flagged);
  const others = sample.filter(one => !one.flagged);
  if ((flagged.length === 0 && strata.flagged > 0) || (others.length === 0 && strata.others > 0))
    return undefined;
  const found = flagged.filter(one => one.bad && one.rules.includes(rule)).length;
  const missed = flagged.filter(one => one.bad).length - found;
  const good = flagged.length - found - missed;
  const unseen = others.filter(one => one.bad).length;
  const share = (hit: number, miss: number, below: number) => {
    const [all, rest] = [strata.flagged * (hit + miss), strata.others * below];
    return all + rest === 0 ? Number.NaN : (strata.flagged * hit) / (all + rest);
  };
  const value = share(
    found / Math.max(1, flagged.length),
    missed / Math.max(1, flagged.length),
    unseen / Math.max(1, others.length),
  );
  if (Number.isNaN(value)) return undefined;
  const random = createRandom();
  const values = Array.from({length: draws}, () => {
    const [hit, miss, fine] = [found, missed, good].map(count => gamma(count + 0.5, random)) as [
      number,
      number,
      number,
    ];
    const [bad, rest] = [unseen, others.length - unseen].map(count => gamma(count + 0.5, random)) as [
      number,
      number,
    ];
    return share(hit / (hit + miss + fine), miss / (hit + miss + fine), bad / (bad + rest));
  }).sort((a, b) => a - b);
  return {value, interval: [values[draws * 0.025]!, values[draws * 0.975 - 1]!]};
}

/** Mulberry32: small, and the same on every machine. */
export function createRandom(): () => number {
  let state = 0x5eed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A draw of the gamma distribution with scale 1 (Marsaglia and Tsang, ACM TOMS 26, 2000). */
export function gamma(shape: number, random: () => number): number {
  if (shape < 1) return gamma(shape + 1, random) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const v = (1 + c * normal) ** 3;
    if (v <= 0) continue;
    const u = 1 - random();
    if (Math.log(u) < 0.5 * normal ** 2 + d * (1 - v + Math.log(v))) return d * v;
  }
}
