import type {Held, HeldRecord} from './held.js';

export interface Nearest {
  readonly record: HeldRecord;
  readonly cosine: number;
}

interface Table {
  readonly records: readonly HeldRecord[];
  readonly vectors: Int8Array;
  readonly norms: Float64Array;
}

/**
 * Finds the held record whose vector has the highest cosine, by looking at all of them. Undefined where none
 * has a vector of that kind.
 */
export function createSearch({records}: Held): (vector: Int8Array, kind: string) => Nearest | undefined {
  const kinds = new Map<string, HeldRecord[]>();
  // By hash, so that of two that are equally near the same one is named in every run.
  for (const [, record] of [...records].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const list = kinds.get(record.kind);
    if (list === undefined) kinds.set(record.kind, [record]);
    else list.push(record);
  }
  const tables = new Map([...kinds].map(([kind, list]) => [kind, tableOf(list)]));

  return (vector, kind) => {
    const table = tables.get(kind);
    const norm = normOf(vector);
    if (table === undefined || norm === 0) return undefined;
    const {vectors, norms} = table;
    const size = vector.length;
    let [best, cosine] = [0, -2];
    for (let at = 0, row = 0; row < norms.length; row++, at += size) {
      let sum = 0;
      // Whole numbers all along: 16,384 products of at most 127 * 127 stay below 2 ** 31.
      for (let offset = 0; offset < size; offset++)
        sum = (sum + Math.imul(vector[offset]!, vectors[at + offset]!)) | 0;
      const value = sum / (norms[row]! * norm);
      if (value > cosine) [best, cosine] = [row, value];
    }
    return {record: table.records[best]!, cosine};
  };
}

function tableOf(records: readonly HeldRecord[]): Table {
  const size = records[0]!.vector.length;
  const vectors = new Int8Array(records.length * size);
  for (const [row, {vector}] of records.entries()) vectors.set(vector, row * size);
  return {records, vectors, norms: Float64Array.from(records, ({vector}) => normOf(vector))};
}

function normOf(vector: Int8Array): number {
  let sum = 0;
  for (const component of vector) sum += component * component;
  return Math.sqrt(sum);
}
