import {type CorpusRecord, missing, type RecordRule, type SignalValue} from '../api.js';
import type {RuleSetting} from '../config/config.js';
import type {Registry} from '../config/registry.js';
import {describeRuleError} from './errors.js';
import {noEvidence, type RuleEvidence} from './evidence.js';
import {featureOf} from './features.js';
import {fillTemplate} from './template.js';

/** Runs all record rules of one resolved rule set on a record. */
export type RecordRunner = (record: CorpusRecord) => RuleEvidence;

/** Rules are created once, not once per record; what they report lands in the evidence of the record at hand. */
export function createRecordRunner(
  registry: Registry,
  settings: Readonly<Record<string, RuleSetting>>,
): RecordRunner {
  let current: RuleEvidence | undefined;
  const evidence = (): RuleEvidence => {
    current ??= {findings: [], signals: {}};
    return current;
  };
  const runs: {id: string; run: (record: CorpusRecord) => void}[] = [];
  for (const rule of registry.rules.values()) {
    const setting = settings[rule.id];
    if (rule.kind !== 'record' || setting === undefined || setting.level === 'off') continue;
    const level = setting.level;
    const {id, messages} = rule as RecordRule;
    const run = rule.create({
      options: setting.options as never,
      report({messageId, data, span, related}) {
        const message = fillTemplate(messages[messageId]!, data);
        evidence().findings.push({rule: id, level, message, ...(span && {span}), ...(related && {related})});
      },
      signal(name: string, value: SignalValue) {
        evidence().signals[name] = asSignal(value);
      },
      feature: (record, name) => featureOf(registry, record, name),
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

/** A number that is none is missing: it must not slip past a gate, nor be lost in JSON. */
export function asSignal(value: SignalValue): SignalValue {
  return typeof value === 'number' && !Number.isFinite(value) ? missing(`the rule gave ${value}`) : value;
}
