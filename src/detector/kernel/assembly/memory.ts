// Where things are: [classes, frame words] [n-gram table, counts] [surprise table] [last seen] [input] [tokens]
// [hashes]. What stands behind the input moves with the length of the text.

/** What a byte is, see `tokenise`. */
export const CLASSES: usize = 1024;
/** Numbers that `measure` leaves: f64. */
export const STYLE: usize = 2048;
/** By count, what it counts for: JS fills it, so that training and scoring agree to the bit. 256 of f64. */
export const DAMPED: usize = 4096;
/** Open hash table of the words that are kept when others are masked: 4,096 slots of u32. */
export const FRAME: usize = 1 << 16;
export const FRAME_MASK: u32 = 4095;
/** Where a word or pair was last seen: 2 tables of 4,096 slots of u32. */
export const SEEN: usize = (1 << 16) + (1 << 14);
export const SEEN_MASK: u32 = 4095;
/**
 * A bit for each n-gram with a weight, by the lower 19 bits of its mixed bucket: small enough for the first cache,
 * it settles nine in ten of those without.
 */
export const FILTER: usize = 1 << 19;
export const FILTER_MASK: u32 = (1 << 19) - 1;
/** Open hash table of the n-grams with a weight: 131,072 slots, upper half of the mixed bucket and weight i16. */
export const TABLE: usize = 1 << 20;
export const TABLE_MASK: u32 = (1 << 17) - 1;
/** N-grams share a weight when the upper 22 bits of their hashes are the same. */
export const BUCKET_SHIFT: u32 = 10;
/** How often each was seen in the text at hand: u8. */
export const COUNTS: usize = TABLE + (1 << 19);
export const INPUT: usize = 8 << 20;

/** Tokens: hash u32, masked hash u32, start in bytes u32, kind and length u32. */
export const TOKEN: usize = 16;
export let tokens: usize = 0;
export let tokenCount: u32 = 0;
export let hashes: usize = 0;
export let hashCount: u32 = 0;

export function setTokens(at: usize): void { tokens = at; }
export function setTokenCount(count: u32): void { tokenCount = count; }
export function setHashes(at: usize): void { hashes = at; }
export function setHashCount(count: u32): void { hashCount = count; }

/** Bytes of memory that a text of this length may touch: a token for each byte, ten hashes for each token. */
export function bytesFor(length: u32): f64 {
  return <f64>INPUT + <f64>length * 72.0 + 65536.0;
}

// @ts-expect-error: decorator
@inline
export function mix(hash: u32, value: u32): u32 {
  hash = (hash ^ value) * 0x9e3779b1;
  return hash ^ (hash >>> 15);
}
