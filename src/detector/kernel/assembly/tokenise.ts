import {CLASSES, FRAME, FRAME_MASK, INPUT, mix, setTokenCount, setTokens, TOKEN} from './memory';

// UTF-8 bytes to tokens: words in lower case, numbers by their length, punctuation, and a mark where a sentence
// starts. What differs between editors, tokenisers and mark-up says nothing about who wrote a text, so it is
// undone: quotes and dashes are unified, Markdown marks, bullets and white space are left out, `do n't` is read
// as `don't`, digits lose their values.

const SPACE: u8 = 0;
const LETTER: u8 = 1;
const DIGIT: u8 = 2;
const POINT: u8 = 3;
const MARKUP: u8 = 4;
const HIGH: u8 = 5;

export const WORD: u32 = 0;
export const NUMBER: u32 = 1;
export const SIGN: u32 = 2;
export const START: u32 = 3;
/** Flag of a word that is in the frame table. */
export const FRAMED: u32 = 4;

export const APOSTROPHE: u32 = 0x27;
export const QUOTE: u32 = 0x22;
export const DASH: u32 = 0x2d;
export const ELLIPSIS_SIGN: u32 = 0x85;
const ADDRESS: u32 = 0x8a;
const FOREIGN: u32 = 0x8b;
export const startHash: u32 = 0x51ed270b;

let out: usize = 0;
/** Letters outside ASCII and Latin, signs of code, bytes of mark-up. */
export let foreign: u32 = 0;
export let marks: u32 = 0;
export let symbols: u32 = 0;
export let lines: u32 = 0;
let read: u32 = 0;
/** Bytes of the text that were read. */
export function readBytes(): u32 { return read; }

// @ts-expect-error: decorator
@inline
function classOf(byte: u32): u8 { return load<u8>(CLASSES + byte); }

// @ts-expect-error: decorator
@inline
function isLetter(byte: u32): bool { return (byte | 0x20) - 0x61 < 26; }

export function signHash(sign: u32): u32 { return mix(0x7f4a7c15, sign); }

// @ts-expect-error: decorator
@inline
function put(hash: u32, masked: u32, start: usize, kind: u32, length: u32): void {
  store<u32>(out, hash);
  store<u32>(out, masked, 4);
  store<u32>(out, <u32>(start - INPUT), 8);
  store<u32>(out, kind | (length << 8), 12);
  out += TOKEN;
}

function putSign(sign: u32, start: usize): void {
  const hash = signHash(sign);
  put(hash, hash, start, SIGN, sign);
}

/** Whether a word is in the frame table, where `key` stands in its slot. */
function isFrame(hash: u32, key: u32): bool {
  let slot = hash & FRAME_MASK;
  while (key != 0 && key != hash) {
    slot = (slot + 1) & FRAME_MASK;
    key = load<u32>(FRAME + ((<usize>slot) << 2));
  }
  return key != 0;
}

/** A word whose letters end before `end`; `tail` are its last two. */
function putWord(hash: u32, start: usize, length: u32, tail: u32): void {
  hash += <u32>(hash == 0);
  // Every second word is common, in no order: told without a branch, but where another word has its slot.
  const key = load<u32>(FRAME + ((<usize>(hash & FRAME_MASK)) << 2));
  let framed = key == hash;
  if (!framed && key != 0) framed = isFrame(hash, key);
  const size = 1 + <u32>(length > 3) + <u32>(length > 7);
  const masked = mix(0x2545f491 + size, tail & -<u32>(length > 4));
  put(hash, framed ? hash : masked, start, WORD | (<u32>framed << 2), length);
}

/** Length of the Latin letter at `at` when it is written with two bytes; 0 for other characters. */
// @ts-expect-error: decorator
@inline
function latin(at: usize): u32 {
  const lead = <u32>load<u8>(at);
  return lead >= 0xc3 && lead <= 0xc9 && !(lead == 0xc3 && (load<u8>(at, 1) | 0x20) == 0xb7) ? 2 : 0;
}

/** 1 for ', 3 for a curly one, 0 for others. */
// @ts-expect-error: decorator
@inline
function apostrophe(at: usize): u32 {
  const byte = load<u8>(at);
  if (byte == 0x27) return 1;
  return byte == 0xe2 && load<u8>(at, 1) == 0x80 && (load<u8>(at, 2) == 0x99 || load<u8>(at, 2) == 0x98) ? 3 : 0;
}

/** Length of what follows an apostrophe in `'s`, `'re`, `'ve`, `'d`, `'ll`, `'m`, `'t`; 0 otherwise. */
function clitic(at: usize): u32 {
  const first = <u32>load<u8>(at) | 0x20;
  if (!isLetter(<u32>load<u8>(at))) return 0;
  if (!isLetter(<u32>load<u8>(at, 1))) {
    return first == 0x73 || first == 0x64 || first == 0x6d || first == 0x74 ? 1 : 0;
  }
  if (isLetter(<u32>load<u8>(at, 2))) return 0;
  const second = <u32>load<u8>(at, 1) | 0x20;
  if (second == 0x65) return first == 0x72 || first == 0x76 ? 2 : 0;
  return first == 0x6c && second == 0x6c ? 2 : 0;
}

/** Reads at most `most` words of the text: a style shows in the first few hundred. Returns the number of tokens. */
export function tokenise(length: u32, most: u32): u32 {
  const end = INPUT + length;
  v128.store(end, i64x2.splat(0));
  v128.store(end, i64x2.splat(0), 16);
  const from = (end + 63) & ~31;
  setTokens(from);
  out = from;
  foreign = 0;
  marks = 0;
  symbols = 0;
  lines = 0;
  let at: usize = INPUT;
  let left = most;
  let lineStart = true;
  let sentence: u32 = 2; // 2: a sentence starts with the next word, 1: it does if white space comes first

  while (at < end) {
    const byte = <u32>load<u8>(at);
    const kind = classOf(byte);
    if (kind == SPACE) {
      if (sentence == 1) sentence = 2;
      if (byte == 0x0a) {
        lineStart = true;
        lines++;
      }
      at++;
      continue;
    }
    if (kind == LETTER || (kind == HIGH && latin(at) != 0)) {
      if (sentence == 2) put(startHash, startHash, at, START, 0);
      sentence = 0;
      lineStart = false;
      if (left-- == 0) break;
      at = readWord(at);
      // Mostly a space and another word follow.
      while (left > 0 && load<u8>(at) == 0x20 && classOf(load<u8>(at, 1)) == LETTER) {
        at = readWord(at + 1);
        left--;
      }
      continue;
    }
    if (kind == DIGIT) {
      const start = at;
      do at++;
      while (classOf(load<u8>(at)) == DIGIT);
      // A number and a full stop or bracket at the start of a line counts a list.
      if (lineStart && at - start < 3 && (load<u8>(at) == 0x2e || load<u8>(at) == 0x29) && load<u8>(at, 1) == 0x20) {
        at++;
        marks++;
        continue;
      }
      while ((load<u8>(at) == 0x2e || load<u8>(at) == 0x2c) && classOf(load<u8>(at, 1)) == DIGIT) {
        at += 2;
        while (classOf(load<u8>(at)) == DIGIT) at++;
      }
      if (sentence == 2) put(startHash, startHash, start, START, 0);
      sentence = 0;
      lineStart = false;
      const size = min<u32>(<u32>(at - start), 6);
      const hash = mix(0x1b873593, size);
      put(hash, hash, start, NUMBER, size);
      continue;
    }
    if (kind == MARKUP) {
      marks++;
      // A doubled back quote is a quotation mark of TeX and of old corpora.
      if (byte == 0x60 && load<u8>(at, 1) == 0x60 && load<u8>(at, 2) != 0x60) {
        putSign(QUOTE, at);
        at++;
      }
      at++;
      continue;
    }
    if (kind == POINT) {
      if (lineStart && (byte == 0x2d || byte == 0x2b) && load<u8>(at, 1) == 0x20) {
        marks++;
        at++;
        continue;
      }
      lineStart = false;
      at = readPoint(at, byte);
      if (byte == 0x2e || byte == 0x21 || byte == 0x3f) sentence = 1;
      else if (sentence == 1 && byte != 0x22 && byte != 0x27 && byte != 0x29) sentence = 0;
      continue;
    }
    lineStart = false;
    at = readHigh(at, byte);
  }
  read = <u32>(at - INPUT);
  setTokenCount(<u32>((out - from) / TOKEN));
  return <u32>((out - from) / TOKEN);
}

/** Reads a word with its clitics; returns where it ends. */
function readWord(start: usize): usize {
  let at = start;
  let hash: u32 = 0x811c9dc5;
  let length: u32 = 0;
  let tail: u32 = 0;
  const caseBits = i8x16.splat(0x20);
  for (;;) {
    const block = v128.load(at);
    const lower = v128.or(block, caseBits);
    const letters = i8x16.lt_u(i8x16.sub(lower, i8x16.splat(0x61)), i8x16.splat(26));
    const others = ~(<u32>i8x16.bitmask(letters)) & 0xffff;
    const size: u32 = others == 0 ? 16 : ctz(others);
    if (size > 0) {
      const kept = v128.and(lower, letters);
      let low = <u64>i64x2.extract_lane(kept, 0);
      if (size < 8) low &= ((<u64>1) << (<u64>size << 3)) - 1;
      hash = mix(mix(hash, <u32>low), <u32>(low >>> 32));
      if (size > 8) {
        let high = <u64>i64x2.extract_lane(kept, 1);
        if (size < 16) high &= ((<u64>1) << (<u64>(size - 8) << 3)) - 1;
        hash = mix(mix(hash, <u32>high), <u32>(high >>> 32));
      }
      at += size;
      length += size;
      // What stands before a word of one letter does not count: tails are those of words of 5 letters and more.
      if (size == 1 && length > 1) tail = (tail << 8) | (<u32>load<u8>(at - 1) | 0x20);
      else tail = ((<u32>load<u8>(at - 2) | 0x20) << 8) | (<u32>load<u8>(at - 1) | 0x20);
      if (size == 16) continue;
    }
    if (latin(at) == 0) break;
    let second = <u32>load<u8>(at, 1);
    const lead = <u32>load<u8>(at);
    if (lead == 0xc3 && second < 0x9f) second += 0x20;
    hash = mix(hash, (lead << 8) | second);
    tail = (tail << 8) | second;
    length++;
    at += 2;
  }
  tail &= 0xffff;
  if (load<u8>(at) == 0x20) {
    putWord(hash, start, length, tail);
    return at;
  }
  // http:// and https://: the rest says nothing about style.
  if (load<u8>(at) == 0x3a && load<u8>(at, 1) == 0x2f && load<u8>(at, 2) == 0x2f) {
    while (load<u8>(at) > 0x20) at++;
    putSign(ADDRESS, start);
    return at;
  }
  const mark = apostrophe(at);
  if (mark == 0) {
    putWord(hash, start, length, tail);
    return at;
  }
  const after = clitic(at + mark);
  if (after == 0) {
    putWord(hash, start, length, tail);
    return at;
  }
  if (after == 1 && (load<u8>(at + mark) | 0x20) == 0x74 && (load<u8>(at - 1) | 0x20) == 0x6e && length < 9 && <u32>(at - start) == length) {
    // don't, and n't where it stands alone: the negation is its own token. The word is read again without its n.
    if (length > 1) {
      let again: u32 = 0x811c9dc5;
      let low: u64 = 0;
      for (let index: u32 = 0; index < length - 1; index++) {
        low |= <u64>(load<u8>(start + index) | 0x20) << (<u64>index << 3);
      }
      again = mix(mix(again, <u32>low), <u32>(low >>> 32));
      putWord(again, start, length - 1, length > 2 ? ((<u32>load<u8>(at - 3) | 0x20) << 8) | (<u32>load<u8>(at - 2) | 0x20) : 0);
    }
    putClitic(0x6e27, at);
    return at + mark + 1;
  }
  putWord(hash, start, length, tail);
  return putCliticAt(at, mark, after);
}

function putCliticAt(at: usize, mark: u32, length: u32): usize {
  let letters: u32 = 0;
  for (let index: u32 = 0; index < length; index++) letters = (letters << 8) | (<u32>load<u8>(at + mark + index) | 0x20);
  putClitic(letters, at);
  return at + mark + length;
}

function putClitic(letters: u32, start: usize): void {
  const hash = mix(0x3c6ef372, letters);
  put(hash, hash, start, SIGN, APOSTROPHE);
}

function readPoint(at: usize, byte: u32): usize {
  const start = at;
  if (byte == 0x27) {
    // 's after white space is how tokenised corpora write it.
    const after = clitic(at + 1);
    if (after != 0) return putCliticAt(at, 1, after);
    if (load<u8>(at, 1) == 0x27) at++;
    putSign(QUOTE, start);
    return at + 1;
  }
  if (byte == 0x2e && load<u8>(at, 1) == 0x2e) {
    while (load<u8>(at) == 0x2e) at++;
    putSign(ELLIPSIS_SIGN, start);
    return at;
  }
  if (byte == 0x2d) {
    // A hyphen in a word joins two tokens; alone or doubled it is a dash.
    if (load<u8>(at, 1) == 0x2d) {
      while (load<u8>(at) == 0x2d) at++;
      putSign(DASH, start);
      return at;
    }
    const joined = at > INPUT && isLetter(<u32>load<u8>(at - 1)) && isLetter(<u32>load<u8>(at, 1));
    putSign(joined ? 0x81 : DASH, start);
    return at + 1;
  }
  if (byte == 0x21 || byte == 0x3f) {
    while (load<u8>(at, 1) == <u8>byte) at++;
  } else if (byte == 0x7b || byte == 0x7d || byte == 0x3b || byte == 0x3d || byte == 0x5b || byte == 0x5d || byte == 0x3c || byte == 0x2b || byte == 0x2f || byte == 0x40 || byte == 0x5c || byte == 0x5e) symbols++;
  putSign(byte, start);
  return at + 1;
}

/** A character outside ASCII that is no Latin letter. */
function readHigh(at: usize, lead: u32): usize {
  const width: u32 = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (lead == 0xe2 && load<u8>(at, 1) == 0x80) {
    const third = <u32>load<u8>(at, 2);
    if (third >= 0x93 && third <= 0x95) putSign(DASH, at);
    else if (third == 0x90 || third == 0x91) putSign(0x81, at);
    else if (third == 0x98 || third == 0x99) return readCurly(at);
    else if (third >= 0x9a && third <= 0x9f) putSign(QUOTE, at);
    else if (third == 0xa6) putSign(ELLIPSIS_SIGN, at);
    else if (third == 0xa2) marks++;
    return at + 3;
  }
  if (lead == 0xc2) {
    const second = load<u8>(at, 1);
    if (second == 0xab || second == 0xbb) putSign(QUOTE, at);
    return at + 2;
  }
  if (lead >= 0xca) {
    // Emoji, arrows and the like are no letters of another language.
    if (lead < 0xe2 || (lead == 0xe2 && load<u8>(at, 1) >= 0xb0) || (lead >= 0xe3 && lead <= 0xed)) {
      foreign++;
      putSign(FOREIGN, at);
    }
  }
  return at + width;
}

function readCurly(at: usize): usize {
  const after = clitic(at + 3);
  if (after != 0) return putCliticAt(at, 3, after);
  putSign(QUOTE, at);
  return at + 3;
}
