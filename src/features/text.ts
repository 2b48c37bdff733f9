import {isAscii} from 'node:buffer';
import {createKernel, inputAt, type Kernel, sketchAt} from './kernel/kernel.js';
import {type Keywords, loadKeywords} from './keywords.js';
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
  /** Numbers of the lists of keywords of which something stands in the text, rising; mostly none. */
  keywords(): readonly number[];
  /**
   * Of a sample of the runs of three words the share that stood earlier in the text; 1 where none is in the sample.
   * In prose it is about one in thirty.
   */
  repeats(): number;
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

/** Texts within ASCII until foreign keywords are read all the same. */
const patience = 1000;
const noKeywords: readonly number[] = [];

/** `keywords` are looked for in every text that is read. */
export function createTextAnalyser(keywords?: Keywords): TextAnalyser {
  let kernel: Kernel = createKernel();
  /** Lists of keywords that the kernel knows, whether also those beyond ASCII, and texts that did without these. */
  let loaded = 0;
  let foreign = false;
  let without = 0;
  let count = 0;
  let paired = false;
  let exactLow = 0;
  let exactHigh = 0;

  /** Puts a text at the kernel's input as UTF-8; returns its bytes. */
  function put(text: string | Uint8Array): number {
    if (typeof text !== 'string') {
      kernel.reserve(kernel.bytesToTokenise(text.length));
      kernel.bytes().set(text, inputAt);
      return text.length;
    }
    // At most three bytes for each UTF-16 unit; of a huge record that would ask too much, and it is counted.
    const length = text.length < hugeUnits ? text.length * 3 : Buffer.byteLength(text);
    kernel.reserve(kernel.bytesToTokenise(length));
    return encoder.encodeInto(text, kernel.bytes().subarray(inputAt, inputAt + length)).written;
  }

  /** Splits a text into words; `length` of its bytes are at the input. */
  function split(text: string | Uint8Array, length: number): number {
    const words = kernel.tokenise(length, 0);
    if (words >= 0) return words;
    return kernel.tokenise(put(composeText(typeof text === 'string' ? text : decoder.decode(text))), 1);
  }

  /** Puts a text at the input of a kernel that knows all keywords that it may hold. */
  function putWithKeywords(text: string | Uint8Array, known: Keywords): number {
    if (loaded < known.count) learn(known);
    const length = put(text);
    if (foreign || (without++ < patience && isAscii(kernel.bytes().subarray(inputAt, inputAt + length))))
      return length;
    foreign = true;
    learn(known);
    return put(text);
  }

  function learn(known: Keywords): void {
    const wordsOf = (phrase: string) => {
      count = split(phrase, put(phrase));
      return wordsHere();
    };
    loadKeywords(kernel, known, wordsOf, foreign);
    loaded = known.count;
  }

  function wordsHere(): Uint32Array {
    return new Uint32Array(kernel.bytes().buffer, kernel.wordsAt(), count);
  }

  function pairs(): void {
    if (!paired) kernel.pair(count);
    paired = true;
  }

  return {
    read(text) {
      if (kernel.bytes().length > keepBytes) {
        kernel = createKernel();
        loaded = 0;
      }
      const length = keywords && keywords.count > 0 ? putWithKeywords(text, keywords) : put(text);
      // Before it is composed: signs stand in the text as it is.
      if (loaded > 0) kernel.seekSigns(length);
      count = split(text, length);
      if (loaded > 0) kernel.seekPhrases(count);
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
    words: wordsHere,
    keywords() {
      const found = loaded > 0 ? kernel.foundLists() : 0;
      if (found === 0) return noKeywords;
      return [...new Uint32Array(kernel.bytes().buffer, kernel.foundAt(), found).slice().sort()];
    },
    repeats() {
      paired = false;
      return kernel.repeats(count);
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
