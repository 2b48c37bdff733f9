/**
 * Columns that grow without moving what they hold: segments of 65,536 rows, so that a corpus of millions of
 * records never needs twice its memory for a moment.
 */
const shift = 16;
const segmentRows = 1 << shift;
const mask = segmentRows - 1;

type Numbers = Uint8Array | Uint16Array | Uint32Array | Float64Array;

export interface NumberColumn<A extends Numbers = Numbers> {
  get(row: number): number;
  set(row: number, value: number): void;
  /** Writes `values` from `row` on. */
  write(row: number, values: A): void;
}

export function createColumn<A extends Numbers>(make: (rows: number) => A): NumberColumn<A> {
  const segments: A[] = [];
  const segment = (index: number): A => {
    while (segments.length <= index) segments.push(make(segmentRows));
    return segments[index]!;
  };
  return {
    get: row => segments[row >>> shift]?.[row & mask] ?? 0,
    set(row, value) {
      segment(row >>> shift)[row & mask] = value;
    },
    write(row, values) {
      forStretches(row, values.length, (index, to, from, count) =>
        segment(index).set(values.subarray(from, from + count), to),
      );
    },
  };
}

export const bytesColumn = () => createColumn<Uint8Array>(rows => new Uint8Array(rows));
export const wordsColumn = () => createColumn<Uint32Array>(rows => new Uint32Array(rows));
export const numbersColumn = () => createColumn<Float64Array>(rows => new Float64Array(rows));

/** Rows of `width` numbers, added at the end. */
export interface BlockColumn<A extends Numbers = Numbers> {
  append(rows: A): void;
  /** The segment that holds a row, and where in it the row begins. */
  segment(row: number): A;
  offset(row: number): number;
}

export function createBlocks<A extends Numbers>(width: number, make: (length: number) => A): BlockColumn<A> {
  const segments: A[] = [];
  let rows = 0;
  return {
    append(block) {
      const count = block.length / width;
      forStretches(rows, count, (index, to, from, stretch) => {
        if (segments.length <= index) segments.push(make(segmentRows * width));
        segments[index]!.set(block.subarray(from * width, (from + stretch) * width), to * width);
      });
      rows += count;
    },
    segment: row => segments[row >>> shift]!,
    offset: row => (row & mask) * width,
  };
}

/** The stretches of `count` rows from `row` on that lie in one segment each. */
function forStretches(
  row: number,
  count: number,
  each: (segment: number, to: number, from: number, count: number) => void,
): void {
  for (let from = 0; from < count; ) {
    const to = (row + from) & mask;
    const stretch = Math.min(count - from, segmentRows - to);
    each((row + from) >>> shift, to, from, stretch);
    from += stretch;
  }
}
