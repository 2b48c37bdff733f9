import {CHUNK, MARGIN} from './memory';
import {hexDigit} from './value';

let out: usize = 0;
let wide: bool = false;

/** Bytes of memory for a chunk and the text of its longest line. No text is longer than its line and two breaks. */
export function bytesForChunk(length: u32): f64 {
  return <f64>CHUNK + <f64>length * 2.0 + <f64>MARGIN * 4.0;
}

/** UTF-16 code units of a stretch of the text: one for each character, two for one of four bytes. */
export function units(from: usize, to: usize): u32 {
  const tail = i8x16.splat(-65);
  const four = i8x16.splat(-16);
  let count: u32 = 0;
  for (let at = from; at < to; at += 16) {
    const block = v128.load(at);
    const here: u32 = to - at < 16 ? (<u32>1 << <u32>(to - at)) - 1 : 0xffff;
    count += popcnt(<u32>i8x16.bitmask(i8x16.gt_s(block, tail)) & here);
    count += popcnt(<u32>i8x16.bitmask(i8x16.ge_u(block, four)) & here);
  }
  return count;
}

/** Begins a text behind a chunk of this length; returns where. */
export function begin(length: u32): usize {
  out = (CHUNK + length + MARGIN + 31) & ~31;
  wide = false;
  return out;
}

/** Whether an escape of the text stands for a character beyond ASCII. */
export function isWide(): bool { return wide; }

/** The blank line between two parts. */
export function appendBreak(): usize {
  store<u16>(out, 0x0a0a);
  out += 2;
  return out;
}

/** Appends a string of the chunk; returns the new end, 0 for a surrogate without its other half. */
export function append(from: usize, to: usize, escaped: bool): usize {
  if (!escaped) {
    memory.copy(out, from, to - from);
    out += to - from;
    return out;
  }
  const backslash = i8x16.splat(0x5c);
  let at = from;
  while (at < to) {
    const block = v128.load(at);
    v128.store(out, block);
    const found = <u32>i8x16.bitmask(i8x16.eq(block, backslash));
    const size = min<usize>(found == 0 ? 16 : ctz(found), to - at);
    at += size;
    out += size;
    if (size == 16 || at >= to) continue;
    at = appendEscape(at + 1);
    if (at == 0) return 0;
  }
  return out;
}

/** The character of an escape whose letter is at `at`; returns one past the escape. */
function appendEscape(at: usize): usize {
  const letter = load<u8>(at);
  let byte = letter;
  if (letter == 0x75) return appendUnit(at + 1);
  if (letter == 0x6e) byte = 0x0a;
  else if (letter == 0x74) byte = 0x09;
  else if (letter == 0x72) byte = 0x0d;
  else if (letter == 0x62) byte = 0x08;
  else if (letter == 0x66) byte = 0x0c;
  store<u8>(out++, byte);
  return at + 1;
}

/** The character of `\uXXXX`, or of two of them, as UTF-8; `at` is the first digit. */
function appendUnit(at: usize): usize {
  const unit = unitAt(at);
  let next = at + 4;
  if (unit < 0x80) {
    store<u8>(out++, <u8>unit);
    return next;
  }
  wide = true;
  if (unit < 0x800) {
    store<u8>(out, <u8>(0xc0 | (unit >>> 6)));
    store<u8>(out, <u8>(0x80 | (unit & 63)), 1);
    out += 2;
    return next;
  }
  if ((unit & 0xf800) != 0xd800) {
    store<u8>(out, <u8>(0xe0 | (unit >>> 12)));
    store<u8>(out, <u8>(0x80 | ((unit >>> 6) & 63)), 1);
    store<u8>(out, <u8>(0x80 | (unit & 63)), 2);
    out += 3;
    return next;
  }
  // Half of a character: its other half must follow, as an escape too.
  if (unit >= 0xdc00 || load<u16>(next) != 0x755c) return 0;
  const low = unitAt(next + 2);
  if ((low & 0xfc00) != 0xdc00) return 0;
  next += 6;
  const point = 0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff);
  store<u8>(out, <u8>(0xf0 | (point >>> 18)));
  store<u8>(out, <u8>(0x80 | ((point >>> 12) & 63)), 1);
  store<u8>(out, <u8>(0x80 | ((point >>> 6) & 63)), 2);
  store<u8>(out, <u8>(0x80 | (point & 63)), 3);
  out += 4;
  return next;
}

function unitAt(at: usize): u32 {
  let unit: u32 = 0;
  for (let index: usize = 0; index < 4; index++) unit = (unit << 4) | <u32>hexDigit(load<u8>(at + index));
  return unit;
}
