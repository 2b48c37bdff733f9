import {createKernel, inputAt, type Kernel, sketchAt} from './kernel/kernel.js';
import {composeText} from './unicode.js';

/**
 * What the tool knows about a text without understanding it, from one pass over its UTF-8 bytes.
 *
 * - **Words**: maximal runs of letters, marks and digits, in NFC, case-folded, as 32-bit hashes. In scripts
 *   written without spaces each character is a word, hashed with the two characters before it, so that
 *   unrelated Thai or Chinese texts share as little as unrelated English ones.
 * - **Exact hash**: 64 bits of the text in NFC, white space collapsed, invisible characters left out.
 * - **Pairs**: the multiset of neighbouring words, with a start and an end marker (n words: n + 1 pairs).
 *   Similarity is the Jaccard similarity of these multisets. It has one meaning from 3 words to a book:
 *   0.8 says that about one word in eighteen differs.
 * - **Sketch**: one-permutation hashing with optimal densification (arXiv:1703.04664) of the pairs, 128
 *   bins, one byte each (b-bit minwise hashing, arXiv:0910.3349): its cost is that of the text's length.
 * - **Fingerprints**: winnowing (Schleimer, Wilkerson, Aiken, SIGMOD 2003): of every 15 consecutive runs of
 *   6 words the one with the least hash. Any 20 words in a row that two records share hence share one.
 */
export const textVersion = 2;
export const sketchBytes = 128;
export const runWords = 6;
export const windowRuns = 15;
/**
 * Runs of a window for a reference text of so many words: fewer in short texts, so that benchmark items too
 * have several fingerprints and two that begin alike are told apart. A run that is the least of a wide window
 * is the least of a narrower one in it, so texts still share what the widest windows keep.
 */
export function denseWindow(words: number): number {
  return Math.max(1, Math.min(windowRuns, Math.floor(words / 8)));
}
/** A shared stretch of this many words always shares a fingerprint. */
export const guaranteedWords = runWords + windowRuns - 1;

/** Parameters that a profile must share with the run that reads it. */
export const textParams = {text: textVersion, sketchBytes, runWords, windowRuns} as const;

export interface TextAnalyser {
  /**
   * Reads a text, a string or valid UTF-8; what follows speaks of it until the next call. Throws RangeError
   * beyond 170 MB of UTF-8.
   */
  read(text: string | Uint8Array): void;
  readonly wordCount: number;
  readonly exactLow: number;
  readonly exactHigh: number;
  /** Hashes of the words, in order. Valid until the next `read`. */
  words(): Uint32Array;
  /** The pairs as distinct 32-bit elements, unsorted. Empty without words. Copied. */
  elements(): Uint32Array;
  /** Writes 128 bytes; zeros when there are no words: such a text is similar to none. */
  sketch(out: Uint8Array, offset: number): void;
  /** Writes the fingerprints and returns how many: at most one per word, none under 6 words. `window` 1 keeps every run. */
  fingerprints(out: Uint32Array, offset: number, window?: number): number;
}

/** Memory a kernel may keep between texts; one that a huge record has blown up is replaced. */
const keepBytes = 256 << 20;
const hugeUnits = 1 << 20;
const encoder = new TextEncoder();
/** A mark at the beginning is part of the text. */
const decoder = new TextDecoder('utf-8', {ignoreBOM: true});

export function createTextAnalyser(): TextAnalyser {
  let kernel: Kernel = createKernel();
  let count = 0;
  let paired = false;
  let exactLow = 0;
  let exactHigh = 0;

  function load(text: string | Uint8Array, stable: boolean): number {
    if (typeof text !== 'string') {
      kernel.reserve(kernel.bytesToTokenise(text.length));
      kernel.bytes().set(text, inputAt);
      return kernel.tokenise(text.length, 0);
    }
    // At most three bytes for each UTF-16 unit; of a huge record that would ask too much, and it is counted.
    const length = text.length < hugeUnits ? text.length * 3 : Buffer.byteLength(text);
    kernel.reserve(kernel.bytesToTokenise(length));
    const {written} = encoder.encodeInto(text, kernel.bytes().subarray(inputAt, inputAt + length));
    return kernel.tokenise(written, stable ? 1 : 0);
  }

  function pairs(): void {
    if (!paired) kernel.pair(count);
    paired = true;
  }

  return {
    read(text) {
      if (kernel.bytes().length > keepBytes) kernel = createKernel();
      count = load(text, false);
      if (count < 0) count = load(composeText(typeof text === 'string' ? text : decoder.decode(text)), true);
      exactLow = kernel.exactLow() >>> 0;
      exactHigh = kernel.exactHigh() >>> 0;
      kernel.reserve(kernel.bytesToSummarise(count));
      paired = false;
    },
    get wordCount() {
      return count;
    },
    get exactLow() {
      return exactLow;
    },
    get exactHigh() {
      return exactHigh;
    },
    words() {
      return new Uint32Array(kernel.bytes().buffer, kernel.wordsAt(), count);
    },
    elements() {
      if (count === 0) return new Uint32Array(0);
      pairs();
      return new Uint32Array(kernel.bytes().buffer, kernel.elementsAt(), count + 1).slice();
    },
    sketch(out, offset) {
      if (count === 0) {
        out.fill(0, offset, offset + sketchBytes);
        return;
      }
      paired = false;
      kernel.sketch(count);
      const bytes = kernel.bytes();
      for (let bin = 0; bin < sketchBytes; bin++) out[offset + bin] = bytes[sketchAt + bin]!;
    },
    fingerprints(out, offset, window = windowRuns) {
      // Shares memory with the pairs, which are then made again if they are asked for.
      paired = false;
      const written = kernel.winnow(count, window);
      const memory = kernel.words();
      const from = kernel.fingerprintsAt() >>> 2;
      for (let index = 0; index < written; index++) out[offset + index] = memory[from + index]!;
      return written;
    },
  };
}
