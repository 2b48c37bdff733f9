import {denseWindow, sketchBytes, type TextAnalyser, windowRuns} from '../features/text.js';

/**
 * What neighbours are found by, for the texts of one chunk and one part, in columns. Row i is text i; a row
 * without a text (malformed, or without this part) has 0 words and an exact hash of 0.
 */
export interface Summaries {
  readonly count: number;
  readonly words: Uint32Array;
  /** Two numbers a row: low and high half of the exact hash. */
  readonly exact: Uint32Array;
  /** 128 bytes a row. */
  readonly sketches: Uint8Array;
  /** End of each row's fingerprints in `fingerprints`. */
  readonly fingerprintEnds: Uint32Array;
  readonly fingerprints: Uint32Array;
  /** Every run of 6 words, where benchmarks are looked for: their items may be too short to share a fingerprint. */
  readonly runEnds?: Uint32Array;
  readonly runs?: Uint32Array;
}

export interface SummaryBuilder {
  /** A text, as a string or as UTF-8. */
  add(text: string | Uint8Array | undefined): void;
  finish(): Summaries;
}

export interface SummaryOptions {
  /** Keep every run of words: benchmark items are looked for. */
  readonly withRuns: boolean;
  /**
   * Fingerprints: none, those of the widest windows, or more for short texts, as for references, whose
   * records may become benchmark items.
   */
  readonly fingerprints: 'none' | 'wide' | 'dense';
}

/** Collects summaries row by row; reusable after `finish`. */
export function createSummaryBuilder(
  analyser: TextAnalyser,
  {withRuns, fingerprints: wanted}: SummaryOptions,
): SummaryBuilder {
  let words = new Uint32Array(1024);
  let exact = new Uint32Array(2048);
  let sketches = new Uint8Array(1024 * sketchBytes);
  const fingerprints = createRagged();
  const runs = withRuns ? createRagged() : undefined;
  let count = 0;

  function grow(): void {
    const rows = count * 2;
    words = extend(words, new Uint32Array(rows));
    exact = extend(exact, new Uint32Array(rows * 2));
    sketches = extend(sketches, new Uint8Array(rows * sketchBytes));
  }

  return {
    add(text) {
      if (count === words.length) grow();
      if (text === undefined) {
        words[count] = 0;
        exact[2 * count] = 0;
        exact[2 * count + 1] = 0;
        sketches.fill(0, count * sketchBytes, (count + 1) * sketchBytes);
        fingerprints.add(0, () => 0);
        runs?.add(0, () => 0);
      } else {
        analyser.read(text);
        const total = analyser.wordCount;
        words[count] = total;
        exact[2 * count] = analyser.exactLow;
        exact[2 * count + 1] = analyser.exactHigh;
        analyser.sketch(sketches, count * sketchBytes);
        const window = wanted === 'dense' ? denseWindow(total) : windowRuns;
        if (wanted === 'none') fingerprints.add(0, () => 0);
        else fingerprints.add(total, (out, offset) => analyser.fingerprints(out, offset, window));
        runs?.add(total, (out, offset) => analyser.fingerprints(out, offset, 1));
      }
      count++;
    },
    finish() {
      const [fingerprintEnds, prints] = fingerprints.finish();
      const result: Summaries = {
        count,
        words: words.slice(0, count),
        exact: exact.slice(0, 2 * count),
        sketches: sketches.slice(0, count * sketchBytes),
        fingerprintEnds,
        fingerprints: prints,
      };
      count = 0;
      if (runs === undefined) return result;
      const [runEnds, all] = runs.finish();
      return {...result, runEnds, runs: all};
    },
  };
}

/** Rows of different lengths, one after another. */
function createRagged() {
  let ends = new Uint32Array(1024);
  let values = new Uint32Array(1 << 14);
  let rows = 0;
  let used = 0;
  return {
    add(atMost: number, write: (out: Uint32Array, offset: number) => number) {
      if (used + atMost > values.length) values = extend(values, new Uint32Array((used + atMost) * 2));
      if (rows === ends.length) ends = extend(ends, new Uint32Array(rows * 2));
      used += write(values, used);
      ends[rows++] = used;
    },
    finish(): [Uint32Array, Uint32Array] {
      const result: [Uint32Array, Uint32Array] = [ends.slice(0, rows), values.slice(0, used)];
      rows = 0;
      used = 0;
      return result;
    },
  };
}

function extend<A extends Uint32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>>(from: A, to: A): A {
  to.set(from);
  return to;
}

/** Typed arrays of a summary, to be moved to another thread without a copy. */
export function buffersOf(summaries: Summaries): ArrayBuffer[] {
  const {words, exact, sketches, fingerprintEnds, fingerprints, runEnds, runs} = summaries;
  return [words, exact, sketches, fingerprintEnds, fingerprints, runEnds, runs]
    .filter(array => array !== undefined)
    .map(array => array.buffer as ArrayBuffer);
}
