import type {Input} from '../corpus/input.js';
import {joinSummaries} from '../neighbours/join-summaries.js';
import type {Reference} from '../profile/reference.js';
import type {Common, Compared, Pair, RowPlace} from './compare.js';
import type {FoundNeighbour} from './evidence.js';
import {createPartIndex, type PartIndex, type SourcedCandidate} from './part-index.js';
import type {PartPlan, Plan} from './plan.js';
import type {Rows} from './rows.js';
import type {RowName, ScanResult} from './scanner.js';

/** A chunk whose rows have numbers and candidates, before the candidates are compared. */
export interface Joined {
  readonly result: ScanResult;
  /** Row number of the chunk's first row. */
  readonly first: number;
  readonly suspects: readonly Suspect[];
  /** What to compare, one for each suspect. */
  readonly pairs: readonly Pair[];
}

/** A candidate of a row. */
interface Suspect extends SourcedCandidate {
  readonly row: number;
  readonly part: PartPlan['part'];
}

export interface Settled {
  readonly name: RowName;
  readonly neighbours: FoundNeighbour[];
}

/** The ordered join: rows meet the references and the rows before them, in input order, on one thread. */
export interface Join {
  /** Takes the next chunks, in order. Many at once cost less: their look-ups share the pages they touch. */
  add(results: readonly ScanResult[]): Joined[];
  /** Neighbours and names by row, from what the comparisons gave. */
  settle(joined: Joined, compared: readonly Compared[]): Map<number, Settled>;
}

export function createJoin(
  plan: Plan,
  inputs: readonly Input[],
  references: readonly Reference[],
  rows: Rows,
  isRefused: (result: ScanResult, offset: number) => boolean,
): Join {
  const totalBytes = inputs.reduce((sum, input) => sum + input.bytes, 0);
  let indexes: PartIndex[] | undefined;

  /** Tables are made when the first rows say how many there will be. */
  function indexesFor({count, starts, ends, summaries}: ScanResult): PartIndex[] {
    const bytesPerRow = count === 0 ? 1024 : (ends[count - 1]! - starts[0]! + 1) / count;
    const expectedRows = Math.ceil((totalBytes / bytesPerRow) * 1.05);
    indexes ??= plan.parts.map((part, index) => {
      const printsPerRow = summaries[index]!.fingerprints.length / Math.max(1, count);
      return createPartIndex(part, references, {rows: expectedRows, printsPerRow});
    });
    return indexes;
  }

  /** Rows that are refused whatever they are like: others are held against those that stay. */
  function refused(results: readonly ScanResult[]): Uint8Array | undefined {
    let marks: Uint8Array | undefined;
    let first = 0;
    for (const result of results) {
      for (const offset of result.evidence.keys()) {
        if (!isRefused(result, offset)) continue;
        marks ??= new Uint8Array(results.reduce((sum, {count}) => sum + count, 0));
        marks[first + offset] = 1;
      }
      first += result.count;
    }
    return marks;
  }

  function placeOf(row: number): RowPlace {
    const {path, file} = inputs[rows.input(row)]!;
    return {path, file, start: rows.start(row), end: rows.end(row), line: rows.line(row)};
  }

  function pairOf({row, part, candidate, record, reference}: Suspect, inside: boolean): Pair {
    const here = placeOf(row);
    const withRuns = reference?.role === 'benchmark' || (inside && candidate.inside > 0);
    if (reference === undefined) return {part, here, there: placeOf(record), withRuns};
    const {fields} = reference;
    const known = {fields, exact: reference.exact(part, record)};
    return {part, here, there: reference.place(record), withRuns, reference: known};
  }

  return {
    add(results) {
      const joined = results.map(result => ({
        result,
        first: rows.append(result),
        suspects: [] as Suspect[],
        pairs: [] as Pair[],
      }));
      const begin = joined[0]!.first;
      const apart = refused(results);
      for (const [index, partIndex] of indexesFor(results[0]!).entries()) {
        const {part, inside} = plan.parts[index]!;
        const found = partIndex.visit(joinSummaries(results.map(({summaries}) => summaries[index]!)), apart);
        for (const {result, first, suspects, pairs} of joined) {
          for (let row = first; row < first + result.count; row++) {
            for (const sourced of found.get(row - begin) ?? []) {
              const suspect = {row, part, ...sourced};
              suspects.push(suspect);
              pairs.push(pairOf(suspect, inside));
            }
          }
        }
      }
      return joined;
    },
    settle({suspects}, compared) {
      const settled = new Map<number, Settled>();
      for (const [index, suspect] of suspects.entries()) {
        const {here, there} = compared[index]!;
        const found = describe(suspect, there);
        const ofRow = settled.get(suspect.row);
        if (ofRow === undefined) settled.set(suspect.row, {name: here, neighbours: [found]});
        else ofRow.neighbours.push(found);
      }
      return settled;
    },
  };

  function describe(
    {part, candidate, record, reference}: Suspect,
    compared: Common | undefined,
  ): FoundNeighbour {
    const origin = reference === undefined ? 'round' : {reference: reference.path, role: reference.role};
    const row = reference === undefined ? record : -1;
    const there = reference ? reference.place(record) : {...placeOf(record), id: ''};
    const {path, line, id} = there;
    if (compared === undefined) {
      // The text is not at hand: what the profile remembers has to do.
      const {same, estimate, inside, holds} = candidate;
      const words = reference?.words(part, record) ?? 0;
      const neighbour = {record: {id, path, line}, verified: false, origin, words} as const;
      const clamp = (share: number) => Math.min(1, Math.max(0, share));
      return {neighbour, part, row, same, near: clamp(estimate), inside: clamp(inside), holds: clamp(holds)};
    }
    const {same, near, inside, holds, words} = compared;
    const named = {id: compared.id, path, line, hash: compared.hash};
    return {
      neighbour: {record: named, verified: true, origin, words},
      part,
      row,
      there,
      same,
      near,
      inside,
      holds,
    };
  }
}
