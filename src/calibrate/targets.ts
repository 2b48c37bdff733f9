import type {SignalLimit} from '../api.js';
import type {Config} from '../config/config.js';
import type {Registry} from '../config/registry.js';

/** An option whose value can be found from a signal: `synthetic/style.fpr`, `novelty.minimum`. */
export interface Target {
  readonly kind: 'rule' | 'gate';
  readonly id: string;
  readonly option: string;
  readonly signal: string;
  readonly range: readonly [low: number, high: number];
  /** What it is now. */
  readonly current: number;
  /** How bad a record is by the signal: higher is worse. */
  readonly badness: (signal: number) => number;
  /** The number that the option is held against. */
  readonly held: (signal: number) => number;
  /** Whether records at the limit are flagged. */
  readonly inclusive: boolean;
}

/** The limits of all rules and gates that are on and whose signals are there; those of `wanted` where it names some. */
export function targetsOf(
  {rules, gates}: Registry,
  config: Config,
  signals: ReadonlySet<string>,
  wanted: readonly string[] = [],
): Target[] {
  const better = new Map(
    [...rules.values()].flatMap(rule =>
      Object.entries(rule.signals ?? {}).map(([name, signal]) => [name, signal.better] as const),
    ),
  );
  const named = (id: string, option: string) =>
    wanted.length === 0 || wanted.includes(id) || wanted.includes(`${id}.${option}`);
  const make = (
    kind: Target['kind'],
    id: string,
    limit: SignalLimit,
    options: Readonly<Record<string, unknown>>,
    schema: unknown,
  ): Target[] => {
    const {signal, option, of = 'value', when = {}, inclusive = of === 'rest'} = limit;
    if (!signals.has(signal) || !named(id, option)) return [];
    if (!Object.entries(when).every(([name, value]) => options[name] === value)) return [];
    const {minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY} = schema as {
      minimum?: number;
      maximum?: number;
    };
    const high = limit.bad === undefined ? better.get(signal) === 'low' : limit.bad === 'high';
    return [
      {
        kind,
        id,
        option,
        signal,
        range: [minimum, maximum],
        current: Number(options[option]),
        badness: high ? value => value : value => -value,
        held: of === 'rest' ? value => 1 - value : value => value,
        inclusive,
      },
    ];
  };
  const found = [
    ...[...rules.values()].flatMap(rule =>
      config.rules[rule.id]?.level === 'off'
        ? []
        : (rule.limits ?? []).flatMap(limit =>
            make('rule', rule.id, limit, config.rules[rule.id]!.options, rule.options[limit.option]),
          ),
    ),
    ...[...gates.values()].flatMap(gate =>
      gate.scope === 'record' && config.gates[gate.id]?.enabled
        ? (gate.limits ?? []).flatMap(limit =>
            make('gate', gate.id, limit, config.gates[gate.id]!.options, gate.options[limit.option]),
          )
        : [],
    ),
  ];
  // An option that limits two signals, of which a run should have one, is set by the first.
  const first = new Map(found.map(target => [`${target.id}.${target.option}`, target] as const).reverse());
  return found.filter(target => first.get(`${target.id}.${target.option}`) === target);
}
