import {createHash} from 'node:crypto';
import {mkdirSync, realpathSync} from 'node:fs';
import {dirname, relative, resolve, sep} from 'node:path';
import type {CorpusRule} from '../api.js';
import type {Config, RuleSetting} from '../config/config.js';
import type {Registry} from '../config/registry.js';
import {mergeStates, type ObserverStates, stateSection} from '../engine/corpus-rules.js';
import {createPlan, isOn, type Plan, sharedOptions} from '../engine/plan.js';
import {type ScanOutcome, type ScanRequest, scan} from '../engine/scan.js';
import {textParams} from '../features/text.js';
import type {ProfileParams, SegmentDraft} from '../profile/container/index.js';
import {createRecordCollector, type RecordCollector} from '../profile/records.js';
import {createSignalCollector, encodeSignals, signalsSection, signalsVersion} from '../profile/signals.js';
import {meaningsOf} from './reference-signals.js';
import {temporaryFolder} from './temporary.js';

/** Parameters that profiles must share to be used together: tokeniser and sketches, and how fields are mapped. */
export function profileParams(config: Config): ProfileParams {
  return {...textParams, fields: JSON.stringify(sortKeys(config.fields))};
}

export interface BuiltSegment {
  readonly draft: SegmentDraft;
  /** The scan that made it: duplicates inside the reference, malformed rows. */
  readonly outcome: ScanOutcome;
  /** Once the draft is written: it is in temporary files. */
  release(): void;
}

/**
 * Scans a corpus and sums it up. `path` is where the profile will lie: sources are stored relative to it, so
 * that a profile and its corpus can move together.
 */
export async function buildSegment(
  path: string,
  request: Omit<ScanRequest, 'references' | 'onChunk'>,
): Promise<BuiltSegment> {
  const {inputs, cwd} = request;
  const plan = createPlan(request.config, request.registry, cwd);
  const folder = temporaryFolder();
  const collector = createRecordCollector(
    plan.parts.map(({part}) => part),
    inputs.length,
    folder.path,
  );
  const release = () => {
    collector.close();
    folder.remove();
  };
  try {
    const signals = createSignalCollector(meaningsOf(plan));
    const outcome = await scan({
      ...request,
      references: [],
      onChunk(result) {
        collector.add(result);
        signals.add(result);
      },
    });
    const own = draftOf(path, request, outcome, collector);
    const samples = signals.finish();
    const spread = {name: signalsSection, version: signalsVersion, bytes: encodeSignals(samples)};
    const sections = [
      ...own.sections,
      ...(samples.size > 0 ? [spread] : []),
      ...ruleSections(plan, outcome.states),
    ];
    return {draft: {...own, sections}, outcome, release};
  } catch (error) {
    release();
    throw error;
  }
}

/** Sources and records, without what rules and signals say of them. */
function draftOf(
  path: string,
  {inputs, cwd}: Pick<ScanRequest, 'inputs' | 'cwd'>,
  outcome: ScanOutcome,
  collector: RecordCollector,
): SegmentDraft {
  const {records, perSource, sections} = collector.finish();
  const base = realFolder(dirname(resolve(path)));
  const sources = inputs.map((input, index) => ({
    path: relative(base, realPath(resolve(cwd, input.path)))
      .split(sep)
      .join('/'),
    bytes: outcome.facts[index]!.bytes,
    sha256: outcome.facts[index]!.sha256,
    records: perSource[index]!,
  }));
  return {sources, records, sections};
}

function ruleSections(plan: Plan, states: readonly ObserverStates[]) {
  const kept = plan.corpusRules.filter(({inProfile = true}) => inProfile);
  return kept.map(rule => {
    const merged = mergeStates(
      rule,
      states.flatMap(state => state.get('all')?.get(rule.id) ?? []),
    );
    return {name: stateSection(rule), version: rule.version, bytes: rule.encode(merged)};
  });
}

/** How corpus rules' sections are merged when a profile is compacted. */
export function ruleMerges(registry: Registry) {
  const merges: Record<string, {version: number; merge(parts: readonly Uint8Array[]): Uint8Array}> = {};
  for (const rule of registry.rules.values()) {
    if (rule.kind !== 'corpus') continue;
    const corpusRule = rule as CorpusRule;
    merges[stateSection(corpusRule)] = {
      version: corpusRule.version,
      merge: parts => corpusRule.encode(mergeStates(corpusRule, parts)),
    };
  }
  return merges;
}

/**
 * The config for reading a reference: duplicates are reported, nothing else is judged. A rule that is on for
 * some candidates only is on here: what it compares must be in the profile.
 */
export function lintingConfig(config: Config): Config {
  const rules: Record<string, RuleSetting> = {};
  for (const [id, own] of Object.entries(config.rules)) {
    const overridden = config.overrides.map(override => override.rules[id]).find(isOn);
    const setting = isOn(own) ? own : (overridden ?? own);
    const level = id.startsWith('duplicate/') && setting.level !== 'off' ? 'warn' : setting.level;
    rules[id] = {...setting, level};
  }
  const gates = Object.fromEntries(
    Object.entries(config.gates).map(([id, setting]) => [id, {...setting, enabled: false}]),
  );
  return {...config, rules, gates, overrides: [], references: []};
}

/** Names a profile by what it is made of, for the cache. */
export function cacheKey(
  params: ProfileParams,
  plan: Plan,
  sources: readonly {path: string; sha256: string}[],
): string {
  const rules = plan.corpusRules.map(rule => [rule.id, rule.version, sharedOptions(plan, rule.id)]);
  const parts = plan.parts.map(({part}) => part);
  const signals = [...meaningsOf(plan)];
  const {files, pluginOptions} = plan.config;
  // Summaries of what a model gave are those of that model.
  const models = plan.needs.length > 0 && pluginOptions !== undefined ? [pluginOptions] : [];
  return createHash('sha256')
    .update(JSON.stringify([params, rules, parts, signals, sources, ...(files ? [files] : []), ...models]))
    .digest('hex')
    .slice(0, 40);
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function realFolder(folder: string): string {
  mkdirSync(folder, {recursive: true});
  return realPath(folder);
}

function sortKeys(value: object): object {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
