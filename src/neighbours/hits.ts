/** Pairs (row, record) that tables give, collected in one array and then counted by row. */
export interface Hits {
  add(row: number, record: number): void;
  /** Calls back for each distinct pair in order of row, then record, with how often it was added. Empties. */
  drain(each: (row: number, record: number, times: number) => void): void;
}

const rowFactor = 2 ** 32;

export function createHits(): Hits {
  let pairs = new Float64Array(1024);
  let count = 0;
  return {
    add(row, record) {
      if (count === pairs.length) {
        const larger = new Float64Array(count * 2);
        larger.set(pairs);
        pairs = larger;
      }
      pairs[count++] = row * rowFactor + record;
    },
    drain(each) {
      const sorted = pairs.subarray(0, count).sort();
      count = 0;
      for (let at = 0; at < sorted.length; ) {
        const pair = sorted[at]!;
        let next = at + 1;
        while (next < sorted.length && sorted[next] === pair) next++;
        const row = Math.floor(pair / rowFactor);
        each(row, pair - row * rowFactor, next - at);
        at = next;
      }
    },
  };
}
