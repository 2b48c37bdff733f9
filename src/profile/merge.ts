import {partNames} from '../api.js';
import type {MergeContext, SectionMerge} from './container/index.js';
import {encodeTable} from './container/table.js';
import {
  decodeNeighbours,
  decodeRecords,
  neighboursSection,
  neighboursVersion,
  recordsSection,
  recordsVersion,
} from './records.js';
import {decodeSignals, encodeSignals, mergeSignals, signalsSection, signalsVersion} from './signals.js';

/** How the sections of records.ts and signals.ts are joined when a profile is compacted. */
export const tableMerges: Readonly<Record<string, SectionMerge>> = {
  [recordsSection]: {version: recordsVersion, merge: mergeRecords},
  [signalsSection]: {
    version: signalsVersion,
    merge: (parts: readonly Uint8Array<ArrayBuffer>[]) =>
      encodeSignals(mergeSignals(parts.map(decodeSignals))),
  },
  ...Object.fromEntries(
    partNames.map(part => [
      neighboursSection(part),
      {
        version: neighboursVersion,
        merge: (parts: readonly Uint8Array<ArrayBuffer>[], context: MergeContext) =>
          mergeNeighbours(part, parts, context),
      },
    ]),
  ),
};

function mergeRecords(parts: readonly Uint8Array<ArrayBuffer>[], {coverage}: MergeContext): Uint8Array {
  const decoded = parts.map((part, index) => decodeRecords(part, rowsOf(coverage[index]!.records)));
  return encodeTable({
    source: concat(
      Uint32Array,
      decoded.map(({source}, index) => source.map(value => value + coverage[index]!.sources[0])),
    ),
    start: concat(
      Float64Array,
      decoded.map(({start}) => start),
    ),
    length: concat(
      Uint32Array,
      decoded.map(({length}) => length),
    ),
    line: concat(
      Uint32Array,
      decoded.map(({line}) => line),
    ),
    id: decoded.flatMap(({id}) => Array.from({length: id.length}, (_, row) => id.at(row))),
  });
}

function mergeNeighbours(
  part: (typeof partNames)[number],
  parts: readonly Uint8Array<ArrayBuffer>[],
  {coverage}: MergeContext,
): Uint8Array {
  const decoded = parts.map((bytes, index) =>
    decodeNeighbours(part, bytes, rowsOf(coverage[index]!.records)),
  );
  let before = 0;
  const ends = decoded.map(({ends: own, fingerprints}) => {
    const shifted = own.map(end => end + before);
    before += fingerprints.length;
    return shifted;
  });
  return encodeTable({
    words: concat(
      Uint32Array,
      decoded.map(({words}) => words),
    ),
    exact: concat(
      Uint32Array,
      decoded.map(({exact}) => exact),
    ),
    sketches: concat(
      Uint8Array,
      decoded.map(({sketches}) => sketches),
    ),
    ends: concat(Float64Array, ends),
    fingerprints: concat(
      Uint32Array,
      decoded.map(({fingerprints}) => fingerprints),
    ),
  });
}

function rowsOf([first, end]: readonly [number, number]): number {
  return end - first;
}

function concat<A extends Uint8Array | Uint32Array | Float64Array>(
  make: new (length: number) => A,
  parts: readonly A[],
): A {
  const joined = new make(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
