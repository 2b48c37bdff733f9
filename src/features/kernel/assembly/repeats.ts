import {RUNS, RUN_SLOTS, words} from './memory';

const FACTOR: u32 = 0x9e3779b1;

/**
 * Of a sample of the text's runs of three words the share that stood earlier in it; 1 where none is in the sample.
 * Sampled is about one in four, by a word or by two, so that the same ones are in every copy of a stretch, and some
 * also in loops of few words. Runs that share a slot drop one another.
 */
export function repeats(count: u32): f64 {
  let slots: u32 = 64;
  while (slots < count * 2 && slots < RUN_SLOTS) slots *= 2;
  memory.fill(RUNS, 0, <usize>slots << 2);
  let sampled: u32 = 0;
  let repeated: u32 = 0;
  const end = words + (<usize>count << 2) - 8;
  for (let at = words; at < end; at += 64) {
    const first = i16x8.narrow_i32x4_s(sampleAt(at), sampleAt(at + 16));
    const second = i16x8.narrow_i32x4_s(sampleAt(at + 32), sampleAt(at + 48));
    let mask = <u32>i8x16.bitmask(i8x16.narrow_i16x8_s(first, second));
    const left = <u32>((end - at) >>> 2);
    if (left < 16) mask &= (<u32>1 << left) - 1;
    sampled += popcnt(mask);
    while (mask != 0) {
      const run = at + (<usize>ctz(mask) << 2);
      mask &= mask - 1;
      const rest = (load<u32>(run, 4) ^ (load<u32>(run, 8) >>> 7)) * FACTOR;
      const key = (load<u32>(run) * FACTOR) ^ rest;
      const slot = RUNS + (<usize>((key ^ (key >>> 16)) & (slots - 1)) << 2);
      // An empty slot is 0, and no run is.
      repeated += <u32>(load<u32>(slot) == (key | 1));
      store<u32>(slot, key | 1);
    }
  }
  return sampled == 0 ? 1 : <f64>repeated / <f64>sampled;
}

/** By word, all ones where a run begins that is in the sample. */
// @ts-expect-error: decorator
@inline
function sampleAt(at: usize): v128 {
  const low = i32x4.splat(7);
  const none = i32x4.splat(0);
  const word = v128.load(at);
  const both = v128.xor(word, i32x4.shl(v128.load(at, 4), 1));
  return v128.or(i32x4.eq(v128.and(word, low), none), i32x4.eq(v128.and(both, low), none));
}
