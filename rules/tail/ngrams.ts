import {mix} from '../statistics/least-keys.js';

/**
 * A word trigram model, interpolated by Witten and Bell's method (*IEEE Transactions on Information Theory*
 * 37, 1991; method C): a word that followed its two predecessors often is likely after them, and the more
 * different words have followed a context, the more is left to the next shorter one.
 */
export interface NgramModel {
  /** Words that it was made from. */
  readonly tokens: number;
  /** Surprise of a text in bits per word. NaN of no words. */
  bitsPerWord(words: Uint32Array): number;
}

/** Below the shortest context every word is one of so many: a word never seen costs 20 bits and more. */
export const vocabulary = 2 ** 20;
/** Stands before the first word. */
export const start = 0;

/**
 * N-grams by 32-bit hash, open addressing: of n held ones, n in 4.3 billion look-ups of another find one.
 * Each has a cell of four numbers side by side, so that looking at it costs one trip to memory: its hash, how
 * often it was seen, how often a word followed it, and how many different ones.
 */
type Cells = Uint32Array;
const seen = 1;
const followed = 2;
const followers = 3;

export const hash1 = (word: number) => mix(word ^ 0x3c6ef372) >>> 0 || 1;
/** Of the n-gram that begins with the one of hash `before` and ends with `word`. */
export const hashAfter = (before: number, word: number) =>
  mix(Math.imul(before, 0x9e3779b1) + Math.imul(word ^ 0x27d4eb2f, 0x165667b1)) >>> 0 || 1;

export function trainNgrams(texts: readonly Uint32Array[]): NgramModel {
  const tokens = texts.reduce((sum, words) => sum + words.length, 0);
  let cells: Cells = new Uint32Array(4 << 12);
  let distinct = 0;
  let held = 2;
  for (const words of texts) {
    // Two of three cells are taken at most, however new the text.
    while (held + distinct + 3 * words.length > cells.length / 6) cells = doubled(cells);
    let last1 = cellFor(cells, hash1(start));
    let last2 = cellFor(cells, hashAfter(cells[last1]!, start));
    for (let index = 0; index < words.length; index++) {
      const word = words[index]!;
      const one = cellFor(cells, hash1(word));
      const two = cellFor(cells, hashAfter(cells[last1]!, word));
      const three = cellFor(cells, hashAfter(cells[last2]!, word));
      if (cells[one + seen]!++ === 0) distinct++;
      held += follow(cells, last1, two) + follow(cells, last2, three);
      last1 = one;
      last2 = two;
    }
  }
  return {tokens, bitsPerWord: words => bitsPerWord(cells, tokens, distinct, words)};
}

/** Counts an n-gram and that it followed a context; 1 for a new one. */
function follow(cells: Cells, context: number, gram: number): 0 | 1 {
  const isNew = cells[gram + seen]!++ === 0;
  cells[context + followed]!++;
  if (isNew) cells[context + followers]!++;
  return isNew ? 1 : 0;
}

function bitsPerWord(cells: Cells, tokens: number, distinct: number, words: Uint32Array): number {
  let bits = 0;
  let last1 = find(cells, hash1(start));
  let last2 = last1 < 0 ? -1 : find(cells, hashAfter(cells[last1]!, start));
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!;
    const one = find(cells, hash1(word));
    const two = last1 < 0 ? -1 : find(cells, hashAfter(cells[last1]!, word));
    const three = last2 < 0 ? -1 : find(cells, hashAfter(cells[last2]!, word));
    let p = (times(cells, one) + distinct / vocabulary) / (tokens + distinct);
    p = interpolated(cells, last1, two, p);
    p = interpolated(cells, last2, three, p);
    bits -= Math.log2(p);
    last1 = one;
    last2 = two;
  }
  return bits / words.length;
}

const times = (cells: Cells, gram: number) => (gram < 0 ? 0 : cells[gram + seen]!);

/** Probability after a context, given that after the next shorter one. */
function interpolated(cells: Cells, context: number, gram: number, shorter: number): number {
  const all = context < 0 ? 0 : cells[context + followed]!;
  if (all === 0) return shorter;
  // None only where another n-gram has the same hash as its one follower.
  const different = cells[context + followers]! || 1;
  return (times(cells, gram) + different * shorter) / (all + different);
}

function doubled(from: Cells): Cells {
  const into = new Uint32Array(2 * from.length);
  for (let cell = 0; cell < from.length; cell += 4) {
    if (from[cell] !== 0) into.set(from.subarray(cell, cell + 4), cellFor(into, from[cell]!));
  }
  return into;
}

/** The place of the cell of a hash, which is taken for it where it is new. */
function cellFor(cells: Cells, hash: number): number {
  const mask = cells.length - 1;
  let cell = (hash << 2) & mask;
  while (cells[cell] !== 0 && cells[cell] !== hash) cell = (cell + 4) & mask;
  cells[cell] = hash;
  return cell;
}

/** -1 where it was never seen. */
function find(cells: Cells, hash: number): number {
  const mask = cells.length - 1;
  for (let cell = (hash << 2) & mask; cells[cell] !== 0; cell = (cell + 4) & mask) {
    if (cells[cell] === hash) return cell;
  }
  return -1;
}
