import type {Cell, Comparison, CorpusRule, MeasureContext, MeasureValue, Table, View} from '../api.js';
import type {Measure, RoundFindingReport, TableReport} from '../report/report.js';
import {mergeStates, type ObserverStates, onlyOf} from './corpus-rules.js';
import {describeRuleStep, EngineError} from './errors.js';
import type {LabelCounts} from './labels.js';
import {isOn, type Plan, sharedOptions} from './plan.js';
import type {ReferenceSummaries} from './reference-summaries.js';
import {fillTemplate} from './template.js';
import type {ViewStates} from './view-pass.js';
import {keptBy, type RowView} from './views.js';

/** What corpus rules say of a round. */
export interface Measured {
  readonly measures: Record<string, Measure>;
  readonly tables: TableReport[];
  readonly findings: RoundFindingReport[];
}

/** What is known of the round beside the summaries. */
type About = Pick<MeasureContext, 'dataset' | 'flagged'>;

/** Rows of a table that a report keeps. */
const tableRows = 200;

/** Key of a measure in the report: the view is only named where it is not `all`. */
function measureKey(name: string, view: string): string {
  return view === 'all' ? name : `${name}@${view}`;
}

/** Measures of all corpus rules on all their views, the trusted references' values beside them. */
export function measureAll(
  plan: Plan,
  states: readonly ObserverStates[],
  references: ReferenceSummaries,
  views: ViewStates,
  labels: LabelCounts,
  about: About,
): Measured {
  const measured: Measured = {measures: {}, tables: [], findings: []};
  for (const rule of plan.corpusRules) {
    const machine = references.of(rule, 'machine');
    const known = () => references.of(rule, 'trusted');
    // Views of the same records share a summary: what a rule makes of it may be made once.
    const summaries = new Map<RowView, unknown>();
    const summary = (wanted: RowView) => {
      const view = views.same(wanted);
      if (!summaries.has(view)) summaries.set(view, summaryOf(rule, view, states, views));
      return summaries.get(view);
    };
    for (const view of rule.views) {
      const context = {...contextFor(plan, rule, view, measured, about), machine};
      note(rule, view, measured, () => rule.measure(summary(view), known(), context));
    }
    if (rule.compare === undefined) continue;
    for (const gate of [undefined, ...plan.recordGates]) {
      const after = gate === undefined ? 'kept' : keptBy(gate);
      // What let every distinct record through has done nothing that could be measured.
      if (views.same(after) === views.same('distinct')) continue;
      const view: View = gate === undefined ? 'accepted' : `gate:${gate}`;
      const context = contextFor(plan, rule, view, measured, about);
      const comparison = {
        before: summary('distinct'),
        after: summary(after),
        gate,
        reference: known(),
        ...labelsOf(labels, after),
      };
      note(rule, view, measured, () => rule.compare!(comparison, context));
    }
  }
  return measured;
}

function labelsOf(labels: LabelCounts, view: RowView): Pick<Comparison<unknown>, 'labels'> {
  const [before, after] = [labels.of('distinct'), labels.of(view)];
  return before === undefined || after === undefined ? {} : {labels: {before, after}};
}

function contextFor(
  plan: Plan,
  rule: CorpusRule,
  view: View,
  to: Measured,
  about: About,
): MeasureContext<never> {
  const level = plan.variants.ruleSets.map(set => set[rule.id]).find(isOn)?.level ?? 'warn';
  return {
    options: sharedOptions(plan, rule.id) as never,
    view,
    ...about,
    report({messageId, data, place}) {
      const message = fillTemplate(rule.messages[messageId]!, data);
      to.findings.push({
        rule: rule.id,
        level: level === 'error' ? 'error' : 'warn',
        view,
        message,
        ...(place && {place}),
      });
    },
    table(table: Table) {
      const at = to.tables.findIndex(one => one.id === table.id && one.view === view);
      const kept = {
        ...table,
        rows: table.rows.slice(0, tableRows).map(row => row.map(finite)),
        rule: rule.id,
        view,
      };
      to.tables.splice(at < 0 ? to.tables.length : at, at < 0 ? 0 : 1, kept);
    },
  };
}

/** What is not finite could not be measured, and stands in no report. */
function finite(cell: Cell): Cell {
  const numbers = typeof cell === 'number' ? [cell] : Array.isArray(cell) ? cell : [];
  return numbers.every(Number.isFinite) ? cell : null;
}

/** Takes down what a rule measured. What is not finite is left out: gates that need it abstain, and say so. */
function note(
  rule: CorpusRule,
  view: View,
  {measures}: Measured,
  measure: () => Readonly<Record<string, MeasureValue>>,
): void {
  let values: readonly (readonly [string, MeasureValue])[];
  try {
    values = Object.entries(measure());
  } catch (error) {
    throw describeRuleStep(rule.id, 'to measure', error);
  }
  for (const [name, {value, interval, reference}] of values) {
    if (!Object.hasOwn(rule.measures, name)) throw undeclared(rule.id, name);
    if (!Number.isFinite(value)) continue;
    measures[measureKey(name, view)] = {
      view,
      value,
      ...(Number.isFinite(reference) && {reference: reference!}),
      ...(interval?.every(Number.isFinite) && {interval: [interval[0], interval[1]] as const}),
    };
  }
}

/** A rule's summary of a view, by the first that holds the same records: its own, or that of all records less what the view leaves out. */
function summaryOf(
  rule: CorpusRule,
  view: RowView,
  states: readonly ObserverStates[],
  views: ViewStates,
): unknown {
  const merged = (...keys: string[]) =>
    mergeStates(
      rule,
      states.flatMap(state => keys.flatMap(key => state.get(key)?.get(rule.id) ?? [])),
    );
  const rest = view === 'all' ? undefined : views.rest(view);
  if (rest === undefined) return merged(view);
  if (rule.subtract === undefined) return merged(onlyOf(view));
  const summary = merged('all');
  try {
    rule.subtract(summary, merged(...rest));
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
