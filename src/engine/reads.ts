import type {CorpusRule, RecordRule} from '../api.js';
import type {Reference} from '../profile/reference.js';
import {mergeStates, stateSection} from './corpus-rules.js';
import {EngineError} from './errors.js';
import {isOn, type Plan} from './plan.js';

/** Encoded summaries of the trusted references, one per segment, by corpus rule. */
export type ReferenceStates = ReadonlyMap<string, readonly Uint8Array[]>;

/** Encoded summaries that a corpus rule keeps of all references in a role. */
export function trustedStates(
  rule: CorpusRule,
  references: readonly Reference[],
  wanted: Reference['role'] = 'trusted',
): Uint8Array[] {
  return references
    .filter(({role}) => role === wanted)
    .flatMap(reference => reference.states(stateSection(rule), rule.version));
}

/** What the record rules of a plan read of its references. */
export function readStates(plan: Plan, references: readonly Reference[]): ReferenceStates {
  const states = new Map<string, readonly Uint8Array[]>();
  for (const rule of plan.registry.rules.values()) {
    if (rule.kind !== 'record' || !plan.variants.ruleSets.some(set => isOn(set[rule.id]))) continue;
    for (const name of (rule as RecordRule).reads ?? [])
      states.set(name, trustedStates(corpusRule(plan, rule.id, name), references));
  }
  return states;
}

function corpusRule({registry}: Plan, reader: string, name: string): CorpusRule {
  const rule = registry.rules.get(name);
  if (rule?.kind === 'corpus') return rule as CorpusRule;
  throw new EngineError(`Rule \`${reader}\` reads \`${name}\`, which is no corpus rule.`);
}

/** Merges what record rules ask for, when they ask, once per thread. */
export function createReferenceReader(plan: Plan) {
  let known: ReferenceStates = new Map();
  const merged = new Map<string, unknown>();
  return {
    know(states: ReferenceStates): void {
      known = states;
    },
    of(name: string): unknown {
      const states = known.get(name) ?? [];
      if (states.length === 0) return undefined;
      if (!merged.has(name))
        merged.set(name, mergeStates(plan.registry.rules.get(name) as CorpusRule, states));
      return merged.get(name);
    },
  };
}
