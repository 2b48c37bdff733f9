import type {Target} from './targets.js';

/** The shortest decimal that flags records with this badness, and none of the next less bad one. */
export function limitFor(
  {badness, held, inclusive, range}: Target,
  score: number,
  next: number | undefined,
): number {
  // `badness` is the signal or its negative: it is its own inverse.
  const at = held(badness(score));
  const [least, most] = range;
  // Towards what is less bad.
  const rising = next === undefined ? held(badness(score - 1)) > at : held(badness(next)) > at;
  const end =
    next === undefined
      ? rising
        ? Math.max(at, Math.min(most, at + 1))
        : Math.min(at, Math.max(least, at - 1))
      : held(badness(next));
  const openEnd = inclusive && next !== undefined;
  return rising
    ? shortest({value: at, open: !inclusive}, {value: end, open: openEnd})
    : shortest({value: end, open: openEnd}, {value: at, open: !inclusive});
}

/** Whether a limit flags records with this badness: at the end of its range an option may flag none of the last ones. */
export function flags({badness, held, inclusive}: Target, limit: number, score: number): boolean {
  const at = held(badness(score));
  const rising = held(badness(score + 1)) > at;
  return (rising ? at > limit : at < limit) || (inclusive && at === limit);
}

interface End {
  readonly value: number;
  readonly open: boolean;
}

const mostDigits = 15;

/** The decimal with the fewest digits between two ends; the one nearest to none where there is no room. */
export function shortest(low: End, high: End): number {
  for (let digits = 0; digits <= mostDigits; digits++) {
    const unit = 10 ** digits;
    for (let step = Math.floor(low.value * unit); step <= Math.floor(low.value * unit) + 2; step++) {
      const value = Number((step / unit).toFixed(digits));
      if (value < low.value || (low.open && value === low.value)) continue;
      if (value < high.value || (!high.open && value === high.value)) return value;
      break;
    }
  }
  return low.open ? high.value : low.value;
}
