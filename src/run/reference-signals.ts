import {createHash} from 'node:crypto';
import type {RecordRule} from '../api.js';
import {isOn, type Plan, sharedOptions} from '../engine/plan.js';
import type {Reference} from '../profile/reference.js';
import {mergeSignals, percentiles, sampleKey} from '../profile/signals.js';
import type {ReferenceReport} from '../report/report.js';

/**
 * Of each signal that the record rules of a plan give, all that its numbers depend on beside the record: the
 * rule, its options, the files that these name, and for what a model gave, that model.
 */
export function meaningsOf(plan: Plan): Map<string, string> {
  const {registry, variants, config} = plan;
  const meanings = new Map<string, string>();
  for (const rule of registry.rules.values()) {
    if (rule.kind !== 'record' || !variants.ruleSets.some(set => isOn(set[rule.id]))) continue;
    const {id, signals = {}, needs} = rule as RecordRule;
    const files = Object.entries(config.files ?? {}).filter(([name]) => name.startsWith(`${id}.`));
    const models = needs === undefined ? [] : [config.pluginOptions ?? {}];
    const digest = createHash('sha256').update(JSON.stringify([sharedOptions(plan, id), files, models]));
    const meaning = `${id}@${digest.digest('hex').slice(0, 16)}`;
    for (const signal of Object.keys(signals)) meanings.set(signal, meaning);
  }
  return meanings;
}

/** How a run's signals are spread over a reference, where its profile knows them under the same options. */
export function spreadSignals(reference: Reference, plan: Plan): Pick<ReferenceReport, 'signals'> {
  const merged = mergeSignals(reference.signals());
  const spread = [...meaningsOf(plan)].flatMap(([signal, meaning]) => {
    const sample = merged.get(sampleKey(signal, meaning));
    return sample === undefined ? [] : [[signal, percentiles(sample)] as const];
  });
  return spread.length === 0 ? {} : {signals: Object.fromEntries(spread)};
}
