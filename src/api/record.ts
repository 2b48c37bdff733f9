import type {EntailmentScores} from './labels.js';
import type {Absence} from './signals.js';

/** Parts of a record that a rule can look at. `text` is everything a model would be trained on. */
export const partNames = ['text', 'prompt', 'response', 'chosen', 'rejected'] as const;
export type PartName = (typeof partNames)[number];

/** Where a record stands in its input. */
export interface Place {
  /** As the user named it, with `/` between folders; `<stdin>` for standard input. */
  readonly path: string;
  /** Physical line, from 1; in Parquet and JSON arrays the row. */
  readonly line: number;
  /** Byte range in the (decompressed) file, without the line ending. */
  readonly bytes: readonly [start: number, end: number];
}

/** One training example. Built once per record and shared by all rules: treat it as read-only. */
export interface CorpusRecord {
  /** The mapped id field; `line:N` or `row:N` where the row has none. */
  readonly id: string;
  readonly place: Place;
  /** The row as parsed. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** First 128 bits of the SHA-256 of the row's bytes, in hex. For JSONL: the line without its ending. */
  readonly hash: string;
  /** What the model would be trained on, system prompts left out: the default thing to look at. */
  readonly text: string;
  readonly prompt?: string | undefined;
  readonly response?: string | undefined;
  readonly chosen?: string | undefined;
  readonly rejected?: string | undefined;
  readonly source?: string | undefined;
  readonly generator?: string | undefined;
}

/** Enough to name a record to a person: what messages, reports and the ledger hold. */
export interface RecordRef {
  readonly id: string;
  readonly path: string;
  readonly line: number;
  /** In reports, where `line` counts rows and not lines: the same number. */
  readonly row?: number;
  readonly hash?: string;
}

/** A stretch of one part, in UTF-16 code units: `[start, end)`. */
export interface Span {
  readonly part: PartName;
  readonly start: number;
  readonly end: number;
}

/** `machine`: samples of a generator that is suspected in the round. Nothing is a repeat of them. */
export type Role = 'trusted' | 'previous' | 'benchmark' | 'machine';

/** Where a sentence stands in the part it was found in, in UTF-16 code units: `[start, end)`. */
export interface Sentence {
  readonly start: number;
  readonly end: number;
}

/**
 * Values derived from one record, computed at most once. Plugins add their own by declaration merging:
 * `declare module 'collapse-gate/api' { interface Features { sentences: readonly string[] } }`.
 */
export interface Features {
  /** Case-folded words of `text`; single characters in scripts that do not separate words. */
  words: readonly string[];
  /** Number of words of `text`, from the fast tokeniser. */
  wordCount: number;
  /**
   * The words as 32-bit hashes, in order, from the fast tokeniser: the same word has the same hash in every
   * run and profile of one text version. Valid until the rule returns: copy what is kept.
   */
  wordHashes: Uint32Array;
  /**
   * How much the words repeat: of a sample of their runs of three the share that stood earlier in the text, 1 where
   * none is in the sample. About 0.03 in prose, near 1 in a loop. From the fast tokeniser.
   */
  repeats: number;
  /** The record's parts, mostly without making strings of them: for tests that most records do not pass. */
  parts: RecordParts;
  /** The row's fields by name, mostly without parsing all of it: `fields` may have to do that first. */
  row: RowFields;
  /** Sentences of the response, or of `text` where there is none, without the white space around them. */
  sentences: readonly Sentence[];
  /** How much the style of `text` is like that of machine text, or why nothing can be said. */
  style: StyleReading;
  /**
   * How the sources of a record stand to each claim of its answer. This and what follows is from providers: no
   * plugin, no feature. A rule that uses it names it in `needs` and asks `has`.
   */
  entailment: readonly EntailmentScores[] | Absence;
  /** What the text means, as a model puts it into numbers. */
  embedding: Embedding | Absence;
  /** What a classifier of machine text says. */
  detector: Detection | Absence;
}

export interface Embedding {
  readonly vector: Float32Array;
  /** What made it: vectors of two models, or of two settings of one, cannot be compared. */
  readonly model: string;
  /** Share of the text that the model read: less than 1 where it was too long. */
  readonly read: number;
}

export interface Detection {
  /** How sure the classifier is that a machine wrote the text: in [0, 1]. No probability unless it was calibrated. */
  readonly machine: number;
  readonly read: number;
}

/** A row of which only what is asked for is parsed. */
export interface RowFields {
  /** The same set for rows with the same fields. */
  readonly fieldNames: ReadonlySet<string>;
  /** The value of a field; undefined where the row has none of this name. */
  field(name: string): unknown;
}

/** What can be known about parts before their strings are there. */
export interface RecordParts {
  hasPart(part: PartName): boolean;
  /** In UTF-16 code units; undefined: the record has no such part. */
  lengthOf(part: PartName): number | undefined;
  /** At most so many UTF-16 code units from the beginning. */
  startOf(part: PartName, units: number): string | undefined;
}

export type StyleReading = StyleScore | {readonly abstains: string};

/** From the bundled detector; see docs/synthetic.md. */
export interface StyleScore {
  /** Standard deviations from human text of this length; higher is more like machine text. */
  readonly score: number;
  /** Share of human texts, of sources that the detector did not know, with a lower score: in (0, 1). */
  readonly percentile: number;
  /** What raised the score. Slow: for records that are shown to people. */
  explain(): StyleExplanation;
}

export interface StyleExplanation {
  /** In words, the strongest first: `even sentence lengths`. */
  readonly traits: readonly string[];
  /** Stretches of `text` whose wording raised the score, the strongest first. */
  readonly spans: readonly Span[];
}
