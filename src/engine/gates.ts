import type {RecordDecision, RecordGate, RecordRef, RoundGate, SignalValue, Verdict} from '../api.js';
import type {Config} from '../config/config.js';
import type {Registry} from '../config/registry.js';
import {describeGateError, EngineError} from './errors.js';
import type {RawFinding, Reason} from './evidence.js';

/** An enabled gate with its resolved options. */
export interface ActiveRecordGate {
  readonly gate: RecordGate;
  readonly options: Readonly<Record<string, unknown>>;
  /** Optional signals that a rule gives which is on somewhere. */
  readonly optional: readonly string[];
  /** Reads a signal of a duplicate rule: does not count when a record is chosen as the one that stays. */
  readonly duplicates: boolean;
}

export interface ActiveRoundGate {
  readonly gate: RoundGate;
  readonly options: Readonly<Record<string, unknown>>;
  /** Rules that would give its measures, where none of those that are on does. */
  readonly off?: readonly string[];
}

export function activeRecordGates(config: Config, registry: Registry): ActiveRecordGate[] {
  const pairSignals = new Set<string>();
  for (const rule of registry.rules.values()) {
    if (rule.kind !== 'pair' || !rule.duplicates) continue;
    for (const name of Object.keys(rule.signals ?? {})) pairSignals.add(name);
  }
  const given = givenSignals(config, registry);
  const active: ActiveRecordGate[] = [];
  for (const gate of registry.gates.values()) {
    const setting = config.gates[gate.id];
    if (gate.scope !== 'record' || !setting?.enabled) continue;
    const optional = (gate.optionalSignals ?? []).filter(name => given.has(name));
    const duplicates = [...gate.signals, ...optional].some(name => pairSignals.has(name));
    active.push({gate, options: setting.options, optional, duplicates});
  }
  if (active.length > 32) throw new EngineError(`${active.length} record gates are on; at most 32 can be.`);
  return active;
}

/** Signals of the rules that are on. */
function givenSignals(config: Config, registry: Registry): Set<string> {
  const on = [...registry.rules.values()].filter(({id}) => isOnIn(config, id));
  return new Set(on.flatMap(({signals = {}}) => Object.keys(signals)));
}

/** For all records or by an override. */
function isOnIn({rules, overrides}: Config, id: string): boolean {
  return [rules, ...overrides.map(override => override.rules)].some(
    set => (set[id]?.level ?? 'off') !== 'off',
  );
}

function rulesOff(
  {measures, optionalMeasures = []}: RoundGate,
  config: Config,
  registry: Registry,
): string[] {
  const wanted = measures.length > 0 ? measures : optionalMeasures;
  const off = wanted.flatMap(name => {
    const [measure = ''] = name.split('@');
    const givers = [...registry.rules.values()].filter(
      rule => rule.kind === 'corpus' && Object.hasOwn(rule.measures, measure),
    );
    return givers.some(({id}) => isOnIn(config, id)) ? [] : givers.map(({id}) => id);
  });
  return [...new Set(off)];
}

export function activeRoundGates(config: Config, registry: Registry): ActiveRoundGate[] {
  const active: ActiveRoundGate[] = [];
  for (const gate of registry.gates.values()) {
    const setting = config.gates[gate.id];
    if (gate.scope === 'round' && setting?.enabled)
      active.push({gate, options: setting.options, off: rulesOff(gate, config, registry)});
  }
  return active;
}

export interface RecordVerdict {
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
  /** Bit i: gate i did not accept. */
  readonly failed: number;
}

const severity: Record<Verdict, number> = {accept: 0, quarantine: 1, reject: 2};
const accepted: RecordVerdict = {verdict: 'accept', reasons: [], failed: 0};

/** The strictest verdict of all gates. A pure function of findings and signals; `ref` is for messages. */
export function judgeRecord(
  gates: readonly ActiveRecordGate[],
  findings: readonly RawFinding[],
  signals: Readonly<Record<string, SignalValue>>,
  ref: RecordRef,
): RecordVerdict {
  let verdict: Verdict = 'accept';
  let reasons: Reason[] | undefined;
  let failed = 0;
  const all = {...signals, ...countFindings(findings)};
  for (const [index, active] of gates.entries()) {
    const reason = judgeWith(active, all, ref);
    if (reason === undefined) continue;
    if (reason.verdict !== 'accept') failed |= 1 << index;
    reasons ??= [];
    reasons.push(reason);
    if (severity[reason.verdict] > severity[verdict]) verdict = reason.verdict;
  }
  return reasons === undefined ? accepted : {verdict, reasons, failed};
}

function countFindings(findings: readonly RawFinding[]): Record<string, number> {
  let errors = 0;
  for (const {level} of findings) if (level === 'error') errors++;
  return {'findings.error': errors, 'findings.warn': findings.length - errors};
}

/** Undefined when the gate accepts. Fails closed: what is missing or not a number is never accepted. */
function judgeWith(
  {gate, options, optional}: ActiveRecordGate,
  signals: Readonly<Record<string, SignalValue>>,
  ref: RecordRef,
): Reason | undefined {
  const refuse = (options.else ?? gate.else) as Verdict;
  const numbers: Record<string, number> = {};
  let abstained: Reason | undefined;
  for (const [index, name] of [...gate.signals, ...optional].entries()) {
    const value = Object.hasOwn(signals, name) ? signals[name] : undefined;
    if (typeof value === 'number' && Number.isFinite(value)) numbers[name] = value;
    else if (typeof value === 'object' && value?.absent === 'not-applicable') {
      const verdict = (options.onAbstain ?? gate.onAbstain) as Verdict;
      const reason = {gate: gate.id, verdict, message: `signal \`${name}\` abstains: ${value.reason}`};
      if (index < gate.signals.length) return verdict === 'accept' ? undefined : reason;
      abstained ??= reason;
    } else {
      const why =
        value === undefined
          ? 'no rule that is on gives it'
          : typeof value === 'object' && value !== null
            ? value.reason
            : `it is ${value}, not a number`;
      return {gate: gate.id, verdict: refuse, message: `signal \`${name}\` is missing: ${why}`};
    }
  }
  if (gate.signals.length === 0 && Object.keys(numbers).length === 0) {
    if (abstained !== undefined) return abstained.verdict === 'accept' ? undefined : abstained;
    const wanted = (gate.optionalSignals ?? []).map(name => `\`${name}\``).join(', ');
    return {
      gate: gate.id,
      verdict: refuse,
      message: `no rule that is on gives one of its signals: ${wanted}`,
    };
  }
  let decision: RecordDecision;
  try {
    decision = gate.judge(numbers, options as never);
    if (decision.pass === true) return undefined;
  } catch (error) {
    throw describeGateError(gate.id, ref, error);
  }
  return {
    gate: gate.id,
    verdict: refuse,
    message: decision.message ?? `${decision.measured} against ${decision.limit}`,
  };
}
