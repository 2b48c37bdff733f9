import type {RecordRef} from '../api.js';
import type {FindingReport, Measure, RuleCount, Totals} from '../report/report.js';
import type {RawFinding} from './evidence.js';
import type {ActiveRecordGate, RecordVerdict} from './gates.js';

/** Counts everything, keeps at most so many findings per rule. */
export interface Tally {
  malformed(ref: RecordRef, reason: string): void;
  /** A record that nothing was said about. */
  accept(): void;
  /** Returns the findings that were kept; only for those the record's name is asked for. */
  record(name: () => RecordRef, findings: readonly RawFinding[], verdict: RecordVerdict): KeptFinding[];
  /** A finding on the round as a whole. */
  round(rule: string, level: 'warn' | 'error'): void;
  readonly totals: Totals;
  readonly counts: Readonly<Record<string, RuleCount>>;
  /** In input order. */
  readonly findings: readonly FindingReport[];
  /** By gate, in their order: records per verdict. */
  readonly gateVerdicts: readonly {accept: number; quarantine: number; reject: number}[];
  /** Shares of records with a finding of a rule family, `flagged.<family>`, with 95 % Wilson intervals. */
  flagged(families: readonly string[]): Record<string, Measure>;
}

/** A finding that the report lists; its excerpts are added when the scan is over. */
export type KeptFinding = {-readonly [Key in keyof FindingReport]: FindingReport[Key]};

/** Id of the findings that say which records a gate refused by itself, and why. */
export const gateRule = (gate: string) => `gate/${gate}`;

/** Id of the findings on rows that are no records. */
export const malformedRule = 'malformed';

export function createTally(gates: readonly ActiveRecordGate[], maxFindings: number): Tally {
  const totals = {records: 0, accepted: 0, quarantined: 0, rejected: 0, malformed: 0};
  const counts: Record<string, {findings: number; records: number; errors: number; warnings: number}> = {};
  const findings: KeptFinding[] = [];
  const families = new Map<string, number>();
  const refusals = gates.map(() => ({quarantine: 0, reject: 0}));

  function count(rule: string, level: 'warn' | 'error', first: boolean): boolean {
    counts[rule] ??= {findings: 0, records: 0, errors: 0, warnings: 0};
    const of = counts[rule];
    of.findings++;
    if (first) of.records++;
    if (level === 'error') of.errors++;
    else of.warnings++;
    return of.findings <= maxFindings;
  }

  return {
    totals,
    findings,
    get gateVerdicts() {
      const judged = totals.records - totals.malformed;
      return refusals.map(({quarantine, reject}) => ({
        accept: judged - quarantine - reject,
        quarantine,
        reject,
      }));
    },
    get counts() {
      return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
    },
    malformed(ref, reason) {
      totals.records++;
      totals.malformed++;
      const keep = count(malformedRule, 'error', true);
      if (keep) findings.push({rule: malformedRule, level: 'error', record: ref, message: reason});
    },
    accept() {
      totals.records++;
      totals.accepted++;
    },
    record(name, found, verdict) {
      totals.records++;
      if (verdict.verdict === 'accept') totals.accepted++;
      else if (verdict.verdict === 'quarantine') totals.quarantined++;
      else totals.rejected++;
      const kept: KeptFinding[] = [];
      for (const {gate, verdict: given, message} of verdict.reasons) {
        const index = gates.findIndex(active => active.gate.id === gate);
        // A person's verdict is no gate's.
        if (given !== 'accept' && index >= 0) refusals[index]![given]++;
        // What the gate `findings` refuses is listed by the findings themselves.
        if (gate === 'findings' || given === 'accept') continue;
        const rule = gateRule(gate);
        const level = given === 'reject' ? 'error' : 'warn';
        if (count(rule, level, true)) kept.push({rule, level, record: name(), message});
      }
      if (found.length === 0) {
        findings.push(...kept);
        return kept;
      }
      const seenRules = new Set<string>();
      const seenFamilies = new Set<string>();
      for (const {rule, level, message, span, related} of found) {
        const keep = count(rule, level, !seenRules.has(rule));
        seenRules.add(rule);
        seenFamilies.add(rule.slice(0, rule.indexOf('/')));
        if (keep)
          kept.push({rule, level, record: name(), message, ...(span && {span}), ...(related && {related})});
      }
      findings.push(...kept);
      for (const family of seenFamilies) families.set(family, (families.get(family) ?? 0) + 1);
      return kept;
    },
    round(rule, level) {
      count(rule, level, false);
    },
    flagged(names) {
      const records = totals.records - totals.malformed;
      const measures: Record<string, Measure> = {};
      if (records === 0) return measures;
      for (const family of names) {
        const hits = families.get(family) ?? 0;
        measures[`flagged.${family}`] = {view: 'all', value: hits / records, interval: wilson(hits, records)};
      }
      return measures;
    },
  };
}

/** 95 % interval of a share (Wilson 1927): sensible at 0 and 1 and for few records. */
function wilson(hits: number, total: number): [number, number] {
  const z = 1.959964;
  const share = hits / total;
  const middle = share + (z * z) / (2 * total);
  const spread = z * Math.sqrt((share * (1 - share)) / total + (z * z) / (4 * total * total));
  const scale = 1 + (z * z) / total;
  return [Math.max(0, (middle - spread) / scale), Math.min(1, (middle + spread) / scale)];
}
