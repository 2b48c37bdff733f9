import {idOfPlace, type RecordRef, type SignalValue} from '../api.js';
import type {RawFinding, RowEvidence, RuleEvidence} from './evidence.js';
import type {Exceptions} from './exceptions.js';
import {type ActiveRecordGate, activeRecordGates, judgeRecord, type RecordVerdict} from './gates.js';
import {createPairRunner, type PairRunner} from './pairs.js';
import type {Plan} from './plan.js';

/** A row with everything that was decided about it. */
export interface JudgedRow {
  readonly evidence: RowEvidence;
  readonly findings: readonly RawFinding[];
  /** Findings that do not count, by a baseline, a waiver or a decision. */
  readonly waived?: readonly RawFinding[];
  readonly signals: Readonly<Record<string, SignalValue>>;
  readonly verdict: RecordVerdict;
  /** A duplicate rule flagged it. */
  readonly duplicate: boolean;
}

/**
 * Judges rows in order. The part of a run that needs no text and no scan: given the same evidence it gives
 * the same verdicts again, which is what `collapse gate` relies on.
 */
export interface Judge {
  readonly gates: readonly ActiveRecordGate[];
  row(evidence: RowEvidence): JudgedRow;
  /**
   * Whether what the scan says of a row is enough to refuse it, whatever it is like. May be wrong where exceptions
   * count: it only says what later rows are best held against.
   */
  refusedAlone(evidence: RuleEvidence, ref: RecordRef): boolean;
  /**
   * A row that nothing was said about and that has no neighbours. Same as `row`, without the cost; `place`
   * is for messages.
   */
  /** What `clean` gives for every row of a variant, once it was asked and where that depends on nothing else. */
  cleanVerdict(variant: number): RecordVerdict | undefined;
  clean(
    row: number,
    variant: number,
    words: Readonly<Record<string, number>>,
    place?: Pick<RecordRef, 'path' | 'line'>,
  ): RecordVerdict;
}

/** With `keepSignals` every signal is computed, not only those that a gate reads. */
export function createJudge(plan: Plan, keepSignals: boolean, exceptions?: Exceptions): Judge {
  const gates = activeRecordGates(plan.config, plan.registry);
  const unlike = gates.filter(({duplicates}) => !duplicates);
  const read = new Set(gates.flatMap(({gate, optional}) => [...gate.signals, ...optional]));
  const runners: PairRunner[] = plan.variants.ruleSets.map(set =>
    createPairRunner(plan.pairRules, set, signal => keepSignals || read.has(signal)),
  );
  const signalled = plan.pairRules.some(rule =>
    Object.keys(rule.signals ?? {}).some(name => keepSignals || read.has(name)),
  );
  /** Rows that are no valid neighbours: refused for another reason than being a duplicate. */
  const ineligible = new Set<number>();
  /** By part: for a text whose first row is ineligible, the first row with that text that is eligible. */
  const standIns = new Map<string, Map<number, {row: number; ref: RecordRef}>>();
  const cleanVerdicts = new Map<number, RecordVerdict>();

  function representative(row: number, part: string) {
    if (!ineligible.has(row)) return {row, ref: undefined};
    return standIns.get(part)?.get(row);
  }

  /** Rows with the same text are in the indexes as one, the first: another may have to stand in for it. */
  function standIn(evidence: RowEvidence, ref: RecordRef): void {
    for (const {same, row: root, part} of evidence.neighbours) {
      if (!same || !ineligible.has(root)) continue;
      const ofPart = standIns.get(part) ?? new Map();
      if (!ofPart.has(root)) ofPart.set(root, {row: evidence.row, ref});
      standIns.set(part, ofPart);
    }
  }

  return {
    gates,
    row(evidence) {
      const {row, id, hash, place, words, variant} = evidence;
      const ref = {id, path: place.path, line: place.line, ...(hash && {hash})};
      const paired = runners[variant]!({ref, words, neighbours: evidence.neighbours}, representative);
      const found = [...evidence.findings, ...paired.findings];
      const {counted: findings, waived} = exceptions?.findings(ref, found) ?? {counted: found, waived: []};
      const signals = {...evidence.signals, ...paired.signals};
      const given = judgeRecord(gates, findings, signals, ref);
      const verdict = exceptions?.verdict(ref, given) ?? given;
      // Would it stay if it repeated nothing? Then later records are held against it.
      const own = paired.duplicates === 0 ? findings : withoutDuplicates(plan, findings);
      const alone = verdict.verdict === 'accept' ? verdict : judgeRecord(unlike, own, signals, ref);
      if (alone.verdict === 'accept') standIn(evidence, ref);
      else ineligible.add(row);
      const duplicate = paired.duplicates > 0 && (waived.length === 0 || own.length < findings.length);
      return {evidence, findings, ...(waived.length > 0 && {waived}), signals, verdict, duplicate};
    },
    refusedAlone({findings, signals}, ref) {
      const known = {...signals, 'findings.error': 0, 'findings.warn': 0};
      // What pair and group rules give is not known yet.
      const judging = unlike.filter(({gate}) => gate.signals.every(name => Object.hasOwn(known, name)));
      return judging.length > 0 && judgeRecord(judging, findings, signals, ref).verdict !== 'accept';
    },
    cleanVerdict: variant => cleanVerdicts.get(variant),
    clean(row, variant, words, {path, line} = {path: '', line: 0}) {
      let verdict = signalled ? undefined : cleanVerdicts.get(variant);
      let signals: Readonly<Record<string, SignalValue>> = {};
      const ref = {id: idOfPlace({path, line}), path, line};
      if (verdict === undefined) {
        ({signals} = runners[variant]!({ref, words, neighbours: []}, representative));
        verdict = judgeRecord(gates, [], signals, ref);
        if (!signalled) cleanVerdicts.set(variant, verdict);
      }
      if (verdict.verdict !== 'accept' && judgeRecord(unlike, [], signals, ref).verdict !== 'accept')
        ineligible.add(row);
      return verdict;
    },
  };
}

function withoutDuplicates(plan: Plan, findings: readonly RawFinding[]): RawFinding[] {
  const duplicate = new Set(plan.pairRules.filter(rule => rule.duplicates).map(rule => rule.id));
  return findings.filter(({rule}) => !duplicate.has(rule));
}
