import type {CorpusRule} from './corpus.js';
import type {HasKeywords, KeywordFinder} from './keywords.js';
import type {Messages, OptionSchemas, OptionValues} from './options.js';
import type {PairRule} from './pairs.js';
import type {CorpusRecord, Sentence} from './record.js';
import type {
  Definition,
  DetectorContext,
  FeatureContext,
  NeedsFeatures,
  NewFinding,
  NoSignals,
  RuleContext,
  RuleMeta,
} from './rule.js';
import type {SignalDeclarations, SignalValue} from './signals.js';

export type Rule = RecordRule | PairRule | GroupRule | CorpusRule;

export interface RecordContext<
  O extends OptionSchemas = OptionSchemas,
  M extends Messages = Messages,
  S extends SignalDeclarations = SignalDeclarations,
> extends RuleContext<O, M, S>,
    FeatureContext,
    DetectorContext {
  /**
   * The summary that a corpus rule named in `reads` keeps of all `trusted` references; undefined where there
   * is none. Read-only, and the same object for all rules of a thread.
   */
  readonly reference: (rule: string) => unknown;
  /**
   * Compiles a JSON Schema (draft-07 or 2020-12): an object, or a file named from the config's folder. What it
   * returns says what is wrong with a value, nothing when it fits. For the set-up of the rule, not for records.
   * @throws Error for a file that cannot be read or a schema that cannot be compiled.
   */
  readonly schema: (schema: string | object) => (value: unknown) => readonly SchemaProblem[];
  /** What a JSON file holds, named from the config's folder. For the set-up of the rule. @throws Error */
  readonly json: (file: string) => unknown;
  /**
   * What Croissant beside a record's file declares of its data set, as a record would say it of itself: `license`,
   * `creator`, `dateCreated`, `isBasedOn`, `source`. Empty where there is none.
   */
  readonly origin: (record: CorpusRecord) => Readonly<Record<string, unknown>>;
  /**
   * Compiles keywords into the one table in which those of all rules are looked for while a text is read, so that a
   * text without any costs next to nothing: what the returned function does not give needs no look at the record, of
   * which mostly not even a string is made then. For the set-up of the rule; a list of keywords that stays the same
   * object is compiled once.
   * @throws Error for keywords that cannot be looked for.
   */
  readonly keywords: <T extends HasKeywords>(patterns: readonly T[]) => KeywordFinder<T>;
  /** Splits a text of the rule's own into sentences, as the feature `sentences` does with the response. */
  readonly split: (text: string) => readonly Sentence[];
}

/** What does not fit a schema. */
export interface SchemaProblem {
  /** JSON Pointer to the value, empty for the whole. */
  readonly at: string;
  /** `must be a string`. */
  readonly message: string;
}

/**
 * Sees one record at a time, in any order, on any thread: it must not remember what it saw. What throws ends
 * the run with the names of the rule and the record.
 */
export interface RecordRule<
  O extends OptionSchemas = OptionSchemas,
  M extends Messages = Messages,
  S extends SignalDeclarations = SignalDeclarations,
> extends RuleMeta<O, M, S>,
    NeedsFeatures<O> {
  readonly kind: 'record';
  /** Ids of the corpus rules whose summaries of the reference it looks at. They must be on. */
  readonly reads?: readonly string[];
  /**
   * Optional: which records the providers in `needs` are asked about for this rule; all where it is not there. What a
   * cheap score has settled then costs no model. Runs once per thread; what it returns runs for each record before
   * the providers do. A provider sees the records that any rule asks about; on others the rule must not read the
   * feature.
   */
  asks?(context: AsksContext<O>): (record: CorpusRecord) => boolean;
  /** Runs once per thread; what it returns runs for each record, and is not waited for. */
  create(context: RecordContext<O, M, S>): (record: CorpusRecord) => void;
}

/** What is known before providers are asked. */
export type AsksContext<O extends OptionSchemas = OptionSchemas> = Pick<
  RecordContext<O>,
  'options' | 'feature' | 'detector' | 'reference'
>;

export interface Group {
  readonly key: string;
  /** In input order. */
  readonly records: readonly CorpusRecord[];
}

export interface GroupContext<
  O extends OptionSchemas = OptionSchemas,
  M extends Messages = Messages,
  S extends SignalDeclarations = SignalDeclarations,
> extends FeatureContext {
  /** Checked, with defaults filled in. */
  readonly options: OptionValues<O>;
  /** Reports a finding on a record of the group. */
  readonly report: <Id extends keyof M & string>(record: CorpusRecord, finding: NewFinding<M, Id>) => void;
  /** As in `RuleContext`, on a record of the group. */
  readonly signal: (record: CorpusRecord, name: keyof S & string, value: SignalValue) => void;
}

/**
 * Sees all records of the round that share a key (the same prompt), after the scan. Cannot be used in
 * `openGate`, whose records are judged before all are there.
 */
export interface GroupRule<
  O extends OptionSchemas = OptionSchemas,
  M extends Messages = Messages,
  S extends SignalDeclarations = SignalDeclarations,
> extends RuleMeta<O, M, S>,
    NeedsFeatures<O> {
  readonly kind: 'group';
  /** The group a record belongs to, or undefined for none. */
  key(record: CorpusRecord, options: OptionValues<O>): string | undefined;
  /** Records of a group that are looked at, from 1: the first ones, and a finding says so. Default 1000. */
  readonly limit?: number;
  /** Runs once; what it returns runs for each group, in the order of their first records. */
  create(context: GroupContext<O, M, S>): (group: Group) => void;
}

/** Options, message ids, their data and signals are typed from what the rule declares. */
export function defineRecordRule<
  const O extends OptionSchemas,
  const M extends Messages,
  const S extends SignalDeclarations = NoSignals,
>(rule: Definition<'record', RecordRule<O, M, S>>): RecordRule {
  return {...rule, kind: 'record'} as unknown as RecordRule;
}

/** Options, message ids, their data and signals are typed from what the rule declares. */
export function defineGroupRule<
  const O extends OptionSchemas,
  const M extends Messages,
  const S extends SignalDeclarations = NoSignals,
>(rule: Definition<'group', GroupRule<O, M, S>>): GroupRule {
  return {...rule, kind: 'group'} as unknown as GroupRule;
}
