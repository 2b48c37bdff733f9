/** One input of a round, seekable: standard input and compressed files are spooled to a plain file first. */
export interface Input {
  /** As the user named it, `/` between folders, relative to the working folder where it is inside it. */
  readonly path: string;
  /** The plain file to read ranges from: the input itself, or its spooled copy. */
  readonly file: string;
  /** How the original is stored; outputs are written the same way. */
  readonly codec: 'plain' | 'gzip';
  /** Bytes of the plain file. */
  readonly bytes: number;
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
