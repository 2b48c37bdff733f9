import type {CorpusRecord, GroupRule} from '../api.js';
import type {RuleSetting} from '../config/config.js';
import {describeRuleError, EngineError} from './errors.js';
import type {RawFinding, RuleEvidence} from './evidence.js';
import {featureContext, provideFeatures} from './features.js';
import {needsOf, type Plan, settingFor, sharedOptions} from './plan.js';
import type {ScannedRecord} from './record.js';
import {asSignal, declaredSignals, setUp} from './record-rules.js';
import {fillTemplate} from './template.js';

/** Members of a group that are looked at, where the rule does not say. */
const defaultLimit = 1000;

/** A 53-bit hash of the key of a record's group, NaN when it is in none. Keys are compared by hash. */
export function groupKey(rule: GroupRule, setting: RuleSetting, record: ScannedRecord): number {
  if (setting.level === 'off') return Number.NaN;
  try {
    const key: unknown = rule.key(record, setting.options as never);
    if (key === undefined) return Number.NaN;
    if (typeof key !== 'string') throw new EngineError(`its key is not text but \`${String(key)}\``);
    return hashKey(key);
  } catch (error) {
    throw describeRuleError(rule.id, record, error);
  }
}

/** 53 bits of two interleaved FNV hashes. */
function hashKey(key: string): number {
  let low = 0x811c9dc5 | 0;
  let high = 0x9e3779b1 | 0;
  for (let index = 0; index < key.length; index++) {
    const unit = key.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x85ebca6b) ^ (high >>> 13);
  }
  return ((high >>> 11) & 0x1fffff) * 0x100000000 + (low >>> 0);
}

/** Runs a group rule on one group after another; what it says lands in `said`, by row. */
export function createGroupRunner(
  plan: Plan,
  rule: GroupRule,
  said: Map<number, RuleEvidence>,
): (rows: readonly number[], read: (row: number) => ScannedRecord) => Promise<void> {
  const options = sharedOptions(plan, rule.id) as never;
  let current = new Map<CorpusRecord, number>();

  function evidenceOf(record: CorpusRecord): RuleEvidence {
    const row = current.get(record);
    if (row === undefined)
      throw new EngineError(`Rule \`${rule.id}\` reported a record that is not in the group.`);
    let evidence = said.get(row);
    if (evidence === undefined) {
      evidence = {findings: [], signals: {}};
      said.set(row, evidence);
    }
    return evidence;
  }

  const declared = declaredSignals(rule);
  const visit = setUp(rule as Pick<GroupRule, 'id' | 'create'>, {
    options,
    report(record, {messageId, data, span, related}) {
      const message = fillTemplate(rule.messages[messageId]!, data);
      const level = settingFor(plan, rule.id, record).level as RawFinding['level'];
      evidenceOf(record).findings.push({
        rule: rule.id,
        level,
        message,
        ...(span && {span}),
        ...(related && {related}),
      });
    },
    signal(record, name, value) {
      declared(name);
      evidenceOf(record).signals[name] = asSignal(value);
    },
    ...featureContext(plan.registry),
  });

  return async (rows, read) => {
    const limit = rule.limit ?? defaultLimit;
    const records = rows.slice(0, limit).map(read);
    current = new Map(records.map((record, index) => [record, rows[index]!]));
    await provideFeatures(plan.registry, needsOf(rule, {options}), records);
    const [first] = records;
    if (rows.length > limit) {
      const message = `Only the first ${limit} of the ${rows.length} records of this group were looked at`;
      evidenceOf(first!).findings.push({rule: rule.id, level: 'warn', message, note: true});
    }
    try {
      visit({key: rule.key(first!, options)!, records});
    } catch (error) {
      if (error instanceof EngineError) throw error;
      throw describeRuleError(rule.id, first!, error);
    }
  };
}
