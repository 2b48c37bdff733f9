import {
  BUCKET_SHIFT, COUNTS, DAMPED, FILTER, FILTER_MASK, hashCount, hashes, mix, setHashCount, setHashes, TABLE, TABLE_MASK, TOKEN, tokenCount, tokens,
} from './memory';
import {START, WORD} from './tokenise';

// What the linear model looks at: for each token the word itself, it with the next one and two, its shape alone
// and with the next one to three (a masked word is its length and last two letters: how a sentence is built
// without what it is about), and its beginning and end.

/** Hashes for each token. */
export const perToken: u32 = 8;

/** Writes the hashes of all n-grams, `perToken` for each token, 0 where there is none. Returns their number. */
export function ngrams(): u32 {
  const count = tokenCount;
  const from = (tokens + <usize>count * TOKEN + 63) & ~31;
  setHashes(from);
  let out = from;
  // Behind the last token stand four empty ones.
  const last = tokens + <usize>count * TOKEN;
  for (let at: usize = 0; at < 4 * TOKEN; at += 16) v128.store(last + at, i64x2.splat(0));
  for (let at = tokens; at < last; at += TOKEN) {
    const word = load<u32>(at);
    const word2 = load<u32>(at + TOKEN);
    const word3 = load<u32>(at + 2 * TOKEN);
    const shape = load<u32>(at, 4);
    const shape2 = load<u32>(at + TOKEN, 4);
    const shape3 = load<u32>(at + 2 * TOKEN, 4);
    const shape4 = load<u32>(at + 3 * TOKEN, 4);
    const kind = load<u32>(at, 12) & 255;
    const one = mix(0x85ebca6b, word);
    const two = mix(one, word2);
    store<u32>(out, kind == START ? 0 : one);
    store<u32>(out, word2 == 0 ? 0 : two, 4);
    store<u32>(out, word3 == 0 ? 0 : mix(two, word3), 8);
    const masked = mix(0xc2b2ae35, shape);
    const masked2 = mix(masked, shape2);
    const masked3 = mix(masked2, shape3);
    store<u32>(out, kind == WORD ? masked : 0, 12);
    store<u32>(out, shape2 == 0 ? 0 : masked2, 16);
    store<u32>(out, shape3 == 0 ? 0 : masked3, 20);
    store<u32>(out, shape4 == 0 ? 0 : mix(masked3, shape4), 24);
    // The shape with one left out: patterns such as "not _ but".
    store<u32>(out, shape3 == 0 ? 0 : mix(mix(0x27d4eb2f, shape), shape3), 28);
    out += 32;
  }
  setHashCount(count * perToken);
  return count * perToken;
}

/**
 * Looks the hashes up in the table of weights and counts how often each was seen. Leaves, behind the hashes,
 * the slots that were hit, each once; returns their number. The hashes are gone then. First all pass the filter, without a branch; the few
 * that are left are looked up.
 */
export function hit(): u32 {
  const end = hashes + ((<usize>hashCount) << 2);
  const from = hitsAt();
  let last = from;
  for (let at = hashes; at < end; at += 4) {
    const mixed = mix(0, load<u32>(at) >>> BUCKET_SHIFT);
    const place = mixed & FILTER_MASK;
    const bit = (load<u32>(FILTER + ((<usize>(place >>> 5)) << 2)) >>> (place & 31)) & 1;
    store<u32>(last, mixed);
    last += (<usize>bit) << 2;
  }
  // Most candidates stand in their first slot or nowhere, which is told without a branch; what is left is looked up
  // after them. Slots are written over the hashes, and what is left over candidates that were read.
  let found = hashes;
  let left = from;
  for (let at = from; at < last; at += 4) {
    const mixed = load<u32>(at);
    const slot = mixed & TABLE_MASK;
    const entry = load<u32>(TABLE + ((<usize>slot) << 2));
    const same = <u32>(entry != 0) & <u32>(entry >>> 16 == mixed >>> 16);
    store<u32>(found, slot);
    found += (<usize>same) << 2;
    store<u32>(left, mixed);
    left += (<usize>(<u32>(entry != 0) & (same ^ 1))) << 2;
  }
  for (let at = from; at < left; at += 4) {
    const mixed = load<u32>(at);
    const key = mixed >>> 16;
    let slot = mixed & TABLE_MASK;
    let entry: u32;
    do {
      slot = (slot + 1) & TABLE_MASK;
      entry = load<u32>(TABLE + ((<usize>slot) << 2));
    } while (entry != 0 && entry >>> 16 != key);
    store<u32>(found, slot);
    found += (<usize>(entry != 0)) << 2;
  }
  let out = from;
  for (let at = hashes; at < found; at += 4) {
    const slot = load<u32>(at);
    const seen = <u32>load<u8>(COUNTS + slot);
    store<u32>(out, slot);
    out += (<usize>(seen == 0)) << 2;
    store<u8>(COUNTS + slot, <u8>min<u32>(255, seen + 1));
  }
  return <u32>((out - from) >>> 2);
}

export function hitsAt(): usize { return (hashes + ((<usize>hashCount) << 2) + 31) & ~31; }

let norm: f64 = 0;

/** Sum of weight by dampened count over the hits, the sum of the squared counts in `squares`; empties the counts. */
export function sum(hits: u32): f64 {
  let total: f64 = 0;
  norm = 0;
  const from = hitsAt();
  for (let index: u32 = 0; index < hits; index++) {
    const slot = load<u32>(from + ((<usize>index) << 2));
    const seen = <u32>load<u8>(COUNTS + slot);
    store<u8>(COUNTS + slot, 0);
    const value = load<f64>(DAMPED + ((<usize>seen) << 3));
    total += value * <f64>(<i16>(load<u32>(TABLE + ((<usize>slot) << 2)) & 0xffff));
    norm += value * value;
  }
  return total;
}
export function squares(): f64 { return norm; }
