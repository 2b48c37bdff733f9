import type {CorpusContext, CorpusRecord, CorpusRule} from '../api.js';
import {describeRuleError, describeRuleStep} from './errors.js';
import {featureContext} from './features.js';
import {isOn, type Plan, settingFor, sharedOptions} from './plan.js';
import {styleDetector} from './style.js';

/** Encoded summaries by view, then by rule id. */
export type ObserverStates = ReadonlyMap<string, ReadonlyMap<string, Uint8Array>>;

/** Keeps the summaries of corpus rules, one per view and rule. */
export interface Observer {
  /** `sampled`: the record is in the sample that is enough for some rules. */
  observe(view: string, record: CorpusRecord, sampled: boolean): void;
  states(): ObserverStates;
  /** Drops what was observed of other views than `all`. */
  forget(): void;
}

export function createObserver(plan: Plan): Observer {
  const active = plan.corpusRules.map(rule => ({
    rule,
    context: contextOf(plan, rule),
    everywhere: plan.variants.ruleSets.every(set => isOn(set[rule.id])),
  }));
  const byView = new Map<string, ((typeof active)[number] & {summary: unknown})[]>();
  return {
    observe(view, record, sampled) {
      let summaries = byView.get(view);
      if (summaries === undefined) {
        summaries = active
          .filter(({rule}) => isObserved(rule, view))
          .map(each => ({...each, summary: initial(each.rule)}));
        byView.set(view, summaries);
      }
      for (const {rule, context, everywhere, summary} of summaries) {
        if (!sampled && rule.sampled) continue;
        if (!everywhere && !isOn(settingFor(plan, rule.id, record))) continue;
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
        states.set(view, new Map(summaries.map(({rule, summary}) => [rule.id, encoded(rule, summary)])));
      }
      return states;
    },
    forget() {
      for (const view of byView.keys()) if (view !== 'all') byView.delete(view);
    },
  };
}

/** Key of records that some views leave out, by the pattern of these, for the rules that can subtract them. */
export const restOf = (pattern: string) => `rest:${pattern}`;
/** Key of the records of a view, for the rules that cannot. */
export const onlyOf = (view: string) => `only:${view}`;

/** Which of a rule's views are the same set of records is only known when all were judged: it observes any. */
function isObserved(rule: CorpusRule, key: string): boolean {
  if (key === 'all') return true;
  if (rule.compare === undefined && rule.views.every(view => view === 'all')) return false;
  if (key.startsWith(restOf(''))) return rule.subtract !== undefined;
  return key.startsWith(onlyOf('')) ? rule.subtract === undefined : true;
}

/** Name of the profile section that holds a corpus rule's summary. */
export function stateSection(rule: CorpusRule): string {
  return `rule/${rule.id}`;
}

function contextOf(plan: Plan, rule: CorpusRule): CorpusContext<never> {
  return {
    options: sharedOptions(plan, rule.id) as never,
    ...featureContext(plan.registry),
    detector: file => styleDetector(file, plan.config.root),
  };
}

function initial(rule: CorpusRule): unknown {
  try {
    return rule.init();
  } catch (error) {
    throw describeRuleStep(rule.id, 'to begin its summary', error);
  }
}

function encoded(rule: CorpusRule, summary: unknown): Uint8Array {
  try {
    return rule.encode(summary);
  } catch (error) {
    throw describeRuleStep(rule.id, 'to encode its summary', error);
  }
}

/** Merges encoded summaries of one rule; `init()` when there are none. */
export function mergeStates(rule: CorpusRule, states: readonly Uint8Array[]): unknown {
  const merged = initial(rule);
  for (const state of states) {
    try {
      rule.merge(merged, rule.decode(state));
    } catch (error) {
      throw describeRuleStep(rule.id, 'to merge its summaries', error);
    }
  }
  return merged;
}
