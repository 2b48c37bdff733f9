import type {Dataset} from './dataset.js';
import type {MessageData, Messages, OptionSchemas, OptionValues} from './options.js';
import type {CorpusRecord} from './record.js';
import type {Definition, DetectorContext, FeatureContext, NeedsFeatures, RuleMeta} from './rule.js';
import type {Table} from './tables.js';
import type {MeasureDeclaration} from './units.js';

/** The set of records a corpus rule is measured on: all, accepted, or what one gate alone let through. */
export type View = 'all' | 'accepted' | `gate:${string}`;

export interface MeasureValue {
  /** What is not finite could not be measured: it is left out, and gates that need it do as `onAbstain` says. */
  readonly value: number;
  /** 95 % unless the rule's details say otherwise. */
  readonly interval?: readonly [low: number, high: number];
  /** The same number on the reference. */
  readonly reference?: number;
}

export interface CorpusContext<O extends OptionSchemas = OptionSchemas>
  extends FeatureContext,
    DetectorContext {
  /** Checked, with defaults filled in. */
  readonly options: OptionValues<O>;
}

/** A line of a file that is no record. */
export interface RoundPlace {
  /** As shown to people. */
  readonly path: string;
  readonly line: number;
}

/** What a corpus rule says about a whole round. */
export type RoundFinding<M extends Messages, Id extends keyof M> = {
  readonly messageId: Id;
  /** Where it is to be mended: a line of a data set card. */
  readonly place?: RoundPlace | undefined;
} & (keyof MessageData<M, Id> extends never
  ? {readonly data?: undefined}
  : {readonly data: MessageData<M, Id>});

export interface MeasureContext<O extends OptionSchemas = OptionSchemas, M extends Messages = Messages> {
  /** Checked, with defaults filled in. */
  readonly options: OptionValues<O>;
  /** What is measured. `measure` is called once for each view. */
  readonly view: View;
  /** Summary of the references in the role `machine`, where there are any: typed as the rule's own. */
  readonly machine?: unknown;
  /** The data set folder that is checked, where it is one. */
  readonly dataset?: Dataset | undefined;
  /** Records of the round that a rule said something about. */
  readonly flagged: (rule: string) => number;
  /** Reports a finding on the round as a whole, at the rule's level. */
  readonly report: <Id extends keyof M & string>(finding: RoundFinding<M, Id>) => void;
  /** Adds a table to the report; of two with one id and view the later one stays. */
  readonly table: (table: Table) => void;
}

export interface PrepareContext<O extends OptionSchemas = OptionSchemas> {
  /** Checked, with defaults filled in. */
  readonly options: OptionValues<O>;
}

/** What the gates did to a round: its distinct records before, and those that were let through. */
export interface Comparison<S> {
  /** The records that no duplicate rule flagged: removing duplicates is not a bias. */
  readonly before: S;
  /** Those of them that were accepted; for `gate`, those that it alone would have let through. */
  readonly after: S;
  /** Id of a record gate, or undefined for all of them together. */
  readonly gate: string | undefined;
  /** Summary of all `trusted` references, where they have one. */
  readonly reference: S | undefined;
  /** Of the same records, those that a rule knows to be right or wrong, where it gives the signal `correct`. */
  readonly labels?: {readonly before: Labelled; readonly after: Labelled};
}

/** Numbers of records that are known to be right, and to be wrong. */
export interface Labelled {
  readonly correct: number;
  readonly wrong: number;
}

/**
 * Keeps a mergeable summary of a corpus: a commutative monoid. `merge` must be associative and commutative
 * to the bit (integers or fixed point, sampling by content hash), and `decode(encode(x))` must equal x:
 * summaries cross threads, are merged in any order, and are stored in profiles. What throws ends the run with
 * the rule's name.
 */
export interface CorpusRule<
  S = unknown,
  O extends OptionSchemas = OptionSchemas,
  M extends Messages = Messages,
> extends RuleMeta<O, M>,
    NeedsFeatures<O> {
  readonly kind: 'corpus';
  /** A whole number. Raise it when `encode` or what is observed changes: older profile sections are then refused. */
  readonly version: number;
  readonly views: readonly View[];
  /**
   * `false`: its summary holds text, and profiles hold none: it is not kept in them, and `measure` gets no
   * reference. Default true.
   */
  readonly inProfile?: boolean;
  /**
   * `true`: what it measures are shares and distributions, for which a sample is enough. Of a large round it
   * then observes one record in 2, 4, 8 …, by a hash of its text and id; of references always all. Default false.
   */
  readonly sampled?: boolean;
  /** Only runs where a data set folder with a card is checked: `dataset` is then there. */
  readonly ofDataset?: boolean;
  /** The measures it gives, with a line on what each is and its unit: it can give no others. */
  readonly measures: Readonly<Record<string, MeasureDeclaration>>;
  init(): S;
  /** Adds a record to the summary. In any order, on any thread. */
  observe(summary: S, record: CorpusRecord, context: CorpusContext<O>): void;
  /** Adds `from` to `into`; `from` is not used afterwards. */
  merge(into: S, from: S): void;
  /**
   * Optional: takes out of `from` what was observed in `what`, exactly, as counts allow. A view that leaves
   * out few records is then measured by reading those few again, and not all the others.
   */
  subtract?(from: S, what: S): void;
  /**
   * Optional: makes what `measure` needs of the reference alone, once, while the scan goes on, so that less is
   * left to do when it has ended. What it makes is the rule's to keep, such as in a WeakMap by `reference`, which
   * is the object that `measure` gets. It may never be called, and must not change what is measured.
   */
  prepare?(reference: S, context: PrepareContext<O>): unknown;
  /**
   * By name. `reference` is the summary of all `trusted` references, where they have one. Both are to be left as
   * they are: views of the same records are measured on one object, so that work can be kept for the next.
   */
  measure(
    summary: S,
    reference: S | undefined,
    context: MeasureContext<O, M>,
  ): Readonly<Record<string, MeasureValue>>;
  /**
   * Optional: measures what the gates did, once for all of them together (reported for the view `accepted`)
   * and once for each record gate (`gate:<id>`). Only called when a gate refused a record.
   */
  compare?(comparison: Comparison<S>, context: MeasureContext<O, M>): Readonly<Record<string, MeasureValue>>;
  encode(summary: S): Uint8Array;
  decode(bytes: Uint8Array): S;
}

/** A corpus rule says nothing about single records: it may do without messages and examples. */
type CorpusDefinition<S, O extends OptionSchemas, M extends Messages> = Omit<
  Definition<'corpus', CorpusRule<S, O, M>>,
  'messages' | 'examples' | 'signals'
> &
  Partial<Pick<CorpusRule<S, O, M>, 'messages' | 'examples'>>;

/** The summary is typed by what `init` returns, options and messages by what the rule declares. */
export function defineCorpusRule<
  S,
  const O extends OptionSchemas,
  const M extends Messages = Record<never, never>,
>(rule: CorpusDefinition<S, O, M>): CorpusRule {
  const unsaid = {messages: {}, examples: {pass: [], fail: []}};
  return {...unsaid, ...rule, kind: 'corpus'} as unknown as CorpusRule;
}
