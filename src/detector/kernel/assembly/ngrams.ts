import {
  BUCKET_SHIFT, hashCount, hashes, MET, MET_BYTES, mix, setHashCount, setHashes, SLOT_SHIFT, TABLE, TAG_BITS, TAG_MASK, TOKEN, tokenCount, tokens,
} from './memory';
import {startHash} from './tokenise';

// What the linear model looks at: for each token the word itself, it with the next one and two, its shape alone
// and with the next one to three (a masked word is its length and last two letters: how a sentence is built
// without what it is about), and its beginning and end.

/** Hashes for each token; those of four tokens stand together, kind by kind. */
export const perToken: u32 = 8;
const BLOCK: usize = 4 * 4 * 8;

// @ts-expect-error: decorator
@inline
function mixed(hash: v128, value: v128): v128 {
  const product = i32x4.mul(v128.xor(hash, value), i32x4.splat(0x9e3779b1));
  return v128.xor(product, i32x4.shr_u(product, 15));
}

/** `hash` where `value` is not 0, 0 elsewhere. */
// @ts-expect-error: decorator
@inline
function where(value: v128, hash: v128): v128 {
  return v128.andnot(hash, i32x4.eq(value, i32x4.splat(0)));
}

/** Writes the hashes of all n-grams, 0 where there is none, four tokens at a time. Returns their number. */
export function ngrams(): u32 {
  const count = (tokenCount + 3) & ~3;
  const last = tokens + <usize>tokenCount * TOKEN;
  // Behind the last token stand empty ones: what fills its block, and what an n-gram looks at.
  for (let at: usize = 0; at < 8 * TOKEN; at += 16) v128.store(last + at, i64x2.splat(0));
  const from = (last + 8 * TOKEN + 63) & ~31;
  setHashes(from);
  let out = from;
  // Words and shapes of four tokens, from tokens that hold both side by side.
  let one = v128.load(tokens);
  let two = v128.load(tokens, 16);
  let three = v128.load(tokens, 32);
  let four = v128.load(tokens, 48);
  let front = v128.shuffle<i32>(one, two, 0, 4, 1, 5);
  let back = v128.shuffle<i32>(three, four, 0, 4, 1, 5);
  let word = v128.shuffle<i64>(front, back, 0, 2);
  let shape = v128.shuffle<i64>(front, back, 1, 3);
  for (let at = tokens; at < last; at += 4 * TOKEN) {
    one = v128.load(at, 64);
    two = v128.load(at, 80);
    three = v128.load(at, 96);
    four = v128.load(at, 112);
    front = v128.shuffle<i32>(one, two, 0, 4, 1, 5);
    back = v128.shuffle<i32>(three, four, 0, 4, 1, 5);
    const words = v128.shuffle<i64>(front, back, 0, 2);
    const shapes = v128.shuffle<i64>(front, back, 1, 3);
    const word2 = v128.shuffle<i32>(word, words, 1, 2, 3, 4);
    const word3 = v128.shuffle<i64>(word, words, 1, 2);
    const shape2 = v128.shuffle<i32>(shape, shapes, 1, 2, 3, 4);
    const shape3 = v128.shuffle<i64>(shape, shapes, 1, 2);
    const shape4 = v128.shuffle<i32>(shape, shapes, 3, 4, 5, 6);
    const single = mixed(i32x4.splat(0x85ebca6b), word);
    const pair = mixed(single, word2);
    v128.store(out, v128.andnot(where(word, single), i32x4.eq(word, i32x4.splat(startHash))));
    v128.store(out, where(word2, pair), 16);
    v128.store(out, where(word3, mixed(pair, word3)), 32);
    const masked = mixed(i32x4.splat(0xc2b2ae35), shape);
    const masked2 = mixed(masked, shape2);
    const masked3 = mixed(masked2, shape3);
    // What is not masked is counted as a word already.
    v128.store(out, v128.andnot(masked, i32x4.eq(word, shape)), 48);
    v128.store(out, where(shape2, masked2), 64);
    v128.store(out, where(shape3, masked3), 80);
    v128.store(out, where(shape4, mixed(masked3, shape4)), 96);
    // The shape with one left out: patterns such as "not _ but".
    v128.store(out, where(shape3, mixed(mixed(i32x4.splat(0x27d4eb2f), shape), shape3)), 112);
    word = words;
    shape = shapes;
    out += BLOCK;
  }
  setHashCount(count * perToken);
  return count * perToken;
}

let met: u32 = 0;

// @ts-expect-error: decorator
@inline
function entryOf(hash: u32): u32 { return <u32>load<u16>(TABLE + ((<usize>(hash >>> SLOT_SHIFT)) << 1)); }

/** Writes the hash down; returns where the next one goes, which is behind it if it may stand in the table. */
// @ts-expect-error: decorator
@inline
function sift(hash: u32, to: usize): usize {
  store<u32>(to, hash);
  return to + ((<usize>(((entryOf(hash) ^ (hash >>> BUCKET_SHIFT)) & TAG_MASK) == 0)) << 2);
}

/**
 * Sum of the weights of the n-grams of the text at hand, each distinct one once; how many have a weight is `known`.
 * First all hashes pass the table without a branch, then those that stand there are counted where they are met
 * first. Bucket 0, where the hash of no n-gram falls, has no weight, and what has none is not counted.
 */
export function weigh(): i32 {
  const end = hashes + ((<usize>hashCount) << 2);
  let found = hashes;
  for (let at = hashes; at < end; at += 16) {
    const one = load<u32>(at);
    const two = load<u32>(at, 4);
    const three = load<u32>(at, 8);
    const four = load<u32>(at, 12);
    found = sift(four, sift(three, sift(two, sift(one, found))));
  }
  memory.fill(MET, 0, MET_BYTES);
  let total: i32 = 0;
  met = 0;
  for (let at = hashes; at < found; at += 4) {
    const hash = load<u32>(at);
    const weight = <i32>(<i16>entryOf(hash)) >> TAG_BITS;
    const place = MET + ((<usize>(hash >>> (SLOT_SHIFT + 5))) << 2);
    const bit: u32 = 1 << ((hash >>> SLOT_SHIFT) & 31);
    const bits = load<u32>(place);
    const first = <u32>((bits & bit) == 0) & <u32>(weight != 0);
    store<u32>(place, bits | bit);
    total += weight & -<i32>first;
    met += first;
  }
  return total;
}
export function known(): u32 { return met; }
