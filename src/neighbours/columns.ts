/**
 * Columns that grow without moving what they hold: segments of 65,536 rows, so that a corpus of millions of
 * records never needs twice its memory for a moment.
 */
const shift = 16;
const segmentRows = 1 << shift;
const mask = segmentRows - 1;

export interface NumberColumn {
  get(row: number): number;
  set(row: number, value: number): void;
}

type NumberArray = Uint8Array | Uint32Array | Float64Array;

export function createColumn(make: (rows: number) => NumberArray): NumberColumn {
  const segments: NumberArray[] = [];
  return {
    get: row => segments[row >>> shift]?.[row & mask] ?? 0,
    set(row, value) {
      const index = row >>> shift;
      while (segments.length <= index) segments.push(make(segmentRows));
      segments[index]![row & mask] = value;
    },
  };
}

export const bytesColumn = () => createColumn(rows => new Uint8Array(rows));
export const wordsColumn = () => createColumn(rows => new Uint32Array(rows));
export const numbersColumn = () => createColumn(rows => new Float64Array(rows));

/** Rows of `width` bytes. */
export interface BlockColumn {
  append(from: Uint8Array, offset: number): void;
  /** The segment that holds a row, and where in it the row begins. */
  segment(row: number): Uint8Array;
  offset(row: number): number;
}

export function createBlocks(width: number): BlockColumn {
  const segments: Uint8Array[] = [];
  let rows = 0;
  return {
    append(from, offset) {
      const index = rows >>> shift;
      if (segments.length <= index) segments.push(new Uint8Array(segmentRows * width));
      segments[index]!.set(from.subarray(offset, offset + width), (rows & mask) * width);
      rows++;
    },
    segment: row => segments[row >>> shift]!,
    offset: row => (row & mask) * width,
  };
}
