import {
  createDetectorKernel,
  frameAt,
  frameSlots,
  inputAt,
  mostWords,
  perToken,
  styleAt,
  tokenOf,
} from './kernel/kernel.js';
import {styleIndex, styleMeasures} from './style.js';

/** A text as the detector sees it, its first words; valid until the next one is read. */
export interface Reading {
  readonly tokens: number;
  /** At most `mostWords`. */
  readonly words: number;
  /** By the order of `styleMeasures`. */
  readonly style: Float64Array;
}

/** What reads texts with one set of frame words: the words that are kept when others are masked. */
export interface Reader {
  read(text: string): Reading;
  /** Hashes of the n-grams of the text at hand by `tokenOf`, 0 where there is none. A view. */
  ngrams(): Uint32Array;
  /** Tokens of the text at hand: hash, masked hash, start in bytes, kind and length. A view. */
  tokens(): Uint32Array;
  /** What was read of the text at hand, as UTF-8. A view. */
  bytes(): Buffer;
  readonly kernel: ReturnType<typeof createDetectorKernel>;
}

export const tokenKinds = {word: 0, number: 1, sign: 2, start: 3, framed: 4} as const;

export function createReader(frame: Uint32Array): Reader {
  const kernel = createDetectorKernel();
  const slots = kernel.words().subarray(frameAt / 4, frameAt / 4 + frameSlots);
  for (const hash of frame) {
    let slot = hash & (frameSlots - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (frameSlots - 1);
    slots[slot] = hash;
  }
  const style = new Float64Array(kernel.bytes().buffer, styleAt, styleMeasures.length);
  let count = 0;
  return {
    kernel,
    read(text) {
      count = kernel.tokenise(kernel.write(text), mostWords);
      kernel.measure();
      return {tokens: count, words: style[styleIndex.words]!, style};
    },
    ngrams() {
      const hashes = kernel.ngrams();
      return new Uint32Array(kernel.bytes().buffer, kernel.hashesAt(), hashes);
    },
    tokens: () => new Uint32Array(kernel.bytes().buffer, kernel.tokensAt(), count * 4),
    bytes: () => Buffer.from(kernel.bytes().buffer, inputAt, kernel.readBytes()),
  };
}

/** Whether a token is a word. */
export function isWord(info: number): boolean {
  return (info & 3) === tokenKinds.word;
}

/** N-gram hashes that come from each token, and the token that one begins at, by its place. */
export {perToken, tokenOf};
