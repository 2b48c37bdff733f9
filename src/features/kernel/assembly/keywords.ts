import {hashKey} from './hash';
import {BITS, FLAGS, FOUND, INPUT, KEY_SLOTS, PHRASES, SIGNS, SIGN_HALVES, words} from './memory';

// What rules look for in every text: words in a row, and stretches that begin with a sign. ../keywords.ts fills
// the tables and says what they hold. Both begin with a test that nearly nothing passes: a bit for each word, and
// for signs two halves of a byte, 16 bytes at a time (Mula and Lemire, arXiv:1704.00605, classify bytes so).

let found: u32 = 0;

/** Lists of which something was found in the text at hand; their numbers are at FOUND, in the order they were met. */
export function foundLists(): u32 { return found; }
export function foundAt(): usize { return FOUND; }

/** Looks for signs in the `length` bytes at INPUT, and forgets what was found before. */
export function seekSigns(length: u32): void {
  for (let index: u32 = 0; index < found; index++) store<u8>(FLAGS + <usize>load<u32>(FOUND + (index << 2)), 0);
  found = 0;
  const low = v128.load(SIGN_HALVES);
  const high = v128.load(SIGN_HALVES, 16);
  const half = i8x16.splat(15);
  const none = i8x16.splat(0);
  const end = INPUT + <usize>length;
  for (let at = INPUT; at < end; at += 16) {
    const block = v128.load(at);
    const both = v128.and(
      i8x16.swizzle(low, v128.and(block, half)),
      i8x16.swizzle(high, i8x16.shr_u(block, 4)),
    );
    let mask = <u32>i8x16.bitmask(i8x16.ne(both, none));
    while (mask != 0) {
      const sign = at + <usize>ctz(mask);
      mask &= mask - 1;
      if (sign < end) trySign(sign, end);
    }
  }
}

/** Tries what begins with the character at `at`. */
function trySign(at: usize, end: usize): void {
  const lead = <u32>load<u8>(at);
  let point = lead;
  let rest = at + 1;
  if (lead >= 0xf0) {
    point = ((lead & 7) << 18) | (tail(at, 1) << 12) | (tail(at, 2) << 6) | tail(at, 3);
    rest = at + 4;
  } else if (lead >= 0xe0) {
    point = ((lead & 15) << 12) | (tail(at, 1) << 6) | tail(at, 2);
    rest = at + 3;
  } else if (lead >= 0x80) {
    point = ((lead & 31) << 6) | tail(at, 1);
    rest = at + 2;
  }
  let entry = entriesOf(SIGNS, point);
  if (entry == 0) return;
  while (true) {
    const length = <usize>load<u32>(entry, 8);
    const sign = <usize>load<u32>(entry, 4);
    if (rest + length <= end) {
      let index: usize = 0;
      while (index < length && lower(load<u8>(rest + index)) == load<u8>(sign + index)) index++;
      if (index == length) addFound(load<u32>(entry));
    }
    if (load<u16>(entry, 14) == 0) return;
    entry += 16;
  }
}

// @ts-expect-error: decorator
@inline
function tail(at: usize, index: usize): u32 { return <u32>load<u8>(at + index) & 63; }

// @ts-expect-error: decorator
@inline
function lower(byte: u8): u8 { return <u8>(byte - 0x41) < 26 ? byte | 0x20 : byte; }

/** Looks for phrases in the words of the text at hand. */
export function seekPhrases(count: u32): void {
  for (let index: u32 = 0; index < count; index++) {
    const word = load<u32>(words + (<usize>index << 2));
    const bits = load<u32>(BITS + (<usize>((word & 0x1ffff) >>> 5) << 2));
    if (((bits >>> (word & 31)) & 1) != 0) tryPhrases(index, count, word);
  }
}

/** Tries the phrases whose rarest word is that at `index`. */
function tryPhrases(index: u32, count: u32, word: u32): void {
  let entry = entriesOf(PHRASES, word);
  if (entry == 0) return;
  while (true) {
    const length = load<u32>(entry, 8);
    const from = index - <u32>load<u16>(entry, 12);
    // One that would begin before the text wraps to a number beyond its end.
    if (from < count && length <= count - from) {
      const phrase = <usize>load<u32>(entry, 4);
      const here = words + (<usize>from << 2);
      let at: usize = 0;
      while (at < <usize>length && load<u32>(here + (at << 2)) == load<u32>(phrase + (at << 2))) at++;
      if (at == <usize>length) addFound(load<u32>(entry));
    }
    if (load<u16>(entry, 14) == 0) return;
    entry += 16;
  }
}

/** The entries of a key, one behind the other; 0 for none. */
// @ts-expect-error: decorator
@inline
function entriesOf(table: usize, key: u32): usize {
  let slot = hashKey(key) & (KEY_SLOTS - 1);
  while (true) {
    const at = table + (<usize>slot << 3);
    const entry = <usize>load<u32>(at, 4);
    if (entry == 0 || load<u32>(at) == key) return entry;
    slot = (slot + 1) & (KEY_SLOTS - 1);
  }
}

// @ts-expect-error: decorator
@inline
function addFound(list: u32): void {
  if (load<u8>(FLAGS + <usize>list) != 0) return;
  store<u8>(FLAGS + <usize>list, 1);
  store<u32>(FOUND + (<usize>found << 2), list);
  found++;
}
