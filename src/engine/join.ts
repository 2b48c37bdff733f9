import type {Input} from '../corpus/input.js';
import {type Candidate, createNeighbourIndex, type NeighbourIndex} from '../neighbours/index.js';
import type {Reference} from '../profile/reference.js';
import type {Common, Compared, Pair, RowPlace} from './compare.js';
import type {FoundNeighbour} from './evidence.js';
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

/** A candidate of a row: an earlier row, or a record of a reference. */
interface Suspect {
  readonly row: number;
  readonly part: PartPlan['part'];
  readonly candidate: Candidate;
  readonly reference: Reference | undefined;
}

export interface Settled {
  readonly name: RowName;
  readonly neighbours: FoundNeighbour[];
}

/** The ordered join: rows meet the references and the rows before them, in input order, on one thread. */
export interface Join {
  add(result: ScanResult): Joined;
  /** Neighbours and names by row, from what the comparisons gave. */
  settle(joined: Joined, compared: readonly Compared[]): Map<number, Settled>;
}

export function createJoin(
  plan: Plan,
  inputs: readonly Input[],
  references: readonly Reference[],
  rows: Rows,
  expected: number,
): Join {
  const indexes: NeighbourIndex[] = plan.parts.map(({near, inside}) =>
    createNeighbourIndex({near, inside, holds: false, expected}),
  );

  function placeOf(row: number): RowPlace {
    const {path, file} = inputs[rows.input(row)]!;
    return {path, file, start: rows.start(row), end: rows.end(row), line: rows.line(row)};
  }

  return {
    add(result) {
      const first = rows.append(result);
      const suspects: Suspect[] = [];
      const pairs: Pair[] = [];
      for (const [index, {part, inside}] of plan.parts.entries()) {
        const summaries = result.summaries[index]!;
        const sources = [undefined, ...references].map(reference => ({
          reference,
          found:
            reference === undefined
              ? indexes[index]!.visit(summaries, true)
              : reference.indexOf(part).visit(summaries, false),
        }));
        for (let offset = 0; offset < result.count; offset++) {
          for (const {reference, found} of sources) {
            for (const candidate of found.get(offset) ?? []) {
              const row = first + offset;
              suspects.push({row, part, candidate, reference});
              const there = reference?.place(candidate.record);
              pairs.push({
                part,
                here: placeOf(row),
                there: there ?? placeOf(candidate.record),
                withRuns: reference?.role === 'benchmark' || (inside && candidate.inside > 0),
                ...(reference && {
                  reference: {fields: reference.fields, exact: reference.exact(part, candidate.record)},
                }),
              });
            }
          }
        }
      }
      return {result, first, suspects, pairs};
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

  function describe({part, candidate, reference}: Suspect, compared: Common | undefined): FoundNeighbour {
    const origin = reference === undefined ? 'round' : {reference: reference.path, role: reference.role};
    const there = reference ? reference.place(candidate.record) : {...placeOf(candidate.record), id: ''};
    const {path, line, id} = there;
    const row = reference === undefined ? candidate.record : -1;
    if (compared === undefined) {
      // The text is not at hand: what the profile remembers has to do.
      const {same, estimate, inside, holds} = candidate;
      const words = reference?.indexOf(part).words(candidate.record) ?? 0;
      const neighbour = {record: {id, path, line}, verified: false, origin, words} as const;
      return {
        neighbour,
        part,
        row,
        same,
        near: Math.max(0, estimate),
        inside: Math.min(1, inside),
        holds: Math.min(1, holds),
      };
    }
    const {same, near, inside, holds, words} = compared;
    const record = {id: compared.id, path, line, hash: compared.hash};
    return {
      neighbour: {record, verified: true, origin, words},
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
