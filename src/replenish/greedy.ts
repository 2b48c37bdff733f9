/** Something that is wanted: a rare word, or records of a topic. */
export interface Need {
  /** How many records that have it are wanted, from 1. */
  readonly records: number;
  readonly weight: number;
}

/** One record that was taken. */
export interface Pick {
  /** Index in the list of candidates. */
  readonly candidate: number;
  /** Needs that it met, by index. */
  readonly met: readonly number[];
}

/**
 * Takes, again and again, the candidate that meets the greatest weight of open needs, until no need is open,
 * no candidate meets one, or `most` are taken. `candidates[i]` lists the needs, by index, that candidate i is
 * a record of; of equals the first is taken.
 *
 * No method that runs in polynomial time can promise more (U. Feige, *JACM* 45, 1998): of the weight that the
 * best k candidates would meet, the first k have at least 1 - 1/e = 63 % (Nemhauser, Wolsey and Fisher,
 * *Mathematical Programming* 14, 1978), and where all needs can be met, it takes at most 1 + ln n times the
 * fewest candidates that meet n of equal weight (L. Wolsey, *Combinatorica* 2, 1982).
 */
export function cover(candidates: readonly Uint32Array[], needs: readonly Need[], most: number): Pick[] {
  const open = needs.map(({records}) => records);
  const gainOf = (candidate: number) => {
    let gain = 0;
    for (const need of candidates[candidate]!) if (open[need]! > 0) gain += needs[need]!.weight;
    return gain;
  };
  // What a candidate meets only ever gets less, so it is looked at again when it comes to the top (M. Minoux,
  // 1978): the order of the heap is that of upper bounds.
  const queue = createQueue(candidates.length, gainOf);
  const picks: Pick[] = [];
  while (picks.length < most) {
    const top = queue.top();
    if (top === undefined || top.gain <= 0) break;
    const gain = gainOf(top.candidate);
    if (gain < top.gain) {
      queue.lower(gain);
      continue;
    }
    const met: number[] = [];
    for (const need of candidates[top.candidate]!) {
      if (open[need]! <= 0) continue;
      open[need]!--;
      met.push(need);
    }
    picks.push({candidate: top.candidate, met});
    queue.lower(0);
  }
  return picks;
}

/** A heap of all candidates: the greatest gain on top, of equal ones the first candidate. */
function createQueue(count: number, gainOf: (candidate: number) => number) {
  const gains = Float64Array.from({length: count}, (_, candidate) => gainOf(candidate));
  const heap = Uint32Array.from({length: count}, (_, candidate) => candidate);
  const before = (one: number, other: number) =>
    gains[one]! > gains[other]! || (gains[one] === gains[other] && one < other);
  const sink = (from: number) => {
    for (let at = from; ; ) {
      const left = 2 * at + 1;
      if (left >= count) return;
      const child = left + 1 < count && before(heap[left + 1]!, heap[left]!) ? left + 1 : left;
      if (!before(heap[child]!, heap[at]!)) return;
      [heap[at], heap[child]] = [heap[child]!, heap[at]!];
      at = child;
    }
  };
  for (let at = (count >> 1) - 1; at >= 0; at--) sink(at);
  return {
    top: () => (count === 0 ? undefined : {candidate: heap[0]!, gain: gains[heap[0]!]!}),
    /** Corrects the gain of the one on top. */
    lower(gain: number) {
      gains[heap[0]!] = gain;
      sink(0);
    },
  };
}
