// Where things are: [bins, sketch, loaded flags, pages of code points, keywords, runs, orders] [input] [folded]
// [exact] [words] [what is made of the words]. Everything behind the input moves with the length of the text.

export const BINS: usize = 1024;
export const SKETCH: usize = 1536;
export const LOADED: usize = 2048;
export const PAGES: usize = 8192;
export const PAGE_BYTES: usize = 256 + 256 * 8;

/** Slots of a table of keywords, by their hash: a key and the address of its first entry, 0 for an empty slot. */
export const KEY_SLOTS: u32 = 1 << 14;
/** Keywords, as ../keywords.ts lays them out: which lists were found, a flag for each, ... */
export const FLAGS: usize = 10 << 20;
export const FOUND: usize = FLAGS + 4096;
/** ... the bytes that signs begin with, by their two halves, and a bit for each word of a phrase, ... */
export const SIGN_HALVES: usize = FOUND + 4 * 4096;
export const BITS: usize = SIGN_HALVES + 32;
/** ... and the tables, each of eight bytes a slot; what their entries are stands behind them. */
export const SIGNS: usize = BITS + 16384;
export const PHRASES: usize = SIGNS + 8 * KEY_SLOTS;

/** Runs of words that were seen in the text at hand. */
export const RUN_SLOTS: u32 = 4096;
export const RUNS: usize = (11 << 20) - 4 * RUN_SLOTS;

export const ORDERS: usize = 11 << 20;
export const RANKS: usize = ORDERS + 16384;
export const INPUT: usize = 12 << 20;

/** Hashes of the words of the text at hand. */
export let words: usize = 0;

export function setWords(address: usize): void { words = address; }

// @ts-expect-error: decorator
@inline
export function align(address: usize): usize { return (address + 31) & ~31; }

/** Bytes of memory that `tokenise` may touch for an input of this length. */
export function bytesToTokenise(length: u32): f64 {
  return <f64>INPUT + <f64>length * 24.0 + 1024.0;
}

/** Bytes of memory that what follows may touch after `tokenise` gave `count` words. */
export function bytesToSummarise(count: u32): f64 {
  return <f64>words + <f64>count * 24.0 + <f64>slotsFor(count + 1) * 8.0 + 4096.0;
}

/** Slots of a table for so many pairs, at a quarter of its load. */
export function slotsFor(count: u32): u32 {
  let slots: u32 = 64;
  while (slots < count * 4) slots *= 2;
  return slots;
}
