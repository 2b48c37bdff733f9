import type {MessageData, Messages, OptionSchemas, OptionValues} from './options.js';
import type {CorpusRecord, Features, PartName, RecordRef, Role, Span} from './record.js';
import type {SignalDeclarations, SignalValue} from './signals.js';

export type Level = 'off' | 'warn' | 'error';

/** What every rule says about itself; docs, `collapse explain`, schema and README are generated from it. */
export interface RuleMeta<O extends OptionSchemas, M extends Messages> {
  /** `family/name`, read as "allow X": `duplicate/near`. */
  readonly id: string;
  /** One line, what it flags or measures. */
  readonly summary: string;
  /** Why it matters, with its source (arXiv id, standard). */
  readonly why: string;
  /** What to do about a finding. */
  readonly advice: string;
  /** How it works, what its numbers mean, what it cannot see. Markdown paragraphs. */
  readonly details?: string;
  readonly since: string;
  /** Level in `collapse:recommended`. */
  readonly recommended: Level;
  /** The part of the record it looks at. Default `text`. */
  readonly on?: PartName;
  readonly options: O;
  readonly messages: M;
  readonly examples: Examples;
  /** Signals it attaches to records. */
  readonly signals?: SignalDeclarations;
  /** Provider features that must be computed before this rule runs. */
  readonly needs?: readonly (keyof Features & string)[];
}

/** Rows that pass and rows that fail. For a pair rule the rows of one example are one round, in order. */
export interface Examples {
  readonly pass: readonly Example[];
  readonly fail: readonly Example[];
}
export interface Example {
  readonly label?: string;
  /** JSONL rows; strings are short for `{text}`. */
  readonly rows: readonly (string | Readonly<Record<string, unknown>>)[];
  /** Reference rows, by role. */
  readonly references?: Partial<Record<Role, readonly (string | Readonly<Record<string, unknown>>)[]>>;
  readonly options?: Readonly<Record<string, unknown>>;
}

export type Report<M extends Messages> = <Id extends keyof M & string>(
  finding: {
    readonly messageId: Id;
    readonly span?: Span;
    readonly related?: readonly Neighbour[];
  } & (keyof MessageData<M, Id> extends never
    ? {readonly data?: undefined}
    : {readonly data: MessageData<M, Id>}),
) => void;

export interface RuleContext<O extends OptionSchemas, M extends Messages> {
  readonly options: OptionValues<O>;
  /** Reports a finding on the record at hand. */
  readonly report: Report<M>;
  /** Attaches a number, or a stated absence, to the record at hand. */
  signal(name: string, value: SignalValue): void;
}

export interface RecordContext<O extends OptionSchemas, M extends Messages> extends RuleContext<O, M> {
  feature<Name extends keyof Features>(record: CorpusRecord, name: Name): Features[Name];
}

/** Sees one record at a time, in a worker thread. `create` runs once per thread, not once per record. */
export interface RecordRule<O extends OptionSchemas = OptionSchemas, M extends Messages = Messages>
  extends RuleMeta<O, M> {
  readonly kind: 'record';
  create(context: RecordContext<O, M>): (record: CorpusRecord) => void;
}

/** How a neighbour relates to the record at hand. */
export type Relation =
  /** Equal after Unicode and white-space normalisation. */
  | 'same'
  /** Similar: Jaccard similarity of word pairs, see docs/methods.md. */
  | 'near'
  /** The record stands inside the neighbour: share of its words in shared runs. */
  | 'inside'
  /** The neighbour stands inside the record: share of the neighbour's words in shared runs. */
  | 'holds';

export interface Neighbour {
  readonly record: RecordRef;
  readonly relation: Relation;
  /** In [0, 1]; 1 for `same`. */
  readonly similarity: number;
  /** True when computed on both texts; false when estimated from sketches. */
  readonly verified: boolean;
  /** An earlier record of the round, or a record of a reference. */
  readonly origin: 'round' | {readonly reference: string; readonly role: Role};
  /** Number of words of the neighbour. */
  readonly words: number;
  /** A few words that both share, and where they start to differ. */
  readonly excerpt?: Excerpt;
}

/** Aligned excerpts of a pair, at most about 100 characters each, around the first difference. */
export interface Excerpt {
  readonly here: string;
  readonly there: string;
}

export interface PairSubject {
  readonly record: RecordRef;
  /** Number of words of the part it is compared on. */
  readonly words: number;
}

/** What a pair rule wants to be shown. */
export interface NeighbourQuery {
  readonly relation: Relation;
  /** Only neighbours at least this similar. */
  readonly minimum: number;
  /** Only when the contained side has at least this many words (`inside`, `holds`). */
  readonly words?: number;
  /** Look at earlier records of the round. Default true. */
  readonly round?: boolean;
  /** Look at references in these roles. Default all but `benchmark`. */
  readonly roles?: readonly Role[];
}

/** Sees a record and its verified neighbours: similar records in references or earlier in the round. */
export interface PairRule<O extends OptionSchemas = OptionSchemas, M extends Messages = Messages>
  extends RuleMeta<O, M> {
  readonly kind: 'pair';
  /**
   * True for rules that drop repeats: their findings do not disqualify a record from being the
   * neighbour that later ones are held against, so the first of a neighbourhood stays.
   */
  readonly duplicates: boolean;
  /** Stays silent on a record when one of these rules already reported it. */
  readonly yieldsTo?: readonly string[];
  neighbours(options: OptionValues<O>): readonly NeighbourQuery[];
  create(context: RuleContext<O, M>): (subject: PairSubject, neighbours: readonly Neighbour[]) => void;
}

export interface Group {
  readonly key: string;
  readonly records: readonly CorpusRecord[];
}

export interface GroupContext<O extends OptionSchemas, M extends Messages> {
  readonly options: OptionValues<O>;
  report(record: CorpusRecord, finding: Parameters<Report<M>>[0]): void;
  signal(record: CorpusRecord, name: string, value: SignalValue): void;
  feature<Name extends keyof Features>(record: CorpusRecord, name: Name): Features[Name];
}

/** Sees all records of the round that share a key (the same prompt), after the scan. */
export interface GroupRule<O extends OptionSchemas = OptionSchemas, M extends Messages = Messages>
  extends RuleMeta<O, M> {
  readonly kind: 'group';
  /** The group a record belongs to, or undefined for none. */
  key(record: CorpusRecord, options: OptionValues<O>): string | undefined;
  /** A larger group is cut to its first members, and the report says so. Default 1000. */
  readonly limit?: number;
  create(context: GroupContext<O, M>): (group: Group) => void;
}

/** The set of records a corpus rule is measured on: all, accepted, or what one gate alone let through. */
export type View = 'all' | 'accepted' | `gate:${string}`;

export interface MeasureValue {
  readonly value: number;
  /** 95 % unless the rule's details say otherwise. */
  readonly interval?: readonly [low: number, high: number];
  /** The same number on the reference. */
  readonly reference?: number;
}

export interface CorpusContext<O extends OptionSchemas> {
  readonly options: OptionValues<O>;
  feature<Name extends keyof Features>(record: CorpusRecord, name: Name): Features[Name];
}

/**
 * Keeps a mergeable summary of a corpus: a commutative monoid. `merge` must be associative and commutative
 * to the bit (integers or fixed point, sampling by content hash), and `decode(encode(x))` must equal x:
 * summaries cross threads, are merged in any order, and are stored in profiles.
 */
export interface CorpusRule<S = unknown, O extends OptionSchemas = OptionSchemas>
  extends RuleMeta<O, Messages> {
  readonly kind: 'corpus';
  /** Raise when `encode` or what is observed changes: older profile sections are then refused. */
  readonly version: number;
  readonly views: readonly View[];
  /** The measures it gives, with a line on what each is. */
  readonly measures: Readonly<Record<string, string>>;
  init(): S;
  observe(summary: S, record: CorpusRecord, context: CorpusContext<O>): void;
  merge(into: S, from: S): void;
  /**
   * Optional: takes out of `from` what was observed in `what`, exactly, as counts allow. A view that leaves
   * out few records is then measured by reading those few again, and not all the others.
   */
  subtract?(from: S, what: S): void;
  measure(
    summary: S,
    reference: S | undefined,
    options: OptionValues<O>,
  ): Readonly<Record<string, MeasureValue>>;
  encode(summary: S): Uint8Array;
  decode(bytes: Uint8Array): S;
}

export type Rule = RecordRule | PairRule | GroupRule | CorpusRule;

type Define<Kind, Rule> = Omit<Rule, 'kind'> & {readonly kind?: Kind};

export function defineRecordRule<const O extends OptionSchemas, const M extends Messages>(
  rule: Define<'record', RecordRule<O, M>>,
): RecordRule {
  return {...rule, kind: 'record'} as unknown as RecordRule;
}

export function definePairRule<const O extends OptionSchemas, const M extends Messages>(
  rule: Define<'pair', PairRule<O, M>>,
): PairRule {
  return {...rule, kind: 'pair'} as unknown as PairRule;
}

export function defineGroupRule<const O extends OptionSchemas, const M extends Messages>(
  rule: Define<'group', GroupRule<O, M>>,
): GroupRule {
  return {...rule, kind: 'group'} as unknown as GroupRule;
}

export function defineCorpusRule<S, const O extends OptionSchemas>(
  rule: Define<'corpus', CorpusRule<S, O>>,
): CorpusRule {
  return {...rule, kind: 'corpus'} as unknown as CorpusRule;
}
