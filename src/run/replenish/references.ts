import type {CorpusRule} from '../../api.js';
import type {Config} from '../../config/config.js';
import type {Loaded} from '../../config/load.js';
import {mergeStates} from '../../engine/corpus-rules.js';
import {trustedStates} from '../../engine/reads.js';
import type {Reference} from '../../profile/reference.js';
import type {Spectrum} from '../../replenish/tail.js';
import {emptySample, type TopicSample} from '../../replenish/topics.js';
import {RunError} from '../error.js';
import type {OpenedInputs} from '../inputs.js';
import {defaultCacheDir, pendingReferences} from '../references.js';
import {threadsFor} from '../threads.js';
import type {ReplenishOptions} from './result.js';

export const tailRule = 'tail/survival';
const topicsRule = 'tail/topics';

/** Only corpus rules, those on the tail among them, and only trusted references: nothing is judged. */
export function tailConfig(config: Config): Config {
  const rules = {...config.rules};
  for (const id of [tailRule, topicsRule]) {
    const setting = rules[id]!;
    rules[id] = {...setting, level: setting.level === 'off' ? 'warn' : setting.level};
  }
  return {
    ...config,
    rules,
    references: config.references.filter(({role}) => role === 'trusted'),
    overrides: [],
  };
}

export async function openReferences(
  {config, registry}: Loaded,
  {realPaths, inputs}: OpenedInputs,
  {cwd, cache, concurrency, signal, onBuild}: ReplenishOptions,
): Promise<Reference[]> {
  if (config.references.length === 0) {
    throw new RunError(
      'There is no trusted reference to take records from. Name one with `--reference PATH`, or under `references` in .collapserc.',
    );
  }
  const bytes = inputs.reduce((sum, {bytes}) => sum + bytes, 0);
  const pending = pendingReferences({
    config,
    registry,
    cwd,
    threads: threadsFor(bytes, concurrency),
    exclude: realPaths,
    cacheDir: cache === false ? undefined : defaultCacheDir(),
    signal,
    onBuild,
  });
  const references: Reference[] = [];
  for (const {open} of pending) references.push(await open());
  return references;
}

/** What the references say of rare words. Throws RunError for one that says nothing. */
export function spectrumOf({registry}: Loaded, references: readonly Reference[]): Spectrum {
  const rule = registry.rules.get(tailRule) as CorpusRule;
  for (const reference of references) {
    if (trustedStates(rule, [reference]).length > 0) continue;
    throw new RunError(
      `The profile \`${reference.path}\` says nothing of rare words: it was made without the rule \`${tailRule}\`, or by another ` +
        'version. Delete it and build it again with `collapse profile`, this rule on.',
    );
  }
  return mergeStates(rule, trustedStates(rule, references)) as Spectrum;
}

/** What the references say of topics: nothing where a profile was made without the rule. */
export function topicsOf({registry}: Loaded, references: readonly Reference[]): TopicSample {
  const rule = registry.rules.get(topicsRule) as CorpusRule;
  const states = trustedStates(rule, references);
  return states.length === 0 ? emptySample() : (mergeStates(rule, states) as TopicSample);
}
