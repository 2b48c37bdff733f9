import {basename} from 'node:path/posix';
import {isDeepStrictEqual} from 'node:util';
import type {Config, RuleSetting} from '../config/config.js';
import type {Loaded} from '../config/load.js';
import {loadRegistry, type Registry} from '../config/registry.js';
import {RunError} from './error.js';
import type {SavedRun} from './manifest.js';

/** Rules and gates of both configs: those that were saved must speak again, those that are new may judge. */
export async function registryFor(saved: Config, {config, registry}: Loaded): Promise<Registry> {
  if (registry.local || saved.plugins.every(url => config.plugins.includes(url))) return registry;
  return loadRegistry({
    plugins: [...new Set([...saved.plugins, ...config.plugins])],
    pluginOptions: {...saved.pluginOptions, ...config.pluginOptions},
  });
}

/**
 * What the other config changes and evidence suffices for: levels, gates and limits.
 * @throws RunError that lists what only a scan could answer.
 */
export function settingsFor(
  saved: SavedRun,
  {config: other}: Loaded,
): Pick<Config, 'rules' | 'gates' | 'weights' | 'maxMalformed' | 'maxFindings' | 'failOn'> {
  const {config, folder} = saved;
  const problems = [...ruleProblems(config, other), ...otherProblems(config, other)];
  if (problems.length > 0) {
    throw new RunError(
      `\`${folder}\` cannot be judged again with this config: ${problems.join('; ')}. Scan again with \`collapse filter\`.`,
    );
  }
  const rules: Record<string, RuleSetting> = {};
  for (const [id, setting] of Object.entries(config.rules)) {
    rules[id] = other.rules[id] ?? {...setting, level: 'off'};
  }
  const {gates, weights, maxMalformed, maxFindings, failOn} = other;
  return {rules, gates, ...(weights && {weights}), maxMalformed, maxFindings, failOn};
}

/** Levels may change; what a rule looks at may not, nor may a rule be on that was off during the scan. */
function ruleProblems(saved: Config, other: Config): string[] {
  const overridden = new Set(saved.overrides.flatMap(({rules}) => Object.keys(rules)));
  return Object.entries(other.rules).flatMap(([id, wanted]) => {
    const before = saved.rules[id];
    const changed = before?.level !== wanted.level;
    // Which records an override holds for is not saved where it made no difference.
    if (overridden.has(id) && changed) return [`\`${id}\` has another level, and \`overrides\` set it too`];
    if (wanted.level === 'off') return [];
    if (before === undefined || before.level === 'off') {
      return overridden.has(id) ? [] : [`\`${id}\` was off during the scan`];
    }
    return isDeepStrictEqual(wanted.options, before.options)
      ? []
      : [`\`${id}\` has other options than during the scan`];
  });
}

function otherProblems(saved: Config, other: Config): string[] {
  const problems: string[] = [];
  for (const [place, digest] of Object.entries(other.files ?? {})) {
    const [rule = '', option] = place.split('.', 2);
    const isOn = (other.rules[rule]?.level ?? 'off') !== 'off';
    if (isOn && saved.files?.[place] !== digest)
      problems.push(`the file that \`${option}\` of \`${rule}\` names was another one`);
  }
  const byFile = saved.overrides.some(({files}) => files !== undefined);
  if (!isDeepStrictEqual(plain(saved.overrides), plain(other.overrides))) problems.push('`overrides` differ');
  else if (byFile && saved.root !== other.root)
    problems.push(`\`overrides\` name files relative to another folder than \`${saved.root}\``);
  // A config that does not map fields, or names no references, is judged on what was read.
  for (const [role, paths] of Object.entries(other.fields)) {
    if (!isDeepStrictEqual(paths, saved.fields[role as keyof typeof saved.fields]))
      problems.push(`\`fields.${role}\` differs`);
  }
  for (const [url, {options}] of Object.entries(other.pluginOptions ?? {})) {
    const before = saved.pluginOptions?.[url];
    if (before !== undefined && !isDeepStrictEqual(plain(options), before.options))
      problems.push(`the plugin \`${basename(url)}\` has other options`);
  }
  for (const reference of other.references) {
    if (!saved.references.some(known => isDeepStrictEqual(known, plain(reference))))
      problems.push(`the reference \`${reference.path}\` was not looked at`);
  }
  return problems;
}

/** As it would be saved: without what JSON leaves out. */
function plain<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}
