import type {RoundDecision} from '../api.js';
import type {GateReport, Measure} from '../report/report.js';
import {describeGateError, EngineError} from './errors.js';
import type {ActiveRecordGate, ActiveRoundGate} from './gates.js';
import {isOn, type Plan} from './plan.js';
import type {Tally} from './tally.js';

/** What each record gate let through, as the report shows it. */
export function reportRecordGates(gates: readonly ActiveRecordGate[], tally: Tally): GateReport[] {
  return gates.map(({gate}, index) => {
    const verdicts = tally.gateVerdicts[index]!;
    const total = verdicts.accept + verdicts.quarantine + verdicts.reject;
    const refused = total - verdicts.accept;
    const message =
      total === 0
        ? 'there were no records to judge'
        : refused === 0
          ? 'let every record through'
          : `${[verdicts.quarantine > 0 && `${verdicts.quarantine} quarantined`, verdicts.reject > 0 && `${verdicts.reject} rejected`].filter(Boolean).join(', ')} of ${total}`;
    return {
      id: gate.id,
      scope: 'record',
      status: total === 0 ? 'abstain' : refused === 0 ? 'pass' : 'fail',
      ...(total > 0 && {measured: verdicts.accept / total}),
      message,
      verdicts,
    };
  });
}

/** Judges the round. A gate whose measure cannot be had does what its `onAbstain` says. */
export function judgeRound(
  gates: readonly ActiveRoundGate[],
  measures: Readonly<Record<string, Measure>>,
): GateReport[] {
  return gates.map(({gate, options, off = []}) => {
    const {optionalMeasures: optional = []} = gate;
    const without = (names: readonly string[]) => names.filter(name => measures[name] === undefined);
    const needed = without(gate.measures);
    const nothing = gate.measures.length === 0 && without(optional).length === optional.length;
    const absent = nothing ? optional : needed;
    if (absent.length > 0) {
      const status = (options.onAbstain ?? gate.onAbstain) as GateReport['status'];
      const quoted = (names: readonly string[]) => names.map(name => `\`${name}\``).join(', ');
      const why =
        off.length > 0
          ? `switch on ${quoted(off)}, which ${off.length > 1 ? 'measure' : 'measures'} ${absent.length > 1 ? 'them' : 'it'}`
          : `${absent.length > 1 ? 'they' : 'it'} could not be measured on this round`;
      const message = `no ${quoted(absent)}: ${why}`;
      return {id: gate.id, scope: 'round', status: status === 'pass' ? 'abstain' : status, message};
    }
    let decision: RoundDecision;
    try {
      decision = gate.judge(measures, options as never);
      requireDecision(decision);
    } catch (error) {
      throw describeGateError(gate.id, undefined, error);
    }
    const {status, measured, limit, message} = decision;
    return {
      id: gate.id,
      scope: 'round',
      status,
      ...(measured !== undefined && {measured}),
      ...(limit !== undefined && {limit}),
      message,
    };
  });
}

/** What is neither pass nor fail must not count as a pass. */
function requireDecision({status, measured = 0, limit = 0}: RoundDecision): void {
  if (status !== 'pass' && status !== 'fail') {
    throw new EngineError(`its status is \`${String(status)}\`, which is neither \`pass\` nor \`fail\``);
  }
  if (!Number.isFinite(measured) || !Number.isFinite(limit)) {
    throw new EngineError(`it measured ${measured} against ${limit}, which are not both numbers`);
  }
}

/** Records of the references, by role: `references.previous`. Measured where a gate asks for them. */
export function referenceMeasures(
  gates: readonly ActiveRoundGate[],
  references: readonly {readonly role: string; readonly records: number}[],
): Record<string, Measure> {
  const measures: Record<string, Measure> = {};
  for (const role of ['trusted', 'previous', 'benchmark']) {
    const name = `references.${role}`;
    if (!gates.some(({gate}) => gate.measures.includes(name))) continue;
    const records = references.map(reference => (reference.role === role ? reference.records : 0));
    measures[name] = {view: 'all', value: records.reduce((sum, count) => sum + count, 0)};
  }
  return measures;
}

/**
 * Families of the record, pair and group rules that are on, whose share of flagged records is a measure.
 * Without a benchmark there is no contamination to speak of, not one of 0.
 */
export function familiesOf(plan: Plan, withBenchmark: boolean): string[] {
  const families = new Set<string>();
  for (const {id, kind} of plan.registry.rules.values()) {
    if (kind !== 'corpus' && plan.variants.ruleSets.some(set => isOn(set[id])))
      families.add(id.slice(0, id.indexOf('/')));
  }
  if (!withBenchmark) families.delete('contamination');
  return [...families].sort();
}
