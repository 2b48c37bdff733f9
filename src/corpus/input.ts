import type {Codec, Format} from './formats.js';

/** One input of a round, seekable: standard input and compressed files are spooled to a plain file first. */
export interface Input {
  /** As the user named it, `/` between folders, relative to the working folder where it is inside it. */
  readonly path: string;
  /** The plain file of JSON Lines to read ranges from: the input itself, or its spooled copy. */
  readonly file: string;
  /** How the original is stored; outputs are written the same way. */
  readonly codec: Codec;
  /** Bytes of the plain file. */
  readonly bytes: number;
  /** What the records were taken from, where that is not JSON Lines. */
  readonly origin?: Origin;
}

/** A file in another format, whose records were spooled as JSON Lines, one a line and none blank. */
export interface Origin {
  readonly format: Exclude<Format, 'jsonl'>;
  /** The decompressed original. */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Bytes at its start that go before the records of every set: the header of a CSV file. */
  readonly head: number;
  readonly places: Places;
  /** How the pages of a Parquet file are compressed. */
  readonly codecs?: readonly string[];
  /** What the file holds that cannot be written again as it was. */
  readonly unwritable?: string;
}

const noReasons: ReadonlyMap<number, string> = new Map();

/**
 * By record, in order: its line or row in the original, and the bytes there that belong to it. Small at first:
 * a folder of Markdown has one of these for each of a hundred thousand files.
 */
export class Places {
  count = 0;
  #reasons: Map<number, string> | undefined;
  #numbers = new Uint32Array(1);
  #starts = new Float64Array(1);
  #ends = new Float64Array(1);

  /** Records that are none, with what is wrong with each. */
  get reasons(): ReadonlyMap<number, string> {
    return this.#reasons ?? noReasons;
  }

  add(number: number, start: number, end: number, reason?: string): void {
    if (this.count === this.#numbers.length) {
      this.#numbers = larger(this.#numbers, Uint32Array);
      this.#starts = larger(this.#starts, Float64Array);
      this.#ends = larger(this.#ends, Float64Array);
    }
    this.#numbers[this.count] = number;
    this.#starts[this.count] = start;
    this.#ends[this.count] = end;
    if (reason !== undefined) {
      this.#reasons ??= new Map();
      this.#reasons.set(this.count, reason);
    }
    this.count++;
  }

  start(record: number): number {
    return this.#starts[record]!;
  }

  end(record: number): number {
    return this.#ends[record]!;
  }

  /** Lines or rows of some records: a copy. */
  numbers(first: number, count: number): Uint32Array<ArrayBuffer> {
    return this.#numbers.slice(first, first + count);
  }

  /** What is wrong with some records, by their position from `first`. */
  malformed(first: number, count: number): ReadonlyMap<number, string> {
    const found = new Map<number, string>();
    if (this.reasons.size === 0) return found;
    for (let index = 0; index < count; index++) {
      const reason = this.reasons.get(first + index);
      if (reason !== undefined) found.set(index, reason);
    }
    return found;
  }
}

function larger<A extends Uint32Array | Float64Array>(from: A, make: new (length: number) => A): A {
  const to = new make(2 * from.length);
  to.set(from);
  return to;
}

/** A stretch of one input that begins and ends at record boundaries. Same cuts at any concurrency. */
export interface Chunk {
  /** Position in the run, from 0. */
  readonly index: number;
  /** Index of the input in the run's list. */
  readonly input: number;
  /** Offset of the first byte in the plain file. */
  readonly start: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** True for the last chunk of its input. */
  readonly last: boolean;
}

/** A line that holds no record, with what is wrong with it. */
export interface Malformed {
  /** Physical line within the chunk, from 0. */
  readonly line: number;
  /** Byte range within the chunk, without the line ending. */
  readonly start: number;
  readonly end: number;
  /** What is wrong and what to do: "Unexpected token } in JSON at column 17". */
  readonly reason: string;
}
