import type {CorpusContext, CorpusRecord, CorpusRule} from '../api.js';
import {describeRuleError, EngineError} from './errors.js';
import {featureOf} from './features.js';
import type {Plan} from './plan.js';

/** Encoded summaries by view, then by rule id. */
export type ObserverStates = ReadonlyMap<string, ReadonlyMap<string, Uint8Array>>;

/** Keeps the summaries of corpus rules, one per view and rule. */
export interface Observer {
  observe(view: string, record: CorpusRecord): void;
  states(): ObserverStates;
}

export function createObserver(plan: Plan): Observer {
  const active = plan.corpusRules.map(rule => ({rule, context: contextOf(plan, rule)}));
  const byView = new Map<string, {rule: CorpusRule; context: CorpusContext<never>; summary: unknown}[]>();
  return {
    observe(view, record) {
      let summaries = byView.get(view);
      if (summaries === undefined) {
        summaries = active
          .filter(({rule}) => view === 'all' || rule.views.includes(view as never))
          .map(({rule, context}) => ({rule, context, summary: rule.init()}));
        byView.set(view, summaries);
      }
      for (const {rule, context, summary} of summaries) {
        try {
          rule.observe(summary, record, context);
        } catch (error) {
          throw describeRuleError(rule.id, record, error);
        }
      }
    },
    states() {
      const states = new Map<string, Map<string, Uint8Array>>();
      for (const [view, summaries] of byView) {
        states.set(view, new Map(summaries.map(({rule, summary}) => [rule.id, rule.encode(summary)])));
      }
      return states;
    },
  };
}

function contextOf(plan: Plan, rule: CorpusRule): CorpusContext<never> {
  return {
    options: plan.config.rules[rule.id]!.options as never,
    feature: (record, name) => featureOf(plan.registry, record, name),
  };
}

/** Merges encoded summaries of one rule; `init()` when there are none. */
export function mergeStates(rule: CorpusRule, states: readonly Uint8Array[]): unknown {
  const merged = rule.init();
  for (const state of states) {
    try {
      rule.merge(merged, rule.decode(state));
    } catch (error) {
      throw new EngineError(`Rule \`${rule.id}\` cannot merge its summaries: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }
  return merged;
}
