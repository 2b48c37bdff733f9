import {spawnSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import type {Report} from '../../src/report/report.js';
import {folder} from '../engine/rounds.js';
import {type Expected, type Outcome, readCases} from './cases.js';
import {type Committed, commitChange, environment} from './change.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cases = readCases();

test('there are cases', () => {
  expect(cases.map(({name}) => name)).toContain('clean');
});

describe.skipIf(process.platform === 'win32')('a change to a repository', () => {
  test.each(cases.map(of => [of.name, of] as const))('%s', {timeout: 120_000}, (_, of) => {
    const {expected} = of;
    const committed = commitChange(of);
    if (expected.hook !== undefined) expectHook(committed, expected, expected.hook);
    if (expected.ci !== undefined) expectCi(committed, expected, expected.ci);
  });
});

function expectHook({commit, hook, made}: Committed, expected: Expected, outcome: Outcome): void {
  const said = commit.stdout + commit.stderr;
  expect(hook.exitCode(), said).toBe(outcome.exit);
  // Git goes on when the hook does, and not else.
  expect([commit.status, made]).toEqual(outcome.exit === 0 ? [0, true] : [1, false]);
  expectReport(hook.report(), expected, outcome);
  expectSaid(said, outcome.says ?? []);
}

/** What action.yml runs in a pull request. */
function expectCi({root: cwd, since}: Committed, expected: Expected, outcome: Outcome): void {
  const temporary = folder();
  const sarif = join(temporary, 'out.sarif');
  const ran = spawnSync(join(root, 'scripts/action.sh'), [], {
    cwd,
    encoding: 'utf8',
    env: {
      ...environment,
      ACTION_PATH: root,
      RUNNER_TEMP: temporary,
      GITHUB_STEP_SUMMARY: join(temporary, 'summary.md'),
      GITHUB_OUTPUT: join(temporary, 'outputs'),
      INPUT_SINCE: since,
      INPUT_ARGS: (expected.args ?? []).join('\n'),
      INPUT_SARIF: sarif,
      INPUT_ANNOTATIONS: 'true',
      INPUT_SUMMARY: 'true',
    },
  });
  expect(ran.status, ran.stdout + ran.stderr).toBe(outcome.exit);
  const report = join(temporary, 'collapse-report.json');
  const json = existsSync(report) ? readFileSync(report, 'utf8') : undefined;
  expectReport(json, expected, outcome);
  const lines = ran.stdout.split('\n');
  // A percent sign does not part from its number; whoever writes a case cannot see that.
  const annotations = lines.filter(line => line.startsWith('::')).map(line => line.replaceAll('\u00a0', ' '));
  if (outcome.annotations !== undefined) expect(annotations).toEqual(outcome.annotations);
  if (outcome.says !== undefined)
    expectSaid(ran.stderr + lines.filter(line => !line.startsWith('::')).join('\n'), outcome.says);
  if (outcome.sarif !== undefined) expect(resultsOf(readFileSync(sarif, 'utf8'))).toEqual(outcome.sarif);
  const verdict = json === undefined ? '' : (JSON.parse(json) as Report).verdict;
  expect(readFileSync(join(temporary, 'outputs'), 'utf8')).toContain(
    `exit-code=${outcome.exit}\nverdict=${verdict}\n`,
  );
  expect(existsSync(join(temporary, 'summary.md'))).toBe(json !== undefined);
}

function expectReport(
  json: string | undefined,
  {change}: Expected,
  {exit, findings = [], round = [], gates = []}: Outcome,
) {
  expect(json === undefined).toBe(exit > 1);
  if (json === undefined) return;
  const report = JSON.parse(json) as Report;
  const told = report.findings.map(
    ({level, rule, record: {path, line}}) => `${level} ${rule} ${path}:${line}`,
  );
  expect(told).toEqual(findings);
  const ofRound = (report.roundFindings ?? []).map(({level, rule, place}) =>
    place === undefined ? `${level} ${rule}` : `${level} ${rule} ${place.path}:${place.line}`,
  );
  expect(ofRound).toEqual(round);
  const failed = report.gates.filter(({scope, status}) => scope === 'round' && status === 'fail');
  expect(failed.map(({id}) => id)).toEqual(gates);
  if (change !== undefined) expect(report.change).toMatchObject(change);
}

/** Each in its place; without any, silence. */
function expectSaid(said: string, wanted: readonly string[]): void {
  if (wanted.length === 0) expect(said.trim()).toBe('');
  let rest = said.replaceAll(/\s+/g, ' ');
  for (const one of wanted) {
    const words = one.trim().replaceAll(/\s+/g, ' ');
    const found = rest.indexOf(words);
    expect(found >= 0 ? words : said, `not said (in this order): ${one}`).toBe(words);
    rest = rest.slice(found + words.length);
  }
}

function resultsOf(sarif: string): string[] {
  const {results} = JSON.parse(sarif).runs[0];
  // A gate that passes is a result too, of level `none`.
  const told = results.filter(({level}: SarifResult) => level !== 'none');
  return told.flatMap(({level, ruleId, locations}: SarifResult) =>
    locations.map(({physicalLocation: {artifactLocation, region}}) => {
      return `${level} ${ruleId} ${artifactLocation.uri}:${region?.startLine ?? ''}`;
    }),
  );
}

interface SarifResult {
  readonly level: string;
  readonly ruleId: string;
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: {readonly uri: string};
      readonly region?: {readonly startLine: number};
    };
  }[];
}
