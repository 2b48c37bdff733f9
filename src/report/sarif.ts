import {type Gate, type Rule, unitOf} from '../api.js';
import {fingerprint} from './fingerprint.js';
import {type Line, lineOfGate, lineOfRule, type Origins} from './origins.js';
import type {FindingReport, GateReport, Report, RoundFindingReport} from './report.js';
import {escapeJson, visible} from './sanitize.js';
import {type Subject, subjectOf} from './subject.js';
import {wordless} from './wordless.js';

export interface SarifOptions {
  readonly rules: ReadonlyMap<string, Rule>;
  readonly gates: ReadonlyMap<string, Gate>;
  readonly origins?: Origins | undefined;
  /** The working folder from the top of the repository, with a `/` at its end; '' at the top. */
  readonly prefix?: string | undefined;
  /** Also what the records say, in messages and beside them. */
  readonly excerpts?: boolean | undefined;
}

/** What GitHub takes of one run, and of one result. */
const maxResults = 25_000;
const maxLocations = 1000;
const docs = 'https://github.com/collapse-gate/collapse-gate/blob/main/docs';

/**
 * SARIF 2.1.0. Findings of a rule in a file are one result, which counts them: data has more findings than
 * code, and readers of SARIF take so many results and no more. No text of records, unless asked for.
 */
export function renderSarif(report: Report, options: SarifOptions): string {
  const groups = groupFindings(report.findings);
  const ids = [
    ...new Set([
      ...report.findings.map(({rule}) => rule),
      ...(report.roundFindings ?? []).map(({rule}) => rule),
      ...Object.keys(report.counts),
      ...report.gates.map(({id}) => `gate/${id}`),
    ]),
  ].sort();
  const index = new Map(ids.map((id, at) => [id, at]));
  const results = [
    ...report.gates.filter(({scope}) => scope === 'round').map(gate => gateResult(gate, report, options)),
    ...(report.roundFindings ?? []).map(finding => roundResult(finding, report, options)),
    ...groups.map(group => findingResult(group, options)),
  ];
  const kept = results.slice(0, maxResults);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: report.tool.name,
            semanticVersion: report.tool.version,
            informationUri: 'https://github.com/collapse-gate/collapse-gate',
            rules: ids.map(id => descriptor(id, options)),
          },
        },
        automationDetails: {id: 'collapse-gate/'},
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: notes(report, results.length),
          },
        ],
        results: kept.map(result => ({...result, ruleIndex: index.get(result.ruleId) ?? -1})),
        properties: {
          verdict: report.verdict,
          totals: report.totals,
          ...(report.change && {change: report.change}),
        },
      },
    ],
  };
  return `${escapeJson(JSON.stringify(log, null, 2))}\n`;
}

function notes(report: Report, results: number) {
  const listed = report.findings.length;
  const all = Object.values(report.counts).reduce((sum, {findings}) => sum + findings, 0);
  const said = [
    `The round ${report.verdict === 'pass' ? 'passed' : 'failed'}: ${report.totals.accepted} of ${report.totals.records} records accepted.`,
    ...(all > listed + (report.roundFindings?.length ?? 0)
      ? [`${all} findings, of which ${listed} are listed. The report in JSON counts all.`]
      : []),
    ...(results > maxResults
      ? [`${results - maxResults} results are left out: more would not be read.`]
      : []),
  ];
  return said.map(text => ({level: 'note', message: {text}}));
}

function descriptor(id: string, {rules, gates}: SarifOptions) {
  const subject: Rule | Gate | Subject | undefined = subjectOf(id, rules, gates);
  if (subject === undefined) return {id, shortDescription: {text: id}};
  const folder = 'scope' in subject ? 'gates' : 'rules';
  const known = 'since' in subject;
  const family = id.split('/')[0]!;
  return {
    id,
    shortDescription: {text: subject.summary},
    fullDescription: {text: subject.why},
    help: {
      text: `${subject.why}\n\n${subject.advice}`,
      markdown: `${subject.why}\n\n**What to do:** ${subject.advice}`,
    },
    ...(known && {helpUri: `${docs}/${folder}/${subject.id}.md`}),
    defaultConfiguration: {
      level: 'recommended' in subject && subject.recommended === 'warn' ? 'warning' : 'error',
    },
    properties: {tags: ['training-data', family]},
  };
}

interface Group {
  readonly rule: string;
  readonly path: string;
  readonly findings: FindingReport[];
}

/** By rule and file, in the order of the first of each. */
function groupFindings(findings: readonly FindingReport[]): Group[] {
  const groups = new Map<string, Group>();
  for (const finding of findings) {
    const {rule, record} = finding;
    const key = `${rule}\n${record.path}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, {rule, path: record.path, findings: [finding]});
    else group.findings.push(finding);
  }
  return [...groups.values()];
}

function findingResult({rule, path, findings}: Group, options: SarifOptions) {
  const [first] = findings as [FindingReport, ...FindingReport[]];
  const name = fingerprint(first);
  const isError = findings.some(({level}) => level === 'error');
  const more = findings.length > 1 ? ` And ${findings.length - 1} more in this file.` : '';
  return {
    ruleId: rule,
    level: isError ? 'error' : 'warning',
    message: {text: `${textOf(first, options).replace(/[.\s]*$/, '.')}${more}`},
    occurrenceCount: findings.length,
    locations: findings.slice(0, maxLocations).map(finding => location(finding, path, options)),
    ...relatedLocations(first, options),
    partialFingerprints: {'collapseFinding/v1': name, primaryLocationLineHash: `${name.slice(0, 16)}:1`},
  };
}

function textOf(finding: FindingReport, {excerpts, rules}: SarifOptions): string {
  return visible(excerpts ? finding.message : wordless(finding, rules));
}

function location(finding: FindingReport, path: string, options: SarifOptions) {
  const {record, span} = finding;
  const place = `${visible(path)}!${visible(record.id)}`;
  return {
    physicalLocation: physical(path, record.line, options),
    logicalLocations: [
      {
        kind: 'row',
        name: visible(record.id),
        fullyQualifiedName: span === undefined ? place : `${place}/${span.part}`,
      },
    ],
    message: {text: textOf(finding, options)},
    properties: {[unitOf(path)]: record.line, fingerprint: fingerprint(finding)},
  };
}

function relatedLocations({related = []}: FindingReport, options: SarifOptions) {
  if (related.length === 0) return {};
  return {
    relatedLocations: related.slice(0, 10).map(({record, relation, similarity, excerpt}) => ({
      physicalLocation: physical(record.path, record.line, options),
      message: {
        text: `${visible(record.id)}: ${relation}, similarity ${similarity.toFixed(2)}${
          options.excerpts && excerpt ? `. There: ${visible(excerpt.there)}` : ''
        }`,
      },
    })),
  };
}

/** On no record: at the line that is to be mended, or where the rule is set. */
function roundResult(
  {rule, level, message, place}: RoundFindingReport,
  report: Report,
  options: SarifOptions,
) {
  const at = place ?? lineOfRule(rule, report, options.origins);
  return {
    ruleId: rule,
    level: level === 'error' ? 'error' : 'warning',
    message: {text: visible(message)},
    locations: [roundPlace(at, report, options)],
  };
}

/** Lines are those of text files: in what is compressed or binary there are none to be shown. */
function physical(path: string, line: number, {prefix = ''}: SarifOptions) {
  return {
    artifactLocation: artifact(path, prefix),
    ...(line >= 1 && isText(path) && {region: {startLine: line}}),
  };
}

function isText(path: string): boolean {
  return unitOf(path) === 'line' && !/\.(?:gz|zst|zstd)$/i.test(path);
}

function artifact(path: string, prefix: string) {
  const isWhole = /^(?:\/|[A-Za-z]:\/)/.test(path);
  const uri = (isWhole ? path : prefix + path).split('/').map(encodeURIComponent).join('/');
  return isWhole ? {uri: `file://${uri.startsWith('/') ? '' : '/'}${uri}`} : {uri, uriBaseId: '%SRCROOT%'};
}

/**
 * Where a result on the round as a whole is shown: its line of the config, else the config, else the first input.
 * Somewhere it must be: GitHub takes no file in which one result has no place.
 */
function roundPlace(at: Line | undefined, {config, inputs}: Report, options: SarifOptions) {
  const {path, line} = at ?? {path: config.path ?? inputs[0]?.path ?? '.collapserc', line: 1};
  return {physicalLocation: physical(path, line, options)};
}

function gateResult({id, status, message}: GateReport, report: Report, options: SarifOptions) {
  const kind = {pass: 'pass', fail: 'fail', abstain: 'notApplicable'}[status];
  return {
    ruleId: `gate/${id}`,
    kind,
    level: status === 'fail' ? 'error' : 'none',
    message: {text: visible(message) || id},
    locations: [roundPlace(lineOfGate(id, report, options.origins), report, options)],
    partialFingerprints: {'collapseGate/v1': id, primaryLocationLineHash: `gate-${id}:1`},
  };
}
