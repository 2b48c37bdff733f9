/** From 64-bit hashes to the first record that had one. */
export interface ExactTable {
  /** The first record with this hash, or -1, in which case `record` becomes it unless it is negative. */
  visit(low: number, high: number, record: number): number;
}

export function createExactTable(expected: number): ExactTable {
  let count = 1024;
  while (count < expected * 1.4) count *= 2;
  // Slots of three: low half, high half, record plus one (0: empty).
  let slots = new Uint32Array(count * 3);
  let used = 0;

  function find(low: number, high: number): number {
    let slot = low & (count - 1);
    for (;;) {
      const base = slot * 3;
      if (slots[base + 2] === 0 || (slots[base] === low && slots[base + 1] === high)) return base;
      slot = (slot + 1) & (count - 1);
    }
  }

  function grow(): void {
    const old = slots;
    count *= 2;
    slots = new Uint32Array(count * 3);
    for (let from = 0; from < old.length; from += 3) {
      if (old[from + 2] === 0) continue;
      slots.set(old.subarray(from, from + 3), find(old[from]!, old[from + 1]!));
    }
  }

  return {
    visit(low, high, record) {
      const base = find(low, high);
      if (slots[base + 2] !== 0) return slots[base + 2]! - 1;
      if (record < 0) return -1;
      slots[base] = low;
      slots[base + 1] = high;
      slots[base + 2] = record + 1;
      used++;
      if (used * 1.4 > count) grow();
      return -1;
    },
  };
}
