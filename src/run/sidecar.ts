import type {RuleSetting} from '../config/config.js';
import type {Registry} from '../config/registry.js';
import type {RowEvidence} from '../engine/evidence.js';
import type {JudgedRow} from '../engine/judge.js';
import {isOn} from '../engine/plan.js';

/**
 * One line of `evidence.jsonl`: everything known about a row, uncapped, so that judging again, reviewing and
 * comparing need no second scan.
 */
export interface EvidenceLine {
  readonly row: number;
  readonly id: string;
  readonly hash: string;
  /** Where the data says the record is from. */
  readonly source?: string;
  readonly path: string;
  readonly line: number;
  /** Byte range in the (decompressed) input. */
  readonly bytes: readonly [number, number];
  readonly verdict: 'accept' | 'quarantine' | 'reject' | 'malformed';
  readonly reasons: readonly {readonly gate: string; readonly verdict: string; readonly message: string}[];
  readonly signals: RowEvidence['signals'];
  readonly findings: RowEvidence['findings'];
  readonly neighbours: RowEvidence['neighbours'];
  readonly words: RowEvidence['words'];
  readonly variant: number;
  readonly malformed?: string;
}

export function evidenceLine({evidence, findings, waived = [], signals, verdict}: JudgedRow): string {
  const {row, id, hash, source, place, words, variant, malformed, neighbours} = evidence;
  const line: EvidenceLine = {
    row,
    id,
    hash,
    ...(source !== undefined && {source}),
    path: place.path,
    line: place.line,
    bytes: place.bytes,
    verdict: malformed === undefined ? verdict.verdict : 'malformed',
    reasons: verdict.reasons,
    signals,
    // Those that did not count too: judged again, or as a baseline, they are findings as the others.
    findings: waived.length > 0 ? [...findings, ...waived] : findings,
    neighbours: neighbours.map(({there: _, ...neighbour}) => neighbour),
    words,
    variant,
    ...(malformed !== undefined && {malformed}),
  };
  return `${JSON.stringify(line)}\n`;
}

/**
 * The evidence as it was before pairs were judged: pair rules then speak anew, from the neighbours. What other
 * rules said counts at their levels of now, and not at all where they are off.
 */
export function evidenceOf(
  line: EvidenceLine,
  registry: Registry,
  rules: Readonly<Record<string, RuleSetting>>,
): RowEvidence {
  const {row, id, hash, source, path, bytes, words, variant, neighbours, malformed} = line;
  const signals = {...line.signals};
  // Two rules may give one signal, each in its own way: it stays while one of them is on.
  const kept = new Set<string>();
  for (const {id: rule, kind, signals: given = {}} of registry.rules.values()) {
    if (kind !== 'pair' && isOn(rules[rule])) for (const name of Object.keys(given)) kept.add(name);
  }
  for (const {signals: given = {}} of registry.rules.values()) {
    for (const name of Object.keys(given)) if (!kept.has(name)) delete signals[name];
  }
  const findings = line.findings.flatMap(finding => {
    const {rule} = finding;
    if (registry.rules.get(rule)?.kind === 'pair') return [];
    const level = rules[rule]?.level ?? 'off';
    if (level === 'off') return [];
    return [finding.note ? finding : {...finding, level}];
  });
  const place = {path, line: line.line, bytes};
  return {
    row,
    id,
    hash,
    ...(source !== undefined && {source}),
    place,
    words,
    variant,
    neighbours,
    findings,
    signals,
    ...(malformed !== undefined && {malformed}),
  };
}
