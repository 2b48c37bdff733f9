import {relative} from 'node:path';
import {type RecordRef, unitOf} from '../api.js';
import {configHash} from '../config/hash.js';
import type {Loaded} from '../config/load.js';
import type {Input} from '../corpus/input.js';
import type {ScanOutcome} from '../engine/scan.js';
import type {ChangeReport, FindingReport, Report, TableReport} from '../report/report.js';
import {spreadSignals} from './reference-signals.js';
import {version} from './version.js';

/** The report of a scan: the same bytes for the same input, config and profile. */
export function reportOf(
  loaded: Loaded,
  inputs: readonly Input[],
  outcome: ScanOutcome,
  cwd: string,
): Report {
  const {references, tally, measures, gates, facts, recordsPerInput} = outcome;
  const {path} = loaded;
  return {
    version: 1,
    tool: {name: 'collapse-gate', version},
    config: {
      path: path === null ? null : relative(cwd, path).replaceAll('\\', '/'),
      hash: configHash(loaded.config),
    },
    references: references.map(reference => ({
      path: reference.path,
      role: reference.role,
      records: reference.records,
      ...spreadSignals(reference, outcome.plan),
    })),
    inputs: inputs.map(({path: shown}, index) => ({
      path: shown,
      ...facts[index]!,
      records: recordsPerInput[index]!,
    })),
    totals: {...tally.totals},
    limits: {malformed: loaded.config.maxMalformed},
    ...sampleOf(outcome),
    measures,
    ...(outcome.tables.length > 0 && {tables: outcome.tables}),
    ...(outcome.roundFindings.length > 0 && {roundFindings: outcome.roundFindings}),
    gates,
    counts: tally.counts,
    findings: tally.findings.map(withRow),
    verdict: roundVerdict(loaded.config.maxMalformed, tally.totals, gates),
  };
}

/** Which rules saw but a part of the records. */
function sampleOf({plan, sampledOneIn: oneIn}: ScanOutcome): Pick<Report, 'sample'> {
  const rules = plan.corpusRules.filter(({sampled}) => sampled).map(({id}) => id);
  return oneIn === 1 || rules.length === 0 ? {} : {sample: {oneIn, rules}};
}

/** Says of records in Parquet and JSON arrays that their number is that of a row. */
export function withRow(finding: FindingReport): FindingReport {
  const {record, related} = finding;
  const rowed = (ref: RecordRef): RecordRef => (unitOf(ref.path) === 'row' ? {...ref, row: ref.line} : ref);
  return {
    ...finding,
    record: rowed(record),
    ...(related && {related: related.map(one => ({...one, record: rowed(one.record)}))}),
  };
}

/** The report of a change without new records: nothing was judged, so nothing failed. */
export function emptyReport(loaded: Loaded, cwd: string, change: ChangeReport): Report {
  const {path, config} = loaded;
  return {
    version: 1,
    tool: {name: 'collapse-gate', version},
    config: {
      path: path === null ? null : relative(cwd, path).replaceAll('\\', '/'),
      hash: configHash(config),
    },
    references: [],
    inputs: [],
    change,
    totals: {records: 0, accepted: 0, quarantined: 0, rejected: 0, malformed: 0},
    limits: {malformed: config.maxMalformed},
    measures: {},
    gates: [],
    counts: {},
    findings: [],
    verdict: 'pass',
  };
}

/** A report with tables behind those that it has. */
export function withTables(report: Report, tables: readonly TableReport[]): Report {
  return tables.length === 0 ? report : {...report, tables: [...(report.tables ?? []), ...tables]};
}

/** A round fails when a round gate fails or when more rows than allowed are no records. */
export function roundVerdict(
  maxMalformed: number,
  totals: Report['totals'],
  gates: Report['gates'],
): 'pass' | 'fail' {
  const failed = gates.some(({scope, status}) => scope === 'round' && status === 'fail');
  return failed || totals.malformed > maxMalformed ? 'fail' : 'pass';
}
