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
  /** Candidates of a chunk's rows, by row. Then the rows are candidates for the next ones. */
  visit(rows: Summaries): Map<number, SourcedCandidate[]>;
}

/**
 * References and earlier rows share one index, references first: a look-up in a table of millions is a miss
 * in the cache, and one is cheaper than two. Benchmarks have their own, since they are looked for inside rows.
 */
export function createPartIndex(
  {part, near, inside, holds}: PartPlan,
  references: readonly Reference[],
  expected: {readonly rows: number; readonly printsPerRow: number},
): PartIndex {
  const shared = references.filter(({role}) => role !== 'benchmark' && role !== 'machine');
  const benchmarks = references.filter(({role}) => role === 'benchmark');
  const recordsOf = (all: readonly Reference[]) => all.reduce((sum, {records}) => sum + records, 0);

  const printsPerRecord = expected.printsPerRow;
  const main = createNeighbourIndex({
    near,
    inside,
    holds: false,
    expected: expected.rows + recordsOf(shared),
    printsPerRecord,
  });
  fill(main, shared);
  const items = createNeighbourIndex({
    near,
    inside: false,
    holds,
    expected: recordsOf(benchmarks),
    printsPerRecord,
  });
  fill(items, benchmarks);

  function fill(index: NeighbourIndex, from: readonly Reference[]): void {
    for (const reference of from) for (const rows of reference.summaries(part)) index.fill(rows);
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
    visit(rows) {
      const found = new Map<number, SourcedCandidate[]>();
      for (const [row, candidates] of main.visit(rows, true)) {
        found.set(
          row,
          candidates.map(candidate => locate(candidate, shared)),
        );
      }
      if (benchmarks.length === 0) return found;
      for (const [row, candidates] of items.visit(rows, false)) {
        const located = candidates.map(candidate => locate(candidate, benchmarks));
        found.set(row, [...(found.get(row) ?? []), ...located]);
      }
      return found;
    },
  };
}
