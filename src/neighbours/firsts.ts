/**
 * A map from 32-bit keys to the first record that had the key, in shards that grow one at a time, so that
 * growing never needs twice the memory. Used for fingerprints: who was the first to hold this run of words?
 */
export interface Firsts {
  /** The record that holds `key`, or -1. Gives it to `record` when none does and `record` is not -1. */
  visit(key: number, record: number): number;
}

const shardBits = 6;

export function createFirsts(): Firsts {
  const shards = Array.from({length: 1 << shardBits}, createShard);
  return {
    visit: (key, record) => shards[key >>> (32 - shardBits)]!(key, record),
  };
}

/** Records are stored plus one, so that 0 means empty. */
function createShard(): (key: number, record: number) => number {
  let slots = 256;
  let keys = new Uint32Array(slots);
  let records = new Uint32Array(slots);
  let used = 0;

  function grow(): void {
    const oldKeys = keys;
    const oldRecords = records;
    slots *= 2;
    keys = new Uint32Array(slots);
    records = new Uint32Array(slots);
    for (let index = 0; index < oldKeys.length; index++) {
      if (oldRecords[index] === 0) continue;
      let slot = Math.imul(oldKeys[index]!, 0x9e3779b1) & (slots - 1);
      while (records[slot] !== 0) slot = (slot + 1) & (slots - 1);
      keys[slot] = oldKeys[index]!;
      records[slot] = oldRecords[index]!;
    }
  }

  return (key, record) => {
    let slot = Math.imul(key, 0x9e3779b1) & (slots - 1);
    while (records[slot] !== 0) {
      if (keys[slot] === key) return records[slot]! - 1;
      slot = (slot + 1) & (slots - 1);
    }
    if (record < 0) return -1;
    keys[slot] = key;
    records[slot] = record + 1;
    used++;
    if (used > slots * 0.75) grow();
    return -1;
  };
}
