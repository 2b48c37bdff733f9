import type {JudgedRow} from '../engine/judge.js';
import type {Plan} from '../engine/plan.js';
import type {Measure, Report} from '../report/report.js';
import type {EvidenceLine} from './sidecar.js';

/** Finds out which measures of a saved run still hold when it is judged again. */
export interface MeasureKeeper {
  row(line: EvidenceLine, judged: JudgedRow): void;
  finish(): {kept: Record<string, Measure>; stale: string[]};
  /** Whether a view holds other records than during the scan. */
  changed(view: string): boolean;
}

export function createMeasureKeeper(
  {measures: saved, tables = [], roundFindings = []}: Report,
  plan: Plan,
): MeasureKeeper {
  const names = new Set(plan.corpusRules.flatMap(rule => Object.keys(rule.measures)));
  const measures = Object.entries(saved).filter(([key, {view}]) => names.has(nameOf(key, view)));
  const said = [...measures.map(([, measure]) => measure), ...tables, ...roundFindings];
  const views = new Set(said.map(({view}) => view as string).filter(view => view !== 'all'));
  const changed = new Set<string>();
  const refusing = new Set<string>();
  return {
    row(line, {verdict}) {
      for (const {gate, verdict: said} of verdict.reasons)
        if (said !== 'accept') refusing.add(`gate:${gate}`);
      for (const view of views) {
        const before = holds(view, line.verdict, line.reasons);
        if (before !== holds(view, verdict.verdict, verdict.reasons)) changed.add(view);
      }
    },
    changed: view => changed.has(view),
    finish() {
      const [kept, stale]: [Record<string, Measure>, string[]] = [{}, []];
      for (const [key, measure] of measures) {
        if (changed.has(measure.view)) stale.push(key);
        else kept[key] = measure;
      }
      // A gate that did not refuse anything during the scan: what it did to the round was not measured then.
      const compared = plan.corpusRules.flatMap(({compare, measures: given}) =>
        compare ? Object.keys(given) : [],
      );
      const measured = compared.filter(name => saved[`${name}@accepted`] !== undefined);
      const unknown = [...refusing].flatMap(view => measured.map(name => `${name}@${view}`));
      stale.push(...unknown.filter(key => saved[key] === undefined));
      return {kept, stale};
    },
  };
}

/** Whether a view holds a record with this verdict. */
function holds(view: string, verdict: string, reasons: EvidenceLine['reasons']): boolean {
  if (view === 'accepted') return verdict === 'accept';
  return !reasons.some(({gate}) => view === `gate:${gate}`);
}

/** The name of a measure, without the view that its key may end with. */
function nameOf(key: string, view: string): string {
  const ending = `@${view}`;
  return key.endsWith(ending) ? key.slice(0, -ending.length) : key;
}
