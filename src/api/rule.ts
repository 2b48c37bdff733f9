import type {MessageData, Messages, OptionSchemas, OptionValues} from './options.js';
import type {Neighbour} from './pairs.js';
import type {CorpusRecord, Features, PartName, Role, Span, StyleReading} from './record.js';
import type {SignalDeclarations, SignalLimit, SignalValue} from './signals.js';

/** How much a finding weighs. The gate `findings` turns levels into verdicts; `off` switches the rule off. */
export type Level = 'off' | 'warn' | 'error';

/** What every rule says about itself; docs, `collapse explain`, schema and README are generated from it. */
export interface RuleMeta<
  O extends OptionSchemas = OptionSchemas,
  M extends Messages = Messages,
  S extends SignalDeclarations = SignalDeclarations,
> {
  /**
   * `family/name` in lower case, letters, digits and `-`, read as "allow X": `duplicate/near`. In a plugin the
   * family is the plugin's name.
   */
  readonly id: string;
  /** One line, what it flags or measures. */
  readonly summary: string;
  /** Why it matters, with its source (arXiv id, standard). */
  readonly why: string;
  /** What to do about a finding. */
  readonly advice: string;
  /** How it works, what its numbers mean, what it cannot see. Markdown paragraphs. */
  readonly details?: string;
  /** The version it came with, `1.2.0`. */
  readonly since: string;
  /** Level in `collapse:recommended`. Of a corpus rule it only says whether it is on. */
  readonly recommended: Level;
  /** The part of the record it looks at. Default `text`. Pair rules compare it; for others it is documentation. */
  readonly on?: PartName;
  readonly options: O;
  /** By id: what findings say. `{{name}}` stands for a value of `data`; of fractions two decimals are shown. */
  readonly messages: M;
  readonly examples: Examples;
  /** Signals it attaches to records: it can give no others. */
  readonly signals?: S;
  /** Which of its options are limits on its signals. */
  readonly limits?: readonly SignalLimit[];
}

/** What rules that see records can ask for beforehand. */
export interface NeedsFeatures<O extends OptionSchemas = OptionSchemas> {
  /**
   * Provider features that must be computed before this rule runs, or which of them its options ask for.
   * Computed features need not be named.
   */
  readonly needs?: FeatureNames | ((options: OptionValues<O>) => FeatureNames);
}

type FeatureNames = readonly (keyof Features & string)[];

/** Rows that pass and rows that fail. For a pair rule the rows of one example are one round, in order. */
export interface Examples {
  readonly pass: readonly Example[];
  readonly fail: readonly Example[];
}

export interface Example {
  readonly label?: string;
  /** JSONL rows; strings are short for `{text}`. */
  readonly rows: readonly ExampleRow[];
  /** Reference rows, by role. */
  readonly references?: Partial<Record<Role, readonly ExampleRow[]>>;
  readonly options?: Readonly<Record<string, unknown>>;
}

export type ExampleRow = string | Readonly<Record<string, unknown>>;

/** What a rule says about a record. `data` has a value for each placeholder of the message, and no others. */
export type NewFinding<M extends Messages, Id extends keyof M> = {
  readonly messageId: Id;
  /** Where in the record it is. */
  readonly span?: Span;
  /** The other records it is about. */
  readonly related?: readonly Neighbour[];
} & (keyof MessageData<M, Id> extends never
  ? {readonly data?: undefined}
  : {readonly data: MessageData<M, Id>});

/** What a rule is given when it is created. Reports and signals are about the record at hand. */
export interface RuleContext<
  O extends OptionSchemas = OptionSchemas,
  M extends Messages = Messages,
  S extends SignalDeclarations = SignalDeclarations,
> {
  /** Checked, with defaults filled in. */
  readonly options: OptionValues<O>;
  /** Reports a finding on the record at hand. */
  readonly report: <Id extends keyof M & string>(finding: NewFinding<M, Id>) => void;
  /**
   * Attaches a number in the declared range, or a stated absence, to the record at hand. What is not finite
   * counts as missing, and so does what was never given.
   */
  readonly signal: (name: keyof S & string, value: SignalValue) => void;
}

/** Reads features of a record; each is computed at most once for all rules. */
export interface FeatureContext {
  /** @throws EngineError when no plugin brings the feature, or its provider is not among the rule's `needs`. */
  readonly feature: <Name extends keyof Features>(record: CorpusRecord, name: Name) => Features[Name];
  /** Whether a feature can be had: the tool computes it, or a plugin brings it. */
  readonly has: (name: keyof Features & string) => boolean;
}

export interface DetectorContext {
  /**
   * The feature `style` by the weights of a file that `collapse train` wrote, named from the folder of the config;
   * by those of the package for an empty name. For the set-up of the rule.
   * @throws Error for a file that cannot be used.
   */
  readonly detector: (weights: string) => StyleDetector;
}

export interface StyleDetector {
  /** What its scores can be held against: those with the same mark. Empty for the weights of the package. */
  readonly mark: string;
  read(record: CorpusRecord): StyleReading;
}

/** A rule as it is written: the `define…` function adds its kind. */
export type Definition<Kind, Rule> = Omit<Rule, 'kind'> & {readonly kind?: Kind};

/** The signals of a rule that declares none. */
export type NoSignals = Record<never, never>;
