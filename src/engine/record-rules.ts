import {type CorpusRecord, missing, type RecordRule, type Rule, type SignalValue} from '../api.js';
import type {Config, RuleSetting} from '../config/config.js';
import type {Registry} from '../config/registry.js';
import {sentencesOf} from '../features/sentences.js';
import {describeRuleError, describeRuleStep, EngineError} from './errors.js';
import {noEvidence, type RuleEvidence} from './evidence.js';
import {featureContext} from './features.js';
import {readJson, schemaCompiler} from './json-schema.js';
import {createKeywordTable, type KeywordTable} from './keywords.js';
import {styleDetector} from './style.js';
import {fillTemplate} from './template.js';

/** Runs all record rules of one resolved rule set on a record. */
export type RecordRunner = (record: CorpusRecord) => RuleEvidence;

/** Rules are created once, not once per record; what they report lands in the evidence of the record at hand. */
export function createRecordRunner(
  registry: Registry,
  settings: Readonly<Record<string, RuleSetting>>,
  reference: (rule: string) => unknown,
  {root, origins = []}: Pick<Config, 'root' | 'origins'>,
  table: KeywordTable = createKeywordTable(),
): RecordRunner {
  let current: RuleEvidence | undefined;
  const evidence = (): RuleEvidence => {
    current ??= {findings: [], signals: {}};
    return current;
  };
  const declaredBeside = new Map(
    origins.flatMap(({files, fields}) => files.map(file => [file, fields] as const)),
  );
  const runs: {id: string; run: (record: CorpusRecord) => void}[] = [];
  for (const rule of registry.rules.values()) {
    const setting = settings[rule.id];
    if (rule.kind !== 'record' || setting === undefined || setting.level === 'off') continue;
    const level = setting.level;
    const {id, messages} = rule as RecordRule;
    const declared = declaredSignals(rule);
    const run = setUp(rule, {
      options: setting.options as never,
      report({messageId, data, span, related}) {
        const message = fillTemplate(messages[messageId]!, data);
        evidence().findings.push({rule: id, level, message, ...(span && {span}), ...(related && {related})});
      },
      signal(name: string, value: SignalValue) {
        declared(name);
        evidence().signals[name] = asSignal(value);
      },
      ...featureContext(registry),
      detector: file => styleDetector(file, root),
      reference(name) {
        if ((rule as RecordRule).reads?.includes(name)) return reference(name);
        throw new EngineError(`it looks at \`${name}\`, which its \`reads\` do not name`);
      },
      schema: schemaCompiler(root),
      json: file => readJson(file, root),
      keywords: table.finder,
      split: sentencesOf,
      origin: ({place}) => declaredBeside.get(place.path) ?? nothing,
    });
    runs.push({id, run});
  }
  return record => {
    current = undefined;
    for (const {id, run} of runs) {
      try {
        run(record);
      } catch (error) {
        throw describeRuleError(id, record, error);
      }
    }
    return current ?? noEvidence;
  };
}

const nothing = {};

/** What is neither a number nor a stated absence is missing: it must not slip past a gate, nor be lost in JSON. */
export function asSignal(value: SignalValue): SignalValue {
  if (typeof value === 'number' ? Number.isFinite(value) : isAbsence(value)) return value;
  return missing(`the rule gave ${String(value)}`);
}

function isAbsence(value: unknown): boolean {
  const {absent, reason} = (value ?? {}) as {absent?: unknown; reason?: unknown};
  return (absent === 'not-applicable' || absent === 'missing') && typeof reason === 'string';
}

/**
 * Throws for a signal that the rule does not declare: when the rule is off, what it would have given must be
 * known to be missing.
 */
export function declaredSignals({id, signals = {}}: Pick<Rule, 'id' | 'signals'>): (name: string) => void {
  return name => {
    if (Object.hasOwn(signals, name)) return;
    throw new EngineError(
      `it gave the signal \`${name}\`, which \`${id}\` does not declare in its \`signals\``,
    );
  };
}

/** Creates a rule; what throws here has no record to name. */
export function setUp<Context, Run>(
  rule: {readonly id: string; create(context: Context): Run},
  context: Context,
): Run {
  try {
    return rule.create(context);
  } catch (error) {
    throw describeRuleStep(rule.id, 'when it was set up', error);
  }
}
