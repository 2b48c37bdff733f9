import {hashBytes} from './hash';
import {align, INPUT, LOADED, PAGE_BYTES, PAGES, setWords} from './memory';
import {collectWords} from './words';

// The text becomes two streams of bytes: folded, its words between zero bytes; and exact, the text as it
// stands with its white space collapsed. 16 bytes at a time where they are ASCII.

/** JS fills the classes and foldings of 256 code points; see ../pages.ts. */
// @ts-expect-error: decorator
@external('env', 'loadPage')
declare function loadPage(index: u32): void;

// As in ../../unicode.ts; all others separate words.
const WORD: u32 = 1;
const UNSPACED: u32 = 2;
const SPACE: u32 = 3;
const IGNORABLE: u32 = 4;
const UNSTABLE: u32 = 8;

let exact: u64 = 0;
let out: usize = 0; // end of the folded stream
let copy: usize = 0; // end of the exact stream
let lastSpace: bool = true;
let before: u32 = 0; // the last two characters of a run without spaces
let beforeThat: u32 = 0;

export function exactLow(): u32 { return <u32>exact; }
export function exactHigh(): u32 { return <u32>(exact >>> 32); }

/**
 * Splits `length` bytes at INPUT into words. Returns their number, or -1 when the text has to be brought
 * to NFC first (`stable` says that it already is).
 */
export function tokenise(length: u32, stable: bool): i32 {
  const end = INPUT + length;
  v128.store(end, i64x2.splat(0));
  const folded = align(end + 32);
  const exactAt = align(folded + 4 * <usize>length + 128);
  setWords(align(exactAt + <usize>length + 64) + 32);
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
