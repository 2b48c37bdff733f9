import {elementOf, hashPair} from './hash';
import {align, slotsFor, words} from './memory';

// What stands before the first word and after the last.
export const START: u32 = 0x5bd1e995;
export const END: u32 = 0x2545f491;

let elements: usize = 0;

export function elementsAt(): usize { return elements; }

/** Word pairs as an exact multiset, at `elementsAt()`: count + 1 elements. */
export function pair(count: u32): void {
  elements = align(words + (<usize>count << 2) + 16);
  const table = align(elements + (<usize>count << 2) + 64);
  const slots = slotsFor(count + 1);
  const mask = slots - 1;
  memory.fill(table, 0, <usize>slots << 3);
  let previous = START;
  for (let index: u32 = 0; index <= count; index++) {
    const word = index == count ? END : load<u32>(words + (<usize>index << 2));
    const hash = hashPair(previous, word);
    previous = word;
    let slot = hash & mask;
    // The key of a slot is the pair; one that was never seen has count 0.
    while (true) {
      const address = table + (<usize>slot << 3);
      const seen = load<u32>(address, 4);
      if (seen == 0 || load<u32>(address) == hash) {
        store<u32>(address, hash);
        store<u32>(address, seen + 1, 4);
        store<u32>(elements + (<usize>index << 2), elementOf(hash, seen));
        break;
      }
      slot = (slot + 1) & mask;
    }
  }
}
