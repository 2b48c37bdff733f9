import type {OptionSchemas, OptionValues} from './options.js';
import type {CorpusRecord} from './record.js';
import type {Definition, FeatureContext, NeedsFeatures, RuleMeta} from './rule.js';
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

export interface CorpusContext<O extends OptionSchemas = OptionSchemas> extends FeatureContext {
  /** Checked, with defaults filled in. */
  readonly options: OptionValues<O>;
}

/**
 * Keeps a mergeable summary of a corpus: a commutative monoid. `merge` must be associative and commutative
 * to the bit (integers or fixed point, sampling by content hash), and `decode(encode(x))` must equal x:
 * summaries cross threads, are merged in any order, and are stored in profiles. What throws ends the run with
 * the rule's name.
 */
export interface CorpusRule<S = unknown, O extends OptionSchemas = OptionSchemas>
  extends RuleMeta<O>,
    NeedsFeatures {
  readonly kind: 'corpus';
  /** A whole number. Raise it when `encode` or what is observed changes: older profile sections are then refused. */
  readonly version: number;
  readonly views: readonly View[];
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
  /** By name. `reference` is the summary of all `trusted` references, where they have one. */
  measure(
    summary: S,
    reference: S | undefined,
    options: OptionValues<O>,
  ): Readonly<Record<string, MeasureValue>>;
  encode(summary: S): Uint8Array;
  decode(bytes: Uint8Array): S;
}

/** A corpus rule says nothing about single records: it needs no messages, and no examples. */
type CorpusDefinition<S, O extends OptionSchemas> = Omit<
  Definition<'corpus', CorpusRule<S, O>>,
  'messages' | 'examples' | 'signals'
> &
  Partial<Pick<CorpusRule, 'messages' | 'examples'>>;

/** The summary is typed by what `init` returns, options by what the rule declares. */
export function defineCorpusRule<S, const O extends OptionSchemas>(rule: CorpusDefinition<S, O>): CorpusRule {
  const unsaid = {messages: {}, examples: {pass: [], fail: []}};
  return {...unsaid, ...rule, kind: 'corpus'} as unknown as CorpusRule;
}
