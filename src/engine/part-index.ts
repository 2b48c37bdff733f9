import {type Candidate, createNeighbourIndex, type NeighbourIndex} from '../neighbours/index.js';
import type {Summaries} from '../neighbours/summary.js';
import type {Reference} from '../profile/reference.js';
import type {PartPlan} from './plan.js';

/** A candidate with where it is from: a record of a reference, or (undefined) a row of the round. */
export interface SourcedCandidate {
  readonly candidate: Candidate;
  readonly reference: Reference | undefined;
  /** Its number there. */
  readonly record: number;
}

/** Everything that the rows of a round are held against on one part. */
export interface PartIndex {
  /**
   * Candidates of a chunk's rows, by row. Then the rows are candidates for the next ones; those marked in `apart`
   * take no place from others.
   */
  visit(rows: Summaries, apart?: Uint8Array): Map<number, SourcedCandidate[]>;
}

/**
 * References and earlier rows share one index, references first: a look-up in a table of millions is a miss
 * in the cache, and one is cheaper than two. A text that is there is not added again, so references in another
 * role have an index of their own: a rule may ask for that role alone. Benchmarks too, since they are looked for
 * inside rows.
 */
export function createPartIndex(
  {part, near, inside, holds}: PartPlan,
  references: readonly Reference[],
  expected: {readonly rows: number; readonly printsPerRow: number},
): PartIndex {
  const inRole = (role: Reference['role']) => references.filter(reference => reference.role === role);
  const [shared = [], ...apart] = [inRole('trusted'), inRole('previous')].filter(all => all.length > 0);
  const main = indexOf(shared, {inside, holds: false}, expected.rows);
  const others = [
    ...apart.map(from => ({from, index: indexOf(from, {inside, holds: false}, 0)})),
    ...[inRole('benchmark')]
      .filter(all => all.length > 0)
      .map(from => ({from, index: indexOf(from, {inside: false, holds}, 0)})),
  ];

  function indexOf(
    from: readonly Reference[],
    wanted: {readonly inside: boolean; readonly holds: boolean},
    rows: number,
  ): NeighbourIndex {
    const index = createNeighbourIndex({
      near,
      ...wanted,
      expected: rows + from.reduce((sum, {records}) => sum + records, 0),
      printsPerRecord: expected.printsPerRow,
    });
    for (const reference of from) for (const rows of reference.summaries(part)) index.fill(rows);
    return index;
  }

  function locate(candidate: Candidate, among: readonly Reference[]): SourcedCandidate {
    let {record} = candidate;
    for (const reference of among) {
      if (record < reference.records) return {candidate, reference, record};
      record -= reference.records;
    }
    return {candidate, reference: undefined, record};
  }

  return {
    visit(rows, apart) {
      const found = new Map<number, SourcedCandidate[]>();
      for (const [row, candidates] of main.visit(rows, true, apart)) {
        found.set(
          row,
          candidates.map(candidate => locate(candidate, shared)),
        );
      }
      for (const {from, index} of others) {
        for (const [row, candidates] of index.visit(rows, false)) {
          const located = candidates.map(candidate => locate(candidate, from));
          // References before the round, where both are as similar.
          const known = found.get(row) ?? [];
          const firstOfRound = known.findIndex(({reference}) => reference === undefined);
          found.set(row, known.toSpliced(firstOfRound < 0 ? known.length : firstOfRound, 0, ...located));
        }
      }
      return found;
    },
  };
}
