import type {Messages, OptionSchemas, OptionValues} from './options.js';
import type {RecordRef, Role} from './record.js';
import type {Definition, NoSignals, RuleContext, RuleMeta} from './rule.js';
import type {SignalDeclarations} from './signals.js';

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
  /** A few words that both share, and where they start to differ. Only in reports, not when a rule runs. */
  readonly excerpt?: Excerpt;
}

/** Aligned excerpts of a pair, at most about 100 characters each, around the first difference. */
export interface Excerpt {
  readonly here: string;
  readonly there: string;
}

/** The record at hand. Its text is not there any more: what a pair rule knows it knows from the neighbours. */
export interface PairSubject {
  readonly record: RecordRef;
  /** Number of words of the part it is compared on. */
  readonly words: number;
}

/** What a pair rule wants to be shown. */
export interface NeighbourQuery {
  readonly relation: Relation;
  /** Only neighbours at least this similar, in [0, 1]. */
  readonly minimum: number;
  /** Only when the contained side has at least this many words (`inside`, `holds`). Default 0. */
  readonly words?: number;
  /** Look at earlier records of the round. Default true. */
  readonly round?: boolean;
  /** Look at references in these roles. Default all but `benchmark`. */
  readonly roles?: readonly Role[];
}

/**
 * Sees a record and its verified neighbours: similar records in references or earlier in the round, the most
 * similar first. Runs in input order, on one thread. A record without neighbours is only shown to rules that
 * declare signals.
 */
export interface PairRule<
  O extends OptionSchemas = OptionSchemas,
  M extends Messages = Messages,
  S extends SignalDeclarations = SignalDeclarations,
> extends RuleMeta<O, M, S> {
  readonly kind: 'pair';
  /**
   * True for rules that drop repeats: their findings do not disqualify a record from being the
   * neighbour that later ones are held against, so the first of a neighbourhood stays.
   */
  readonly duplicates: boolean;
  /** Stays silent on a record when one of these rules already reported it. */
  readonly yieldsTo?: readonly string[];
  /** A neighbour is shown once, as the first of these that it answers. */
  neighbours(options: OptionValues<O>): readonly NeighbourQuery[];
  /** Runs once; what it returns runs for each record. What throws ends the run with the rule's name. */
  create(context: RuleContext<O, M, S>): (subject: PairSubject, neighbours: readonly Neighbour[]) => void;
}

/** Options, message ids, their data and signals are typed from what the rule declares. */
export function definePairRule<
  const O extends OptionSchemas,
  const M extends Messages,
  const S extends SignalDeclarations = NoSignals,
>(rule: Definition<'pair', PairRule<O, M, S>>): PairRule {
  return {...rule, kind: 'pair'} as unknown as PairRule;
}
