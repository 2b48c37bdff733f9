import {placeName} from '../api.js';
import {count, counted} from './numbers.js';
import type {FindingReport, Report} from './report.js';
import {visible} from './sanitize.js';

/** Findings of a rule that its failure lists. */
const listed = 20;

/**
 * JUnit XML: a suite for each family of rules that said anything, with a case for each rule, and one for the
 * gates. Errors fail a case; warnings are its output. A gate that abstains is skipped.
 */
export function renderJunit(report: Report): string {
  const families = new Map<string, string[]>();
  for (const rule of Object.keys(report.counts).filter(id => !id.startsWith('gate/'))) {
    const family = rule.includes('/') ? rule.slice(0, rule.indexOf('/')) : 'records';
    families.set(family, [...(families.get(family) ?? []), rule]);
  }
  const suites = [
    suite('gates', gateCases(report)),
    ...[...families].map(([family, rules]) =>
      suite(
        family,
        rules.map(rule => ruleCase(rule, report)),
      ),
    ),
  ];
  const total = (key: 'tests' | 'failures' | 'skipped') => suites.reduce((sum, one) => sum + one[key], 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="collapse-gate" tests="${total('tests')}" failures="${total('failures')}" skipped="${total('skipped')}" errors="0">`,
    ...suites.map(({text}) => text),
    '</testsuites>',
    '',
  ].join('\n');
}

interface Case {
  readonly name: string;
  readonly failure?: {readonly message: string; readonly text: string};
  readonly skipped?: string;
  readonly output?: string;
}

function gateCases(report: Report): Case[] {
  return report.gates.map(({id, scope, status, message}) => {
    const refused = report.counts[`gate/${id}`];
    // A record gate that turns records away does its work; what it refused is listed under its rules or here.
    if (scope === 'record') {
      if (refused === undefined || refused.errors === 0) return {name: id, output: message};
      return {name: id, failure: failureOf(`gate/${id}`, report)};
    }
    if (status === 'fail') return {name: id, failure: {message, text: message}};
    return status === 'abstain' ? {name: id, skipped: message} : {name: id, output: message};
  });
}

function ruleCase(rule: string, report: Report): Case {
  const {errors, warnings} = report.counts[rule]!;
  if (errors > 0) return {name: rule, failure: failureOf(rule, report)};
  return warnings > 0 ? {name: rule, output: failureOf(rule, report).text} : {name: rule};
}

function failureOf(rule: string, report: Report): {message: string; text: string} {
  const {findings, records} = report.counts[rule]!;
  const own = report.findings.filter(finding => finding.rule === rule);
  const round = (report.roundFindings ?? []).filter(finding => finding.rule === rule);
  const lines = [
    ...round.map(({message, place: at}) => (at ? `${placeName(at)} ${message}` : message)),
    ...own.slice(0, listed).map(place),
  ];
  const rest = findings - lines.length;
  const text = [...lines, ...(rest > 0 ? [`… and ${rest} more`] : [])].join('\n');
  return {
    message: `${counted(findings, 'finding')} on ${counted(records, 'record')} of ${count(report.totals.records)}`,
    text,
  };
}

function place({level, record, message}: FindingReport): string {
  return `${placeName(record)} ${level} ${message}`;
}

function suite(name: string, cases: readonly Case[]) {
  const failures = cases.filter(({failure}) => failure !== undefined).length;
  const skipped = cases.filter(one => one.skipped !== undefined).length;
  const text = [
    `  <testsuite name="${xml(name)}" tests="${cases.length}" failures="${failures}" skipped="${skipped}" errors="0">`,
    ...cases.map(one => caseXml(name, one)),
    '  </testsuite>',
  ].join('\n');
  return {text, tests: cases.length, failures, skipped};
}

function caseXml(suiteName: string, {name, failure, skipped, output}: Case): string {
  const start = `    <testcase classname="collapse-gate.${xml(suiteName)}" name="${xml(name)}"`;
  if (failure !== undefined) {
    return `${start}>\n      <failure message="${xml(failure.message)}">${xml(failure.text)}</failure>\n    </testcase>`;
  }
  if (skipped !== undefined) return `${start}>\n      <skipped message="${xml(skipped)}"/>\n    </testcase>`;
  if (!output) return `${start}/>`;
  return `${start}>\n      <system-out>${xml(output)}</system-out>\n    </testcase>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Line breaks of ours stay; what XML cannot hold, and what a terminal would obey, is made visible. */
function xml(text: string): string {
  return text
    .split('\n')
    .map(line => visible(line).replace(/[&<>"]/g, character => entities[character]!))
    .join('\n')
    .replace(/[\ufffe\uffff]/g, '�');
}
