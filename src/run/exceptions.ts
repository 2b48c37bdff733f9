import {isAbsolute, join, relative, resolve} from 'node:path';
import type {RecordRef} from '../api.js';
import type {Config, Waiver} from '../config/config.js';
import {compileGlob} from '../config/glob.js';
import {decisionsPath} from '../decisions/decision.js';
import {readDecisions} from '../decisions/file.js';
import {type SettledDecisions, settle} from '../decisions/settled.js';
import type {RawFinding} from '../engine/evidence.js';
import type {Exceptions} from '../engine/exceptions.js';
import type {RecordVerdict} from '../engine/gates.js';
import {fingerprint} from '../report/fingerprint.js';
import type {ExceptionReport} from '../report/report.js';
import type {Baseline} from './baseline.js';

export interface ExceptionSources {
  readonly config: Pick<Config, 'waivers' | 'root'>;
  /** Where the waivers stand. */
  readonly origins: ReadonlyMap<string, string>;
  readonly cwd: string;
  readonly baseline?: Baseline | undefined;
  /** Day of the run, `2026-12-31`: what ended before it is expired. */
  readonly today: string;
}

/** Exceptions of a run, and what became of them. */
export interface RunExceptions extends Exceptions {
  /** With `partial` only some of the records were looked at: nothing can be called unused. */
  report(partial: boolean): ExceptionReport[];
}

/**
 * Everything that people said beforehand. Of several that cover a finding the first counts: a waiver of the
 * config, then a reviewer's, then the baseline. Undefined when there is nothing.
 * @throws DecisionsError for a file of decisions that cannot be read.
 */
export function loadExceptions({
  config,
  origins,
  cwd,
  baseline,
  today,
}: ExceptionSources): RunExceptions | undefined {
  const waivers = (config.waivers ?? []).map(waiver => compileWaiver(waiver, config.root, cwd, today));
  const decisions = settle(readDecisions(join(config.root, decisionsPath)));
  if (waivers.length === 0 && decisions.size === 0 && baseline === undefined) return undefined;
  const left = new Map(baseline?.counts);
  let matched = 0;
  const byDecision = new Map<string, ExceptionReport>();

  function use(who: string, rule: string, reason: string | undefined): void {
    const key = `${who}\n${rule}`;
    const before = byDecision.get(key)?.used ?? 0;
    const entry = {kind: 'decision', from: who, rule, used: before + 1, state: 'used'} as const;
    byDecision.set(key, {...entry, ...(reason && {reason})});
  }

  function isWaived(ref: RecordRef, finding: RawFinding): boolean {
    const waiver = waivers.find(one => one.covers(ref, finding.rule));
    if (waiver !== undefined) {
      waiver.used++;
      return true;
    }
    const decided = ref.hash === undefined ? undefined : decisions.get(ref.hash)?.waived.get(finding.rule);
    if (decided !== undefined) {
      use(decided.who, finding.rule, decided.reason);
      return true;
    }
    const name = fingerprint({rule: finding.rule, record: ref, ...(finding.span && {span: finding.span})});
    const times = left.get(name) ?? 0;
    if (times === 0) return false;
    left.set(name, times - 1);
    matched++;
    return true;
  }

  return {
    everyRow: [...decisions.values()].some(
      ({verdict, conflict}) => verdict !== undefined || conflict.length > 0,
    ),
    findings(ref, found) {
      if (found.length === 0) return {counted: found, waived: []};
      const waived = found.filter(finding => isWaived(ref, finding));
      return waived.length === 0
        ? {counted: found, waived}
        : {counted: found.filter(finding => !waived.includes(finding)), waived};
    },
    verdict: (ref, given) => decide(ref, given, decisions, use),
    report(partial) {
      const rest = [...left.values()].reduce((sum, times) => sum + times, 0);
      return [
        ...waivers.map(
          ({waiver, used, expired}, index): ExceptionReport => ({
            kind: 'waiver',
            from: origins.get(`waivers.${index}`) ?? 'config',
            rule: waiver.rule,
            reason: waiver.reason,
            ...(waiver.until && {until: waiver.until}),
            used,
            state: expired ? 'expired' : used > 0 || partial ? 'used' : 'unused',
          }),
        ),
        ...byDecision.values(),
        ...[...decisions.values()].flatMap(({conflict}): ExceptionReport[] => {
          const [first] = conflict;
          if (first === undefined) return [];
          const from = [...new Set(conflict.map(({who}) => who))].join(', ');
          return [
            {kind: 'decision', from, rule: first.rule, reason: first.record, used: 0, state: 'conflict'},
          ];
        }),
        ...(baseline === undefined
          ? []
          : [
              {
                kind: 'baseline',
                from: baseline.path,
                rule: '*',
                used: matched,
                state: rest > 0 && !partial ? 'unused' : 'used',
              } as const,
            ]),
      ];
    },
  };
}

/** A person's last word, where all who gave one agree. That they do not is said, and changes nothing. */
function decide(
  {hash}: RecordRef,
  given: RecordVerdict,
  decisions: SettledDecisions,
  use: (who: string, rule: string, reason: string | undefined) => void,
): RecordVerdict {
  const settled = hash === undefined ? undefined : decisions.get(hash);
  if (settled !== undefined && settled.conflict.length > 0) {
    const words = settled.conflict.map(({who, decision}) => `${who} said ${decision}`).join(', ');
    const message = `Reviewers disagree, so nobody's word holds: ${words}. Talk, and decide again`;
    return {...given, reasons: [...given.reasons, {gate: 'decision', verdict: 'quarantine', message}]};
  }
  const word = settled?.verdict;
  if (word === undefined) return given;
  use(word.who, '*', word.reason);
  if (word.decision === 'accept') return {verdict: 'accept', reasons: [], failed: 0};
  const reason = word.reason === undefined ? '' : `: ${word.reason}`;
  const message = `${word.who} rejected it${reason}`;
  return {
    ...given,
    verdict: 'reject',
    reasons: [...given.reasons, {gate: 'decision', verdict: 'reject', message}],
  };
}

function compileWaiver(waiver: Waiver, root: string, cwd: string, today: string) {
  const {rule, files, records, until} = waiver;
  const tests = files?.map(compileGlob);
  const names = records && new Set(records);
  const expired = until !== undefined && until < today;
  const isRule = rule.endsWith('*')
    ? (id: string) => id.startsWith(rule.slice(0, -1))
    : (id: string) => id === rule;
  return {
    waiver,
    expired,
    used: 0,
    covers(ref: RecordRef, id: string): boolean {
      if (expired || !isRule(id)) return false;
      if (names !== undefined && !names.has(ref.id) && !(ref.hash && names.has(ref.hash))) return false;
      if (tests === undefined) return true;
      const path = relative(root, isAbsolute(ref.path) ? ref.path : resolve(cwd, ref.path)).replaceAll(
        '\\',
        '/',
      );
      return tests.some(test => test(path));
    },
  };
}
