import type {CorpusRecord} from './record.js';

/** What must stand in a text before a rule looks at it. */
export interface KeywordList {
  /** Words in a row, in any case, whatever stands between them but letters and digits: `co authored by`. */
  readonly phrases?: readonly string[];
  /**
   * What stands in the text as it is written here, letters of ASCII in either case: `<|`, `[your `. It begins with
   * punctuation or a character beyond ASCII.
   */
  readonly signs?: readonly string[];
}

/** A pattern, or whatever else a rule looks for, with its keywords. */
export interface HasKeywords {
  readonly keywords: KeywordList;
}

/** Those of a rule's patterns of which a keyword stands in the `text` of a record, in order: mostly none. */
export type KeywordFinder<T> = (record: CorpusRecord) => readonly T[];
