import type {RecordDecision, RecordGate, RecordRef, RoundGate, SignalValue, Verdict} from '../api.js';
import type {Config} from '../config/config.js';
import type {Registry} from '../config/registry.js';
import {describeGateError, EngineError} from './errors.js';
import type {RawFinding, Reason} from './evidence.js';

/** An enabled gate with its resolved options. */
export interface ActiveRecordGate {
  readonly gate: RecordGate;
  readonly options: Readonly<Record<string, unknown>>;
  /** Reads a signal of a duplicate rule: does not count when a record is chosen as the one that stays. */
  readonly duplicates: boolean;
}

export interface ActiveRoundGate {
  readonly gate: RoundGate;
  readonly options: Readonly<Record<string, unknown>>;
}

export function activeRecordGates(config: Config, registry: Registry): ActiveRecordGate[] {
  const pairSignals = new Set<string>();
  for (const rule of registry.rules.values()) {
    if (rule.kind !== 'pair' || !rule.duplicates) continue;
    for (const name of Object.keys(rule.signals ?? {})) pairSignals.add(name);
  }
  const active: ActiveRecordGate[] = [];
  for (const gate of registry.gates.values()) {
    const setting = config.gates[gate.id];
    if (gate.scope !== 'record' || !setting?.enabled) continue;
    const duplicates = gate.signals.some(name => pairSignals.has(name));
    active.push({gate, options: setting.options, duplicates});
  }
  if (active.length > 32) throw new EngineError(`${active.length} record gates are on; at most 32 can be.`);
  return active;
}

export function activeRoundGates(config: Config, registry: Registry): ActiveRoundGate[] {
  const active: ActiveRoundGate[] = [];
  for (const gate of registry.gates.values()) {
    const setting = config.gates[gate.id];
    if (gate.scope === 'round' && setting?.enabled) active.push({gate, options: setting.options});
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
  {gate, options}: ActiveRecordGate,
  signals: Readonly<Record<string, SignalValue>>,
  ref: RecordRef,
): Reason | undefined {
  const refuse = (options.else ?? gate.else) as Verdict;
  const numbers: Record<string, number> = {};
  for (const name of gate.signals) {
    const value = Object.hasOwn(signals, name) ? signals[name] : undefined;
    if (typeof value === 'number' && Number.isFinite(value)) numbers[name] = value;
    else if (typeof value === 'object' && value.absent === 'not-applicable') {
      const verdict = (options.onAbstain ?? gate.onAbstain) as Verdict;
      return verdict === 'accept'
        ? undefined
        : {gate: gate.id, verdict, message: `signal \`${name}\` abstains: ${value.reason}`};
    } else {
      const why =
        value === undefined
          ? 'no rule that is on gives it'
          : typeof value === 'number'
            ? `it is ${value}, not a number`
            : value.reason;
      return {gate: gate.id, verdict: refuse, message: `signal \`${name}\` is missing: ${why}`};
    }
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
