import type {Config, Override, RuleSetting} from './config.js';
import {ConfigError} from './error.js';

type RuleSet = Readonly<Record<string, RuleSetting>>;

/** Where a record stands after some overrides: its rule set so far, and where each further match leads. */
export interface State {
  ruleSet: number;
  /** State after the override at this index matches. */
  readonly next: Record<number, number>;
}

export interface VariantPlan {
  readonly ruleSets: readonly RuleSet[];
  readonly states: readonly State[];
  readonly start: number;
}

interface Open {
  readonly id: number;
  /** Rule to the override that set it last. */
  readonly setBy: ReadonlyMap<string, number>;
  /** Field path to the values that the matches so far leave possible. */
  readonly allowed: ReadonlyMap<string, readonly unknown[]>;
}

const maxRuleSets = 1000;

/**
 * The rule sets that a config's overrides can lead to, worked out once and before the run: every thread
 * then numbers them alike. Overrides that ask one field for different values never meet, so that one
 * override per source gives one rule set per source and not one per combination.
 */
export function planVariants(config: Config): VariantPlan {
  const states: State[] = [{ruleSet: 0, next: {}}];
  const lastAsked = new Map(
    config.overrides.flatMap(({where = {}}, index) => Object.keys(where).map(path => [path, index] as const)),
  );
  let open: Open[] = [{id: 0, setBy: new Map(), allowed: new Map()}];
  for (const [index, override] of config.overrides.entries()) {
    const reached = new Map(open.map(state => [key(state), state]));
    for (const state of open) {
      const allowed = narrow(state.allowed, override, path => lastAsked.get(path)! > index);
      if (allowed === undefined) continue;
      const setBy = new Map(state.setBy);
      for (const id of Object.keys(override.rules)) setBy.set(id, index);
      const known = reached.get(key({setBy, allowed}));
      const id = known?.id ?? states.push({ruleSet: 0, next: {}}) - 1;
      if (!known) reached.set(key({setBy, allowed}), {id, setBy, allowed});
      states[state.id]!.next[index] = id;
    }
    open = [...reached.values()];
    if (open.length > maxRuleSets) throw tooMany();
  }
  return {...number(config, open, states), states, start: 0};
}

/** One number for equal rule sets, that of the config itself first. */
function number(config: Config, open: readonly Open[], states: State[]): {ruleSets: RuleSet[]} {
  const ruleSets: RuleSet[] = [config.rules];
  const known = new Map([[JSON.stringify(config.rules), 0]]);
  for (const {id, setBy} of open) {
    const changed = [...setBy].map(([rule, by]) => [rule, config.overrides[by]!.rules[rule]!] as const);
    const ruleSet: RuleSet = {...config.rules, ...Object.fromEntries(changed)};
    const text = JSON.stringify(ruleSet);
    const index = known.get(text) ?? ruleSets.push(ruleSet) - 1;
    known.set(text, index);
    states[id]!.ruleSet = index;
  }
  return {ruleSets};
}

/** What is possible once the override has matched too; undefined when it cannot. */
function narrow(
  allowed: Open['allowed'],
  {where = {}}: Override,
  isAskedLater: (path: string) => boolean,
): Open['allowed'] | undefined {
  const narrowed = new Map(allowed);
  for (const [path, wanted] of Object.entries(where)) {
    // A path over list elements has many values at once: they do not exclude each other.
    if (path.includes('[*]')) continue;
    const values: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted];
    const left = narrowed.get(path)?.filter(value => values.includes(value)) ?? values;
    if (left.length === 0) return undefined;
    narrowed.set(path, left);
  }
  return new Map([...narrowed].filter(([path]) => isAskedLater(path)));
}

function key({setBy, allowed}: Pick<Open, 'setBy' | 'allowed'>): string {
  return JSON.stringify([[...setBy].sort(), [...allowed].sort()]);
}

function tooMany(): ConfigError {
  const message =
    `The \`overrides\` combine into more than ${maxRuleSets} sets of rules. ` +
    'Use fewer, or let them ask one field for different values.';
  return new ConfigError([{message}]);
}
