// AssemblyScript, compiled by `npm run build:kernel` into kernel.wasm.ts: the inner loop of every scan.
// From the UTF-8 bytes of one text to its words, word pairs, sketch and fingerprints, 16 bytes at a time.
// What these are and why is told in ../text.ts; test/features/oracle.ts computes the same in plain code.

/** JS fills the classes and foldings of 256 code points; see pages.ts. */
// @ts-expect-error: decorator
@external('env', 'loadPage')
declare function loadPage(index: u32): void;

// Memory: [bins, loaded flags, pages of code points] [input] [folded] [exact] [words] [elements] [table].
const BINS: usize = 1024;
const SKETCH: usize = 1536;
const LOADED: usize = 2048;
const PAGES: usize = 8192;
const ORDERS: usize = 11 << 20;
const RANKS: usize = ORDERS + 16384;
const PAGE_BYTES: usize = 256 + 256 * 8;
const INPUT: usize = 12 << 20;

const SEPARATOR: u32 = 0;
const WORD: u32 = 1;
const UNSPACED: u32 = 2;
const SPACE: u32 = 3;
const IGNORABLE: u32 = 4;
const UNSTABLE: u32 = 8;

// What stands before the first word and after the last.
const START: u32 = 0x5bd1e995;
const END: u32 = 0x2545f491;

let words: usize = 0;
let elements: usize = 0;
let fingerprints: usize = 0;
let exact: u64 = 0;
let out: usize = 0; // end of the folded stream
let copy: usize = 0; // end of the exact stream
let lastSpace: bool = true;
let before: u32 = 0; // the last two characters of a run without spaces
let beforeThat: u32 = 0;

export function wordsAt(): usize { return words; }
export function elementsAt(): usize { return elements; }
export function fingerprintsAt(): usize { return fingerprints; }
export function exactLow(): u32 { return <u32>exact; }
export function exactHigh(): u32 { return <u32>(exact >>> 32); }

// @ts-expect-error: decorator
@inline
function align(address: usize): usize { return (address + 31) & ~31; }

/** Bytes of memory that `tokenise` may touch for an input of this length. */
export function bytesToTokenise(length: u32): f64 {
  return <f64>INPUT + <f64>length * 24.0 + 1024.0;
}

/** Bytes of memory that `summarise` may touch after `tokenise` gave `count` words. */
export function bytesToSummarise(count: u32): f64 {
  return <f64>words + <f64>count * 24.0 + <f64>slotsFor(count + 1) * 8.0 + 4096.0;
}

function slotsFor(count: u32): u32 {
  let slots: u32 = 64;
  while (slots < count * 4) slots *= 2;
  return slots;
}

/**
 * Splits `length` bytes at INPUT into words. Returns their number, or -1 when the text has to be brought
 * to NFC first (`stable` says that it already is).
 */
export function tokenise(length: u32, stable: bool): i32 {
  const end = INPUT + length;
  v128.store(end, i64x2.splat(0));
  const folded = align(end + 32);
  const exactAt = align(folded + 4 * <usize>length + 128);
  words = align(exactAt + <usize>length + 64) + 32;
  out = folded;
  copy = exactAt;
  lastSpace = true;
  before = 0;
  beforeThat = 0;

  const upperA = i8x16.splat(0x41);
  const lowerA = i8x16.splat(0x61);
  const zero = i8x16.splat(0x30);
  const letters = i8x16.splat(26);
  const digits = i8x16.splat(10);
  const caseBit = i8x16.splat(0x20);
  const tab = i8x16.splat(9);
  const controls = i8x16.splat(5);

  let at: usize = INPUT;
  while (at < end) {
    const block = v128.load(at);
    const high = i8x16.bitmask(block);
    let size: u32 = high == 0 ? 16 : ctz(high);
    const left = <u32>(end - at);
    if (size > left) size = left;
    if (size > 0) {
      const upper = i8x16.lt_u(i8x16.sub(block, upperA), letters);
      const lower = v128.or(block, v128.and(upper, caseBit));
      const isWord = v128.or(
        i8x16.lt_u(i8x16.sub(lower, lowerA), letters),
        i8x16.lt_u(i8x16.sub(block, zero), digits),
      );
      v128.store(out, v128.and(lower, isWord));
      out += size;

      const limit: u32 = (<u32>1 << size) - 1;
      const blanks = <u32>i8x16.bitmask(i8x16.eq(block, caseBit)) & limit;
      const spaces = blanks | (<u32>i8x16.bitmask(i8x16.lt_u(i8x16.sub(block, tab), controls)) & limit);
      if (spaces == blanks && (spaces & ((spaces << 1) | <u32>lastSpace)) == 0) {
        v128.store(copy, block);
        copy += size;
        lastSpace = ((spaces >> (size - 1)) & 1) != 0;
      } else {
        let after = <u32>lastSpace;
        for (let index: u32 = 0; index < size; index++) {
          const isSpace = (spaces >> index) & 1;
          store<u8>(copy, select<u8>(0x20, load<u8>(at + index), isSpace));
          copy += 1 - (isSpace & after);
          after = isSpace;
        }
        lastSpace = after != 0;
      }
      before = 0;
      beforeThat = 0;
      at += size;
    }
    if (high != 0 && at < end) {
      const lead = <u32>load<u8>(at);
      const width: u32 = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
      if (!addPoint(at, lead, width, stable)) return -1;
      at += width;
    }
  }
  if (copy > exactAt && lastSpace) copy--;
  v128.store(copy, i64x2.splat(0));
  v128.store(copy, i64x2.splat(0), 16);
  exact = hashBytes(exactAt, copy);
  // The stream ends with at least one zero byte, and with zeros as far as the last 64 bytes reach.
  for (let zeros: usize = 0; zeros < 80; zeros += 16) v128.store(out + zeros, i64x2.splat(0));
  return collectWords(folded, out + 1);
}

function addSpace(): void {
  if (lastSpace) return;
  store<u8>(copy++, 0x20);
  lastSpace = true;
}

/** One character outside ASCII. False when it may not be in NFC. */
function addPoint(at: usize, lead: u32, width: u32, stable: bool): bool {
  let point: u32;
  if (width == 2) point = ((lead & 31) << 6) | (load<u8>(at, 1) & 63);
  else if (width == 3) {
    point = ((lead & 15) << 12) | ((<u32>load<u8>(at, 1) & 63) << 6) | (<u32>load<u8>(at, 2) & 63);
  } else {
    point =
      ((lead & 7) << 18) |
      ((<u32>load<u8>(at, 1) & 63) << 12) |
      ((<u32>load<u8>(at, 2) & 63) << 6) |
      (<u32>load<u8>(at, 3) & 63);
  }
  const pageIndex = point >>> 8;
  if (load<u8>(LOADED + pageIndex) == 0) {
    loadPage(pageIndex);
    store<u8>(LOADED + pageIndex, 1);
  }
  const page = PAGES + pageIndex * PAGE_BYTES;
  const flags = <u32>load<u8>(page + (point & 255));
  if (!stable && (flags & UNSTABLE) != 0) return false;
  const kind = flags & 7;
  if (kind == IGNORABLE) return true;
  if (kind == UNSPACED) {
    store<u8>(out++, 0);
    if (beforeThat != 0) putPoint(beforeThat);
    if (before != 0) putPoint(before);
    putPoint(point);
    store<u8>(out++, 0);
    beforeThat = before;
    before = point;
  } else {
    before = 0;
    beforeThat = 0;
    if (kind == WORD) {
      // Up to three code points of 21 bits.
      let expansion = load<u64>(page + 256 + (point & 255) * 8);
      while (expansion != 0) {
        putPoint(<u32>(expansion & 0x1fffff));
        expansion >>>= 21;
      }
    } else store<u8>(out++, 0);
  }
  if (kind == SPACE) addSpace();
  else {
    for (let index: u32 = 0; index < width; index++) store<u8>(copy++, load<u8>(at + index));
    lastSpace = false;
  }
  return true;
}

function putPoint(point: u32): void {
  if (point < 0x80) store<u8>(out++, <u8>point);
  else if (point < 0x800) {
    store<u8>(out, <u8>(0xc0 | (point >>> 6)));
    store<u8>(out, <u8>(0x80 | (point & 63)), 1);
    out += 2;
  } else if (point < 0x10000) {
    store<u8>(out, <u8>(0xe0 | (point >>> 12)));
    store<u8>(out, <u8>(0x80 | ((point >>> 6) & 63)), 1);
    store<u8>(out, <u8>(0x80 | (point & 63)), 2);
    out += 3;
  } else {
    store<u8>(out, <u8>(0xf0 | (point >>> 18)));
    store<u8>(out, <u8>(0x80 | ((point >>> 12) & 63)), 1);
    store<u8>(out, <u8>(0x80 | ((point >>> 6) & 63)), 2);
    store<u8>(out, <u8>(0x80 | (point & 63)), 3);
    out += 4;
  }
}

/**
 * Hashes the runs between zero bytes in [from, to): the words. Returns how many. 64 bytes at a time become a
 * mask of word bytes; its runs of ones are then taken off with bit operations, as simdjson does with
 * structural characters (arXiv:1902.08318), so that there is no branch per byte and hardly one per word.
 */
function collectWords(from: usize, to: usize): i32 {
  let next = words;
  let open: usize = 0; // where a word began that goes on in the next 64 bytes
  for (let at = from; at < to; at += 64) {
    let mask = maskAt(at) | (maskAt(at + 16) << 16) | (maskAt(at + 32) << 32) | (maskAt(at + 48) << 48);
    if (open != 0) {
      if (mask == <u64>-1) continue;
      const rest = ctz(~mask);
      next = addWord(next, open, at + <usize>rest - open);
      mask &= <u64>-1 << rest;
      open = 0;
    }
    let starts = mask & ~(mask << 1);
    while (starts != 0) {
      const start = ctz(starts);
      starts &= starts - 1;
      const length = ctz(~(mask >>> start));
      if (start + length >= 64) open = at + <usize>start;
      else next = addWord(next, at + <usize>start, <usize>length);
    }
  }
  return <i32>((next - words) >>> 2);
}

// @ts-expect-error: decorator
@inline
function maskAt(at: usize): u64 {
  return <u64>(<u32>i8x16.bitmask(i8x16.ne(v128.load(at), i8x16.splat(0))));
}

// @ts-expect-error: decorator
@inline
function addWord(next: usize, start: usize, length: usize): usize {
  store<u32>(next, hashWord(start, <u32>length));
  return next + 4;
}

// @ts-expect-error: decorator
@inline
function hashWord(at: usize, length: u32): u32 {
  let from = at;
  let left = length;
  let hash: u64 = <u64>length * 0x9e3779b97f4a7c15;
  while (left > 15) {
    hash = (hash ^ load<u64>(from)) * 0xd6e8feb86659fd93;
    hash ^= hash >>> 32;
    from += 8;
    left -= 8;
  }
  // Up to 15 bytes without a branch: what lies behind the word is masked away.
  const head = min<u32>(left, 8) << 3;
  const rest = (max<u32>(left, 8) - 8) << 3;
  const low = load<u64>(from) & (<u64>-1 >>> (64 - head));
  const high = load<u64>(from, 8) & ((<u64>-1 >>> 1) >>> (63 - rest));
  hash = (hash ^ low) * 0xd6e8feb86659fd93 + high * 0x9fb21c651e98df25;
  hash = (hash ^ (hash >>> 32)) * 0x9fb21c651e98df25;
  return <u32>(hash >>> 32);
}

/** 64-bit hash of a byte range: four lanes with the rounds of xxHash64 (Collet). Zeros lie behind the range. */
function hashBytes(from: usize, to: usize): u64 {
  let a: u64 = 0x60ea27eeadc0b5d6;
  let b: u64 = 0xc2b2ae3d27d4eb4f;
  let c: u64 = 0;
  let d: u64 = 0x61c8864e7a143579;
  for (let at = from; at < to; at += 32) {
    a = round64(a, load<u64>(at));
    b = round64(b, load<u64>(at, 8));
    c = round64(c, load<u64>(at, 16));
    d = round64(d, load<u64>(at, 24));
  }
  let hash = rotl(a, 1) + rotl(b, 7) + rotl(c, 12) + rotl(d, 18) + <u64>(to - from);
  hash ^= hash >>> 33;
  hash *= 0xc2b2ae3d27d4eb4f;
  hash ^= hash >>> 29;
  hash *= 0x165667b19e3779f9;
  return hash ^ (hash >>> 32);
}

// @ts-expect-error: decorator
@inline
function round64(lane: u64, input: u64): u64 {
  return rotl(lane + input * 0xc2b2ae3d27d4eb4f, 31) * 0x9e3779b185ebca87;
}

/** The hash of two neighbouring words. */
// @ts-expect-error: decorator
@inline
function hashPair(previous: u32, word: u32): u32 {
  let hash = previous * 0x9e3779b1 + (word ^ (word >>> 15)) * 0xc2b2ae3d;
  hash = (hash ^ (hash >>> 15)) * 0x2c1b3c6d;
  return hash ^ (hash >>> 14);
}

/** What the i-th occurrence of a pair (from 0) is as an element: the pair itself the first time. */
// @ts-expect-error: decorator
@inline
function elementOf(pair: u32, seen: u32): u32 { return pair ^ (seen * 0x9e3779b1); }

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

// @ts-ignore: decorator
@inline
function throwIn(value: u32): void {
  const bin = BINS + ((value & 127) << 2);
  const old = load<u32>(bin);
  store<u32>(bin, select<u32>(value, old, value < old));
}

/** Low bytes of the bins, four vectors into one. */
// @ts-ignore: decorator
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

/** One hash for each band of `rows` bytes (1 to 16) of the sketch at SKETCH, over the bins. */
export function hashBands(bands: u32, rows: u32): void {
  const head = min<u32>(rows, 8) << 3;
  const rest = (max<u32>(rows, 8) - 8) << 3;
  const headMask = <u64>-1 >>> (64 - head);
  const restMask = rest == 0 ? <u64>0 : <u64>-1 >>> (64 - rest);
  for (let band: u32 = 0; band < bands; band++) {
    const at = SKETCH + band * rows;
    let hash = ((load<u64>(at) & headMask) ^ 0x9e3779b97f4a7c15) * 0xd6e8feb86659fd93;
    hash ^= (hash >>> 32) ^ ((load<u64>(at, 8) & restMask) * 0x9fb21c651e98df25);
    hash *= 0xd6e8feb86659fd93;
    store<u32>(BINS + (<usize>band << 2), <u32>(hash >>> 32));
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

// @ts-expect-error: decorator
@inline
function mix(value: u32): u32 {
  let h = (value ^ (value >>> 16)) * 0x85ebca6b;
  h = (h ^ (h >>> 13)) * 0xc2b2ae35;
  return h ^ (h >>> 16);
}

const RUN: u32 = 6;
const MULTIPLIER: u32 = 0x08088405;

/**
 * Winnowing: of every `window` consecutive runs of 6 words the one with the least hash. Returns how many. A
 * window of 1 keeps all runs. The least of every window comes from running minima within blocks of the
 * window's size, forwards and backwards (van Herk 1992), without a branch per run.
 */
export function winnow(count: u32, window: u32): u32 {
  fingerprints = align(words + (<usize>count << 2) + 16);
  if (count < RUN) return 0;
  const total = count - RUN + 1;
  const runs = align(fingerprints + (<usize>total << 2) + 32);
  const backwards = align(runs + (<usize>total << 2) + 32);
  // MULTIPLIER to the power of RUN - 1 takes the oldest word out of the rolling hash.
  let oldest: u32 = 1;
  for (let power: u32 = 1; power < RUN; power++) oldest *= MULTIPLIER;
  let rolling: u32 = 0;
  for (let index: u32 = 0; index < RUN - 1; index++) {
    rolling = rolling * MULTIPLIER + load<u32>(words + (<usize>index << 2));
  }
  for (let index: u32 = 0; index < total; index++) {
    const at = words + (<usize>index << 2);
    rolling = rolling * MULTIPLIER + load<u32>(at, (RUN - 1) * 4);
    store<u32>(runs + (<usize>index << 2), mix(rolling));
    rolling -= load<u32>(at) * oldest;
  }
  if (total <= window) {
    let least: u32 = -1;
    for (let index: u32 = 0; index < total; index++) least = min(least, load<u32>(runs + (<usize>index << 2)));
    store<u32>(fingerprints, least);
    return 1;
  }
  for (let block: u32 = 0; block < total; block += window) {
    let least: u32 = -1;
    for (let index = min(block + window, total); index > block; index--) {
      least = min(least, load<u32>(runs + (<usize>(index - 1) << 2)));
      store<u32>(backwards + (<usize>(index - 1) << 2), least);
    }
  }
  let to = fingerprints;
  let previous: u32 = 0;
  let first = true;
  for (let block: u32 = 0; block + window <= total; block += window) {
    // The window that begins at `start` ends in the next block, whose minimum so far is `forwards`.
    let forwards: u32 = -1;
    const stop = min(window, total - window + 1 - block);
    for (let offset: u32 = 0; offset < stop; offset++) {
      const start = block + offset;
      if (offset > 0) forwards = min(forwards, load<u32>(runs + (<usize>(start + window - 1) << 2)));
      const least = min(forwards, load<u32>(backwards + (<usize>start << 2)));
      store<u32>(to, least);
      to += <usize>(least != previous || first) << 2;
      previous = least;
      first = false;
    }
  }
  return <u32>((to - fingerprints) >>> 2);
}
