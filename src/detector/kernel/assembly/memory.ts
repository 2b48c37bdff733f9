// Where things are: [classes, measures, frame words, last seen] [slots hit] [weights of n-grams] [input] [tokens]
// [hashes]. What stands behind the input moves with the length of the text: a byte is a token at most, but for starts of
// sentences, and a token has eight hashes, so that 72 bytes for one of text are enough.

/** What a byte is, see `tokenise`. */
export const CLASSES: usize = 1024;
/** Numbers that `measure` leaves: f64. */
export const STYLE: usize = 2048;
/** Signs of the text at hand by what they are: 256 of u32. */
export const SIGNS: usize = 4096;
/** Open hash table of the words that are kept when others are masked: 4,096 slots of u32. */
export const FRAME: usize = 1 << 16;
export const FRAME_MASK: u32 = 4095;
/** Where a word or pair was last seen: 2 tables of 4,096 slots of u32. */
export const SEEN: usize = (1 << 16) + (1 << 14);
export const SEEN_MASK: u32 = 4095;
/** Where words are noted that are not to be found again. */
export const NOWHERE: usize = 3072;
/** The numbers again, f32, as the trees look at them, and the trees. */
export const MEASURES: usize = 1 << 17;
export const FOREST: usize = (1 << 17) + 1024;
/** N-grams share a weight when the upper 22 bits of their hashes, the bucket, are the same. */
export const BUCKET_SHIFT: u32 = 10;
/**
 * Weights of n-grams by the upper 17 bits of their buckets: 131,072 slots of u16, one n-gram in each at most. The
 * lower 5 bits of its bucket, which tell it from others that fall there, stand below 11 bits of weight; 0 is an empty slot.
 */
export const TABLE: usize = 1 << 20;
export const SLOT_SHIFT: u32 = 15;
export const TAG_BITS: u32 = 5;
export const TAG_MASK: u32 = 31;
/** A bit for each slot that the text at hand has hit. */
export const MET: usize = 1 << 19;
export const MET_BYTES: usize = 1 << 14;
export const INPUT: usize = 2 << 20;

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

// @ts-expect-error: decorator
@inline
export function mix(hash: u32, value: u32): u32 {
  hash = (hash ^ value) * 0x9e3779b1;
  return hash ^ (hash >>> 15);
}
