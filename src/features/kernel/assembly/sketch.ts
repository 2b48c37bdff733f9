import {elementOf, mix} from './hash';
import {align, BINS, ORDERS, RANKS, SKETCH, words} from './memory';
import {END, START} from './pairs';

/**
 * One-permutation hashing with optimal densification (Shrivastava, arXiv:1703.04664): every element falls
 * into one of 128 bins, a bin keeps its least value, an empty bin takes the value of the first full one in
 * an order of its own. The low byte of each bin, at SKETCH. Occurrences are counted in a table of 17
 * bits of the pair and 15 of its count: a pair that finds another's entry takes it over. A pair that comes
 * once is hence always the same element; one that comes again may rarely be counted anew.
 */
export function sketch(count: u32): void {
  memory.fill(BINS, 0xff, 512);
  // The start marker stands before the words; the end marker goes behind them, and fills the last vector.
  store<u32>(words - 4, START);
  const behind = words + (<usize>count << 2);
  v128.store(behind, i32x4.splat(END));
  const pairs = align(behind + 32);
  const counters = align(pairs + (<usize>count << 2) + 32);
  let size: u32 = 256;
  while (size < count * 2) size *= 2;
  const mask = size - 1;
  memory.fill(counters, 0, <usize>size << 2);
  const first = i32x4.splat(0x9e3779b1);
  const second = i32x4.splat(0xc2b2ae3d);
  const third = i32x4.splat(0x2c1b3c6d);
  const mixFirst = i32x4.splat(0x85ebca6b);
  const mixSecond = i32x4.splat(0xc2b2ae35);
  // hashPair, four pairs at a time.
  for (let index: usize = 0; index <= count; index += 4) {
    const at = words + (index << 2);
    const word = v128.load(at);
    let hash = i32x4.add(
      i32x4.mul(v128.load(at - 4), first),
      i32x4.mul(v128.xor(word, i32x4.shr_u(word, 15)), second),
    );
    hash = i32x4.mul(v128.xor(hash, i32x4.shr_u(hash, 15)), third);
    v128.store(pairs + (index << 2), v128.xor(hash, i32x4.shr_u(hash, 14)));
  }
  for (let index: usize = 0; index <= count; index++) {
    const at = pairs + (index << 2);
    const pair = load<u32>(at);
    const counter = counters + (<usize>(pair & mask) << 2);
    const entry = load<u32>(counter);
    const tag = pair & 0xffff8000;
    const seen = select<u32>(entry & 0x7fff, 0, (entry & 0xffff8000) == tag);
    store<u32>(counter, tag | (seen + 1));
    store<u32>(at, elementOf(pair, seen));
  }
  // The last element once more where the last vector is not full: twice the same changes nothing.
  const last = load<u32>(pairs + (<usize>count << 2));
  for (let index = count + 1; (index & 3) != 0; index++) store<u32>(pairs + (<usize>index << 2), last);
  for (let index: usize = 0; index <= count; index += 4) {
    let value = v128.load(pairs + (index << 2));
    value = i32x4.mul(v128.xor(value, i32x4.shr_u(value, 16)), mixFirst);
    value = i32x4.mul(v128.xor(value, i32x4.shr_u(value, 13)), mixSecond);
    value = v128.xor(value, i32x4.shr_u(value, 16));
    throwIn(<u32>i32x4.extract_lane(value, 0));
    throwIn(<u32>i32x4.extract_lane(value, 1));
    throwIn(<u32>i32x4.extract_lane(value, 2));
    throwIn(<u32>i32x4.extract_lane(value, 3));
  }
  densify();
}

// @ts-expect-error: decorator
@inline
function throwIn(value: u32): void {
  const bin = BINS + ((value & 127) << 2);
  const old = load<u32>(bin);
  store<u32>(bin, select<u32>(value, old, value < old));
}

/** Low bytes of the bins, four vectors into one. */
// @ts-expect-error: decorator
@inline
function lowBytes(at: usize): v128 {
  const byte = i32x4.splat(0xff);
  const a = v128.and(i32x4.shr_u(v128.load(at), 7), byte);
  const b = v128.and(i32x4.shr_u(v128.load(at, 16), 7), byte);
  const c = v128.and(i32x4.shr_u(v128.load(at, 32), 7), byte);
  const d = v128.and(i32x4.shr_u(v128.load(at, 48), 7), byte);
  return i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_u(a, b), i16x8.narrow_i32x4_u(c, d));
}

function densify(): void {
  if (load<u8>(ORDERS) == load<u8>(ORDERS, 1)) makeOrders();
  const none = i32x4.splat(-1);
  let low: u64 = 0; // empty bins 0 to 63
  let high: u64 = 0; // and 64 to 127
  for (let block: u32 = 0; block < 8; block++) {
    const at = BINS + (block << 6);
    v128.store(SKETCH + (block << 4), lowBytes(at));
    const a = i16x8.narrow_i32x4_s(i32x4.eq(v128.load(at), none), i32x4.eq(v128.load(at, 16), none));
    const b = i16x8.narrow_i32x4_s(i32x4.eq(v128.load(at, 32), none), i32x4.eq(v128.load(at, 48), none));
    const empty = <u64>(<u32>i8x16.bitmask(i8x16.narrow_i16x8_s(a, b)));
    if (block < 4) low |= empty << (block << 4);
    else high |= empty << ((block - 4) << 4);
  }
  const full = 128 - <u32>(popcnt(low) + popcnt(high));
  fill(low, 0, low, high, full);
  fill(high, 64, low, high, full);
}

/** Fills the empty bins `base` + each set bit of `todo`. */
function fill(todo: u64, base: u32, low: u64, high: u64, full: u32): void {
  while (todo != 0) {
    const bin = base + <u32>ctz(todo);
    todo &= todo - 1;
    const order = ORDERS + (bin << 7);
    let source: u32 = 0;
    if (full > 11) {
      let step: usize = 0;
      do source = <u32>load<u8>(order + step++);
      while (((select<u64>(low, high, source < 64) >>> (source & 63)) & 1) != 0);
    } else {
      // The same choice made the other way round: the full bin that stands first in the order.
      const ranks = RANKS + (bin << 7);
      let best: u32 = 128;
      for (let half: u32 = 0; half < 128; half += 64) {
        let candidates = ~(half == 0 ? low : high);
        while (candidates != 0) {
          const candidate = half + <u32>ctz(candidates);
          candidates &= candidates - 1;
          const rank = <u32>load<u8>(ranks + candidate);
          if (rank < best) {
            best = rank;
            source = candidate;
          }
        }
      }
    }
    store<u8>(SKETCH + bin, <u8>(load<u32>(BINS + (source << 2)) >>> 7));
  }
}

/** For every bin a fixed random order of all bins, and its inverse. */
function makeOrders(): void {
  let state: u32 = 0x243f6a88;
  for (let bin: u32 = 0; bin < 128; bin++) {
    const order = ORDERS + (bin << 7);
    for (let index: u32 = 0; index < 128; index++) {
      state = state * 0x19660d + 0x3c6ef35f;
      const other = mix(state) % (index + 1);
      store<u8>(order + index, load<u8>(order + other));
      store<u8>(order + other, <u8>index);
    }
    for (let index: u32 = 0; index < 128; index++) {
      store<u8>(RANKS + (bin << 7) + <usize>load<u8>(order + index), <u8>index);
    }
  }
}
