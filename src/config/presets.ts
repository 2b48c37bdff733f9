import type {Level, PresetConfig} from '../api.js';
import type {Registry} from './registry.js';

type Known = Pick<Registry, 'rules' | 'gates'>;

/** What holds without a config: the level and state that rules and gates recommend themselves. */
export function recommended({rules, gates}: Known): PresetConfig {
  return {
    rules: Object.fromEntries([...rules.values()].map(rule => [rule.id, rule.recommended])),
    gates: Object.fromEntries([...gates.values()].map(gate => [gate.id, gate.recommended ? 'on' : 'off'])),
  };
}

/**
 * What is recommended counts as an error, and every gate judges that can: a record gate whose signals no rule
 * gives that is on would refuse all records. Rules that are off stay as they are.
 */
export function strict({rules, gates}: Known): PresetConfig {
  const on = [...rules.values()].filter(rule => rule.recommended !== 'off');
  const signals = new Set(on.flatMap(rule => Object.keys(rule.signals ?? {})));
  const given = (name: string) => name.startsWith('findings.') || signals.has(name);
  const judging = [...gates.values()].filter(
    gate =>
      gate.scope === 'round' ||
      (gate.signals.every(given) && (gate.signals.length > 0 || gate.optionalSignals?.some(given))),
  );
  return {
    rules: Object.fromEntries(on.map(rule => [rule.id, 'error' satisfies Level])),
    gates: Object.fromEntries(judging.map(({id}) => [id, 'on' as const])),
  };
}
