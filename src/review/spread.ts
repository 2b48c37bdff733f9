/** How the values of a signal are spread over a run: an even sample of them, chosen by record hash. */
export interface Spread {
  add(hash: string, value: number): void;
  /** Share of the sampled values that are under `value`, ties counted half, in [0, 1]. */
  below(value: number): number;
  /** Heights in [0, 1] of so many bars from the least to the greatest value; the highest is 1. */
  bars(count: number): number[];
  readonly range: readonly [low: number, high: number];
}

const most = 4096;

/** A sample by the least hashes: the same records in any order of reading. */
export function createSpread(): Spread {
  let kept: {readonly hash: string; readonly value: number}[] = [];
  let limit = '~';
  let sorted: number[] | undefined;

  function values(): number[] {
    trim();
    sorted ??= kept.map(({value}) => value).sort((a, b) => a - b);
    return sorted;
  }

  function trim(): void {
    if (kept.length <= most) return;
    kept = kept.sort((a, b) => (a.hash < b.hash ? -1 : 1)).slice(0, most);
    limit = kept.at(-1)!.hash;
  }

  return {
    add(hash, value) {
      if (hash > limit) return;
      sorted = undefined;
      kept.push({hash, value});
      if (kept.length >= 2 * most) trim();
    },
    below(value) {
      const all = values();
      let under = 0;
      for (const each of all) under += each < value ? 1 : each === value ? 0.5 : 0;
      return all.length === 0 ? 0.5 : under / all.length;
    },
    bars(count) {
      const all = values();
      const heights = new Array<number>(count).fill(0);
      const [low, high] = [all[0] ?? 0, all.at(-1) ?? 0];
      for (const value of all) {
        const share = high > low ? (value - low) / (high - low) : 0;
        heights[Math.min(count - 1, Math.floor(share * count))]! += 1;
      }
      const top = Math.max(1, ...heights);
      return heights.map(height => height / top);
    },
    get range() {
      const all = values();
      return [all[0] ?? 0, all.at(-1) ?? 0] as const;
    },
  };
}
