/** What a file says of a data set: the YAML of its `README.md`, or Croissant beside it. */
export interface Declaration {
  /** As shown to people. */
  readonly path: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Line of a key, from 1; of its nearest parent where it is not there, and 1 where there is none. */
  readonly line: (...path: readonly (string | number)[]) => number;
}

export interface DatasetSplit {
  readonly name: string;
  /** Rows that were read, those that are no records among them; undefined where it was not read. */
  readonly rows: number | undefined;
}

/** A data set folder that is checked as a whole: what it declares, and what was read of it. */
export interface Dataset {
  /** The YAML at the beginning of its `README.md`. */
  readonly card: Declaration;
  /** Croissant (JSON-LD) beside the data. */
  readonly croissant?: Declaration;
  /** Name of the configuration that was taken, where the card has any. */
  readonly config?: string;
  /** Its splits; empty where the folder was read without any. */
  readonly splits: readonly DatasetSplit[];
  /** False where only the records that a change brings were read. */
  readonly whole: boolean;
}
