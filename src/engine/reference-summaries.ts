import {setImmediate} from 'node:timers/promises';
import type {CorpusRule} from '../api.js';
import type {Reference} from '../profile/reference.js';
import {mergeStates} from './corpus-rules.js';
import {describeRuleStep} from './errors.js';
import {type Plan, sharedOptions} from './plan.js';
import {trustedStates} from './reads.js';

/** What corpus rules know of the references, each merged when it is first asked for. */
export interface ReferenceSummaries {
  /** Summary of all references in a role; undefined where they have none. */
  of(rule: CorpusRule, role: 'trusted' | 'machine'): unknown;
  /** Begins to merge and prepare them, rule by rule, between other work. Once. */
  begin(): void;
  /** When what was begun is done; throws what a rule threw. */
  ready(): Promise<void>;
  /** Begins nothing more. */
  stop(): void;
}

export function createReferenceSummaries(plan: Plan, references: readonly Reference[]): ReferenceSummaries {
  const known = new Map<string, unknown>();
  let preparing: Promise<void> | undefined;
  let stopped = false;

  function of(rule: CorpusRule, role: 'trusted' | 'machine'): unknown {
    const key = `${role} ${rule.id}`;
    if (!known.has(key)) {
      const states = trustedStates(rule, references, role);
      known.set(key, states.length > 0 ? mergeStates(rule, states) : undefined);
    }
    return known.get(key);
  }

  async function prepareAll(): Promise<void> {
    for (const rule of plan.corpusRules) {
      await setImmediate();
      if (stopped) return;
      const reference = of(rule, 'trusted');
      if (reference === undefined || rule.prepare === undefined) continue;
      await setImmediate();
      if (stopped) return;
      try {
        rule.prepare(reference, {options: sharedOptions(plan, rule.id) as never});
      } catch (error) {
        throw describeRuleStep(rule.id, 'to prepare the reference', error);
      }
    }
  }

  return {
    of,
    begin() {
      if (preparing !== undefined) return;
      preparing = prepareAll();
      // Comes up when it is waited for.
      preparing.catch(() => {});
    },
    async ready() {
      await preparing;
    },
    stop() {
      stopped = true;
    },
  };
}
