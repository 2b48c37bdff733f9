import {idOfPlace, type PartName} from '../../api.js';
import type {Summaries} from '../../neighbours/summary.js';
import type {Reference} from '../../profile/reference.js';
import type {DataFile} from './files.js';
import {positionOf, type Shelf} from './shelves.js';

/** Where the records of before are now. */
export interface Whereabouts {
  /** True for a file of which not all records need be there. */
  isChanged(file: DataFile): boolean;
  has(file: DataFile, start: number): boolean;
  /** Undefined when it is gone. */
  find(file: DataFile, start: number): Located | undefined;
}

export interface Located {
  readonly path: string;
  /** The plain file to read it from; empty when there is none at hand. */
  readonly file: string;
  /** Where that is not as before. */
  readonly row?: {readonly line: number; readonly start: number; readonly end: number};
}

/**
 * The rest of the data set as one reference: the records of all shelves, at their places of now. Records that
 * are gone take a number and cannot be found.
 */
export function restOf(name: string, shelves: readonly Shelf[], whereabouts: Whereabouts): Reference {
  const [first] = shelves;
  const firsts = [0];
  for (const {reference} of shelves) firsts.push(firsts.at(-1)! + reference.records);
  const find = (record: number) => {
    let low = 0;
    let high = shelves.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (firsts[middle]! <= record) low = middle;
      else high = middle - 1;
    }
    return {shelf: shelves[low]!, own: record - firsts[low]!};
  };
  const origin = ({files, reference}: Shelf, record: number): [DataFile, number] => {
    const {file, start} = reference.where(record);
    return [files[positionOf(file)]!, start];
  };

  function* present(shelf: Shelf, part: PartName): Generator<Summaries> {
    let record = 0;
    for (const rows of shelf.reference.summaries(part)) {
      for (let row = 0; row < rows.count; row++, record++) {
        if (whereabouts.has(...origin(shelf, record))) continue;
        rows.words[row] = 0;
        rows.exact[2 * row] = 0;
        rows.exact[2 * row + 1] = 0;
      }
      yield rows;
    }
  }

  return {
    path: name,
    role: first?.reference.role ?? 'trusted',
    records: firsts.at(-1)!,
    fields: first?.reference.fields ?? {},
    sources: shelves.flatMap(({reference}) => reference.sources),
    *summaries(part) {
      for (const shelf of shelves) {
        yield* shelf.files.some(whereabouts.isChanged)
          ? present(shelf, part)
          : shelf.reference.summaries(part);
      }
    },
    words(part, record) {
      const {shelf, own} = find(record);
      return shelf.reference.words(part, own);
    },
    place(record) {
      const {shelf, own} = find(record);
      const {id, ...row} = shelf.reference.place(own);
      const now = whereabouts.find(...origin(shelf, own));
      const {path, file} = now ?? {path: name, file: ''};
      const {line, start, end} = now?.row ?? row;
      // A record without an id is called by its line, which may be another by now.
      return {
        id: id === idOfPlace({path, line: row.line}) ? idOfPlace({path, line}) : id,
        path,
        file,
        line,
        start,
        end,
      };
    },
    where(record) {
      const {shelf, own} = find(record);
      return shelf.reference.where(own);
    },
    exact(part, record) {
      const {shelf, own} = find(record);
      return shelf.reference.exact(part, own);
    },
    states: (section, version) => shelves.flatMap(({reference}) => reference.states(section, version)),
    signals: () => shelves.flatMap(({reference}) => reference.signals()),
  };
}
