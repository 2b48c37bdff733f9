import type {
  CorpusRecord,
  CorpusRule,
  GroupRule,
  NeedsFeatures,
  NeighbourQuery,
  PairRule,
  PartName,
  Rule,
} from '../api.js';
import type {Config, RuleSetting} from '../config/config.js';
import {type Variants, variantOf} from '../config/match.js';
import type {Registry} from '../config/registry.js';
import {activeRecordGates} from './gates.js';
import {type RowView, viewsOf} from './views.js';

/** What a config asks of a scan, worked out once: which rules run, on what, and which passes are needed. */
export interface Plan {
  readonly config: Config;
  readonly registry: Registry;
  /** What displayed paths are relative to: overrides by file need it. */
  readonly cwd: string;
  readonly variants: Variants;
  /** Parts that neighbours are looked for on, with what is looked for. */
  readonly parts: readonly PartPlan[];
  readonly pairRules: readonly PairRule[];
  readonly groupRules: readonly GroupRule[];
  readonly corpusRules: readonly CorpusRule[];
  /** Provider features to compute before the rules run. */
  readonly needs: readonly string[];
  /** Those of them that are looked at again when views are observed, and in any pass after the scan. */
  readonly viewNeeds: readonly string[];
  readonly laterNeeds: readonly string[];
  /** Ids of the record gates that are on. */
  readonly recordGates: readonly string[];
  /** Views other than `all` that a corpus rule is measured on, in an order in which none comes after its part. */
  readonly views: readonly RowView[];
}

export interface PartPlan {
  readonly part: PartName;
  /** Least similarity looked for within the round and in references; undefined: none. */
  readonly near: number | undefined;
  readonly inside: boolean;
  /** Looks for reference records that stand inside a record. */
  readonly holds: boolean;
}

export function createPlan(config: Config, registry: Registry, cwd: string = process.cwd()): Plan {
  const variants = variantOf(config, cwd);
  const active = <Kind extends Rule['kind']>(kind: Kind) =>
    [...registry.rules.values()].filter(
      rule => rule.kind === kind && variants.ruleSets.some(set => isOn(set[rule.id])),
    ) as Extract<Rule, {kind: Kind}>[];
  const pairRules = active('pair');
  const groupRules = active('group');
  const corpusRules = active('corpus');
  const needs = (rules: readonly (NeedsFeatures & Pick<Rule, 'id'>)[]) => {
    const named = rules.flatMap(rule =>
      variants.ruleSets.flatMap(set => (isOn(set[rule.id]) ? needsOf(rule, set[rule.id]!) : [])),
    );
    return [...new Set(named)].filter(name => registry.providers.has(name));
  };
  const recordGates = activeRecordGates(config, registry).map(({gate}) => gate.id);
  const viewed = corpusRules.filter(rule => viewsOf(rule, recordGates).some(view => view !== 'all'));
  return {
    config,
    registry,
    cwd,
    variants,
    parts: planParts(pairRules, variants.ruleSets),
    pairRules,
    groupRules,
    corpusRules,
    needs: needs([...active('record'), ...groupRules, ...corpusRules]),
    viewNeeds: needs(viewed),
    laterNeeds: needs([...groupRules, ...viewed]),
    recordGates,
    views: [...new Set(corpusRules.flatMap(rule => viewsOf(rule, recordGates)))].filter(
      view => view !== 'all',
    ),
  };
}

/**
 * The options of a rule that sees records of several rule sets at once (group and corpus rules): those of the
 * config where it is on there, else of the first override that switches it on.
 */
export function sharedOptions({config, variants}: Plan, id: string): Readonly<Record<string, unknown>> {
  const setting = variants.ruleSets.map(set => set[id]).find(isOn) ?? config.rules[id]!;
  return setting.options;
}

/** The setting that holds for a record. */
export function settingFor({variants}: Plan, id: string, record: CorpusRecord): RuleSetting {
  return variants.ruleSets[variants.variant(record)]![id]!;
}

/** Provider features that a rule asks for under a setting. */
export function needsOf(
  {needs = []}: NeedsFeatures,
  {options}: Pick<RuleSetting, 'options'>,
): readonly string[] {
  return typeof needs === 'function' ? needs(options as never) : needs;
}

export function isOn(setting: RuleSetting | undefined): boolean {
  return setting !== undefined && setting.level !== 'off';
}

/** The queries of a pair rule under its settings. */
export function queriesOf(rule: PairRule, setting: RuleSetting): readonly NeighbourQuery[] {
  return rule.neighbours(setting.options as never);
}

function planParts(
  rules: readonly PairRule[],
  sets: readonly Readonly<Record<string, RuleSetting>>[],
): PartPlan[] {
  const parts = new Map<PartName, {near: number | undefined; inside: boolean; holds: boolean}>();
  for (const rule of rules) {
    const part = rule.on ?? 'text';
    const plan = parts.get(part) ?? {near: undefined, inside: false, holds: false};
    for (const set of sets) {
      const setting = set[rule.id];
      if (setting === undefined || setting.level === 'off') continue;
      for (const query of queriesOf(rule, setting)) {
        if (query.relation === 'near') plan.near = Math.min(plan.near ?? 1, query.minimum);
        if (query.relation === 'inside') plan.inside = true;
        if (query.relation === 'holds') plan.holds = true;
      }
    }
    parts.set(part, plan);
  }
  return [...parts].map(([part, plan]) => ({part, ...plan}));
}
