import type {CorpusRule, MeasureValue, RoundDecision} from '../api.js';
import type {Reference} from '../profile/reference.js';
import type {GateReport, Measure} from '../report/report.js';
import {mergeStates, type ObserverStates, onlyOf, restOf} from './corpus-rules.js';
import {describeGateError, describeRuleStep, EngineError} from './errors.js';
import type {ActiveRecordGate, ActiveRoundGate} from './gates.js';
import {isOn, type Plan, sharedOptions} from './plan.js';
import type {Tally} from './tally.js';
import type {ViewStates} from './view-pass.js';

/** Name of the profile section that holds a corpus rule's summary. */
export function stateSection(rule: CorpusRule): string {
  return `rule/${rule.id}`;
}

/** Key of a measure in the report: the view is only named where it is not `all`. */
export function measureKey(name: string, view: string): string {
  return view === 'all' ? name : `${name}@${view}`;
}

/** Measures of all corpus rules on all their views, the trusted references' values beside them. */
export function measureAll(
  plan: Plan,
  states: readonly ObserverStates[],
  references: readonly Reference[],
  viewStates: ViewStates,
): Record<string, Measure> {
  const measures: Record<string, Measure> = {};
  for (const rule of plan.corpusRules) {
    const options = sharedOptions(plan, rule.id);
    const trusted = references
      .filter(({role}) => role === 'trusted')
      .flatMap(reference => reference.states(stateSection(rule), rule.version));
    const reference = trusted.length > 0 ? mergeStates(rule, trusted) : undefined;
    for (const view of rule.views) {
      const summary = summaryOf(rule, view, states, viewStates);
      let values: readonly (readonly [string, MeasureValue])[];
      try {
        values = Object.entries(rule.measure(summary, reference, options as never));
      } catch (error) {
        throw describeRuleStep(rule.id, 'to measure', error);
      }
      for (const [name, measured] of values) {
        const {value, interval, reference: beside} = measured;
        if (!Object.hasOwn(rule.measures, name)) throw undeclared(rule.id, name);
        if (!Number.isFinite(value)) continue; // Not computable: gates that need it abstain, and say so.
        measures[measureKey(name, view)] = {
          view,
          value,
          ...(Number.isFinite(beside) && {reference: beside!}),
          ...(interval?.every(Number.isFinite) && {interval: [interval[0], interval[1]] as const}),
        };
      }
    }
  }
  return measures;
}

/** A rule's summary of a view: its own, or that of all records less what the view leaves out. */
function summaryOf(
  rule: CorpusRule,
  view: string,
  states: readonly ObserverStates[],
  views: ViewStates,
): unknown {
  const merged = (key: string) =>
    mergeStates(
      rule,
      states.flatMap(state => state.get(key)?.get(rule.id) ?? []),
    );
  if (views.sameAsAll(view)) return merged('all');
  if (!views.byRest(view)) return merged(view);
  if (rule.subtract === undefined) return merged(onlyOf(view));
  const summary = merged('all');
  try {
    rule.subtract(summary, merged(restOf(view)));
  } catch (error) {
    throw describeRuleStep(rule.id, 'to subtract its summaries', error);
  }
  return summary;
}

/** When a run is judged again, what belongs to a rule that is off must be known. */
function undeclared(rule: string, name: string): EngineError {
  return new EngineError(
    `Rule \`${rule}\` gave the measure \`${name}\`, which its \`measures\` do not declare.`,
  );
}

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
  return gates.map(({gate, options}) => {
    const absent = gate.measures.filter(name => measures[name] === undefined);
    if (absent.length > 0) {
      const status = (options.onAbstain ?? gate.onAbstain) as GateReport['status'];
      const message = `no ${absent.map(name => `\`${name}\``).join(', ')}: it could not be measured on this round`;
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
