import type {Report} from './report.js';

/** How the values of a signal are spread over a corpus, by a sample of them. */
export interface Spread {
  /** Share of the values that are under `value`, ties counted half, in [0, 1]. */
  below(value: number): number;
  /** Heights in [0, 1] of so many bars over a range; the highest is 1. */
  bars(count: number, range?: readonly [low: number, high: number]): number[];
  readonly range: readonly [low: number, high: number];
}

/** A spread that is still being filled. */
export interface GrowingSpread extends Spread {
  add(hash: string, value: number): void;
}

/** The spread of values that are at hand: a sample, or the percentiles of one. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const range = [sorted[0] ?? 0, sorted.at(-1) ?? 0] as const;
  return {
    range,
    below(value) {
      let under = 0;
      for (const each of sorted) under += each < value ? 1 : each === value ? 0.5 : 0;
      return sorted.length === 0 ? 0.5 : under / sorted.length;
    },
    bars(count, [low, high] = range) {
      const heights = new Array<number>(count).fill(0);
      for (const value of sorted) {
        const share = high > low ? (value - low) / (high - low) : 0;
        heights[Math.min(count - 1, Math.max(0, Math.floor(share * count)))]! += 1;
      }
      const top = Math.max(1, ...heights);
      return heights.map(height => height / top);
    },
  };
}

/** By signal, how it is spread over the trusted references: over the first that knows. */
export function referenceSpreads(references: Report['references']): Map<string, Spread> {
  const spreads = new Map<string, Spread>();
  for (const {role, signals = {}} of references) {
    if (role !== 'trusted') continue;
    for (const [name, values] of Object.entries(signals))
      if (!spreads.has(name)) spreads.set(name, spreadOf(values));
  }
  return spreads;
}

const most = 4096;

/** A sample by the least hashes: the same records in any order of reading. */
export function createSpread(): GrowingSpread {
  let kept: {readonly hash: string; readonly value: number}[] = [];
  let limit = '~';
  let known: Spread | undefined;

  function trim(): void {
    if (kept.length <= most) return;
    kept = kept.sort((a, b) => (a.hash < b.hash ? -1 : 1)).slice(0, most);
    limit = kept.at(-1)!.hash;
  }
  function now(): Spread {
    trim();
    known ??= spreadOf(kept.map(({value}) => value));
    return known;
  }

  return {
    add(hash, value) {
      if (hash > limit) return;
      known = undefined;
      kept.push({hash, value});
      if (kept.length >= 2 * most) trim();
    },
    below: value => now().below(value),
    bars: (count, range) => now().bars(count, range),
    get range() {
      return now().range;
    },
  };
}
