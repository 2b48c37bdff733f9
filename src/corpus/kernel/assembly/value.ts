import {ESCAPED, NUMBER, OTHER, STRING, WIDE} from './memory';

// The grammar of RFC 8259, as JSON.parse has it. Each function gets where something begins and returns one past
// its end, 0 when it is not valid. A line ends at `stop`, where a line ending or a zero stands: neither is part
// of anything that could be read on.

/** Of the last string: ESCAPED, WIDE. */
export let flags: u32 = 0;
/** Of the last value: what it is, and its flags. */
export let kind: u32 = 0;

/** Objects and lists in one another; JSON.parse takes what is deeper. */
const DEEPEST: u32 = 100;

// @ts-expect-error: decorator
@inline
export function skipSpace(from: usize, stop: usize): usize {
  let at = from;
  while (at < stop) {
    const byte = load<u8>(at);
    if (byte > 0x20 || (byte != 0x20 && byte != 0x09 && byte != 0x0a && byte != 0x0d)) break;
    at++;
  }
  return at;
}

/** Where the quotation mark stands that ends the string whose first character is at `from`. */
export function endOfString(from: usize, stop: usize): usize {
  const quote = i8x16.splat(0x22);
  const backslash = i8x16.splat(0x5c);
  const control = i8x16.splat(0x20);
  let high: u32 = 0;
  let escaped: u32 = 0;
  let at = from;
  while (at < stop) {
    const block = v128.load(at);
    const special = <u32>i8x16.bitmask(
      v128.or(v128.or(i8x16.eq(block, quote), i8x16.eq(block, backslash)), i8x16.lt_u(block, control)),
    );
    const wide = <u32>i8x16.bitmask(block);
    if (special == 0) {
      high |= wide;
      at += 16;
      continue;
    }
    const found = ctz(special);
    high |= wide & ((<u32>1 << found) - 1);
    at += <usize>found;
    if (at >= stop) return 0;
    const byte = load<u8>(at);
    if (byte == 0x22) {
      flags = escaped | (high == 0 ? 0 : WIDE);
      return at;
    }
    if (byte != 0x5c) return 0;
    escaped = ESCAPED;
    at = endOfEscape(at + 1);
    if (at == 0) return 0;
  }
  return 0;
}

/** `\n`, `\u00e9` and the others, without their backslash. */
function endOfEscape(at: usize): usize {
  switch (load<u8>(at)) {
    case 0x22: // "
    case 0x5c: // \
    case 0x2f: // /
    case 0x62: // b
    case 0x66: // f
    case 0x6e: // n
    case 0x72: // r
    case 0x74: // t
      return at + 1;
    case 0x75: // u
      for (let index: usize = 1; index < 5; index++) if (hexDigit(load<u8>(at + index)) < 0) return 0;
      return at + 5;
    default:
      return 0;
  }
}

/** -1 for what is none. */
// @ts-expect-error: decorator
@inline
export function hexDigit(byte: u8): i32 {
  if (isDigit(byte)) return <i32>byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? <i32>lower - 0x57 : -1;
}

// @ts-expect-error: decorator
@inline
function isDigit(byte: u8): bool { return <u8>(byte - 0x30) < 10; }

export function endOfValue(at: usize, stop: usize, depth: u32): usize {
  const byte = at < stop ? load<u8>(at) : 0;
  if (byte == 0x22) {
    const end = endOfString(at + 1, stop);
    kind = STRING | flags;
    return end == 0 ? 0 : end + 1;
  }
  if (byte == 0x2d || isDigit(byte)) {
    kind = NUMBER;
    return endOfNumber(at);
  }
  let end: usize = 0;
  if (byte == 0x7b || byte == 0x5b) end = depth == DEEPEST ? 0 : endOfMembers(at, stop, depth + 1);
  else if (byte == 0x74) end = load<u32>(at) == 0x65757274 ? at + 4 : 0; // true
  else if (byte == 0x6e) end = load<u32>(at) == 0x6c6c756e ? at + 4 : 0; // null
  else if (byte == 0x66) end = load<u32>(at, 1) == 0x65736c61 ? at + 5 : 0; // false
  kind = OTHER;
  return end;
}

function endOfNumber(from: usize): usize {
  let at = from;
  if (load<u8>(at) == 0x2d) at++;
  if (load<u8>(at) == 0x30) at++;
  else {
    at = endOfDigits(at);
    if (at == 0) return 0;
  }
  if (load<u8>(at) == 0x2e) {
    at = endOfDigits(at + 1);
    if (at == 0) return 0;
  }
  if ((load<u8>(at) | 0x20) != 0x65) return at;
  const sign = load<u8>(at, 1);
  return endOfDigits(at + (sign == 0x2b || sign == 0x2d ? 2 : 1));
}

/** At least one. */
function endOfDigits(from: usize): usize {
  let at = from;
  while (isDigit(load<u8>(at))) at++;
  return at == from ? 0 : at;
}

/** What stands in an object or a list, from its opening bracket to its closing one. */
function endOfMembers(from: usize, stop: usize, depth: u32): usize {
  const isObject = load<u8>(from) == 0x7b;
  const close: u8 = isObject ? 0x7d : 0x5d;
  let at = skipSpace(from + 1, stop);
  if (load<u8>(at) == close) return at + 1;
  while (at < stop) {
    if (isObject) {
      if (load<u8>(at) != 0x22) return 0;
      const key = endOfString(at + 1, stop);
      if (key == 0) return 0;
      at = skipSpace(key + 1, stop);
      if (load<u8>(at) != 0x3a) return 0;
      at = skipSpace(at + 1, stop);
    }
    at = endOfValue(at, stop, depth);
    if (at == 0) return 0;
    at = skipSpace(at, stop);
    const sign = load<u8>(at);
    if (sign == close) return at + 1;
    if (sign != 0x2c) return 0;
    at = skipSpace(at + 1, stop);
  }
  return 0;
}
