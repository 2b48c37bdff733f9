import type {AsksContext, RecordRule} from '../api.js';
import {describeRuleError, EngineError} from './errors.js';
import {featureOf} from './features.js';
import {isOn, needsOf, type Plan} from './plan.js';
import type {ScannedRecord} from './record.js';
import {setUp} from './record-rules.js';
import {styleDetector} from './style.js';

/** Whether a provider is to see a record: some rule asks about it. */
export type Asker = (provider: string, record: ScannedRecord) => boolean;

interface Asking {
  readonly id: string;
  readonly needs: ReadonlySet<string>;
  /** Undefined: all records. */
  readonly asks: ((record: ScannedRecord) => boolean) | undefined;
}

/** Undefined where every rule that needs a provider needs it for all records. */
export function createAsker(plan: Plan, reference: (rule: string) => unknown): Asker | undefined {
  const sets = plan.variants.ruleSets.map(set =>
    [...plan.registry.rules.values()].flatMap((rule): Asking[] => {
      const setting = set[rule.id];
      if (rule.kind === 'pair' || setting === undefined || !isOn(setting)) return [];
      const needs = new Set(needsOf(rule, setting));
      if (needs.size === 0) return [];
      const create = rule.kind === 'record' ? (rule as RecordRule).asks : undefined;
      if (create === undefined) return [{id: rule.id, needs, asks: undefined}];
      const context = contextOf(plan, rule as RecordRule, setting.options, reference);
      return [{id: rule.id, needs, asks: setUp({id: rule.id, create}, context)}];
    }),
  );
  if (sets.every(set => set.every(({asks}) => asks === undefined))) return undefined;
  return (provider, record) => {
    const variant = plan.variants.variant(record);
    return sets[variant]!.some(({id, needs, asks}) => {
      if (!needs.has(provider)) return false;
      if (asks === undefined) return true;
      try {
        return asks(record);
      } catch (error) {
        throw describeRuleError(id, record, error);
      }
    });
  };
}

function contextOf(
  {registry, config}: Plan,
  rule: RecordRule,
  options: unknown,
  reference: (rule: string) => unknown,
): AsksContext<never> {
  return {
    options: options as never,
    feature: (record, name) => featureOf(registry, record, name),
    detector: file => styleDetector(file, config.root),
    reference(name) {
      if (rule.reads?.includes(name)) return reference(name);
      throw new EngineError(`it looks at \`${name}\`, which its \`reads\` do not name`);
    },
  };
}
