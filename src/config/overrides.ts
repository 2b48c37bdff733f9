import type {Override} from './config.js';
import {applyRules, type Draft, matching} from './draft.js';
import {list, type OverrideEntry} from './file.js';

/** Overrides with complete settings: what they do not say comes from the resolved rules. */
export function resolveOverrides(draft: Draft): Override[] {
  return draft.overrides.map(({entry, origin}, index) => {
    draft.origins.set(`overrides.${index}`, origin);
    return resolveOverride(entry, draft);
  });
}

function resolveOverride({files, where, rules}: OverrideEntry, draft: Draft): Override {
  const settings = new Map(draft.rules);
  applyRules(settings, rules, () => {});
  const named = new Set(Object.keys(rules).flatMap(key => matching(key, draft.rules.keys())));
  return {
    ...(files !== undefined && {files: list(files)}),
    ...(where !== undefined && {where}),
    rules: Object.fromEntries(
      [...settings]
        .filter(([id]) => named.has(id))
        .map(([id, setting]) => [id, {...setting, level: draft.forced.get(id) ?? setting.level}]),
    ),
  };
}
