import type {MeasureUnit} from './units.js';

/** A number, a text, a 95 % interval, or nothing known. */
export type Cell = string | number | readonly [low: number, high: number] | null;

export interface Column {
  /** Lower-case letters, digits and `-`: the key in the JSON report. */
  readonly id: string;
  /** What a person reads above it. */
  readonly title: string;
  /** Of numbers and intervals. Default `count`. */
  readonly unit?: MeasureUnit;
}

/** How a table is drawn where pictures can be; columns are named by their ids. The table stands behind it. */
export type Picture =
  | {
      /** One bar a row, the reference's value as a mark beside it. */
      readonly kind: 'bars';
      readonly label: string;
      readonly value: string;
      readonly interval?: string;
      readonly reference?: string;
    }
  | {
      /** One square for each pair of labels, the darker the larger the value. */
      readonly kind: 'matrix';
      readonly row: string;
      readonly column: string;
      readonly value: string;
    };

/** What stands behind a measure: its parts, for a person to look at. In reports, under `tables`. */
export interface Table {
  /** `family.name` in lower case, digits and `-`: `tail.bands`. */
  readonly id: string;
  readonly title: string;
  /** A sentence or two: how to read it. */
  readonly note?: string;
  readonly columns: readonly Column[];
  /** One cell for each column. At most 200 rows are kept. */
  readonly rows: readonly (readonly Cell[])[];
  readonly picture?: Picture;
}
