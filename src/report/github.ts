import {idOfPlace, unitOf} from '../api.js';
import {lineOfGate, type Origins} from './origins.js';
import type {FindingReport, Report} from './report.js';
import {excerpt, visible} from './sanitize.js';
import {outcome} from './stylish/verdict.js';

export interface GithubOptions {
  readonly origins?: Origins | undefined;
  readonly prefix?: string | undefined;
}

/**
 * Annotations for GitHub Actions. Of a step it shows ten errors and ten warnings, and no more: so gates come
 * first, then one finding of each rule, then another of each, and errors before warnings.
 */
export function renderGithub(report: Report, {origins, prefix = ''}: GithubOptions): string {
  const failed = report.gates.filter(({scope, status}) => scope === 'round' && status === 'fail');
  const gates = failed.map(({id, message}) => {
    const at = lineOfGate(id, report, origins);
    return command('error', message, {
      title: `Round gate ${id} failed`,
      ...(at && {file: prefix + at.path, line: at.line}),
    });
  });
  const round = (report.roundFindings ?? []).map(({rule, level, message, place}) =>
    command(level === 'error' ? 'error' : 'warning', message, {
      title: rule,
      ...(place && {file: prefix + place.path, line: place.line}),
    }),
  );
  const findings = inTurn(report.findings).map(({rule, level, record, message}) => {
    const isRow = unitOf(record.path) === 'row';
    const isText = !isRow && !/\.(?:gz|zst|zstd)$/i.test(record.path);
    return command(level === 'error' ? 'error' : 'warning', excerpt(message, 1000), {
      file: prefix + record.path,
      ...(isText && {line: record.line}),
      title:
        isRow && record.id !== idOfPlace(record)
          ? `${rule} (${record.id}, row ${record.line})`
          : `${rule} (${record.id})`,
    });
  });
  const verdict = command('notice', outcome(report), {
    title: `collapse-gate: ${report.verdict.toUpperCase()}`,
  });
  return `${[...gates, ...round, ...findings, verdict].join('\n')}\n`;
}

/** Errors first; the first of each rule, then the second of each. */
function inTurn(findings: readonly FindingReport[]): FindingReport[] {
  const turns = new Map<string, number>();
  return findings
    .map(finding => {
      const turn = (turns.get(finding.rule) ?? 0) + 1;
      turns.set(finding.rule, turn);
      return {finding, turn};
    })
    .sort((a, b) => rank(a.finding) - rank(b.finding) || a.turn - b.turn)
    .map(({finding}) => finding);
}

function rank({level}: FindingReport): number {
  return level === 'error' ? 0 : 1;
}

/** A workflow command. Record text must not be able to end it and begin another. */
function command(
  name: string,
  message: string,
  properties: Readonly<Record<string, string | number>>,
): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${property(String(value))}`);
  return `::${name} ${list.join(',')}::${data(message)}`;
}

function data(text: string): string {
  return visible(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
