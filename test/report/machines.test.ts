import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {Ajv} from 'ajv';
import {beforeAll, describe, expect, test} from 'vitest';
import {fingerprint} from '../../src/report/fingerprint.js';
import {renderGithub} from '../../src/report/github.js';
import {shortened} from '../../src/report/index.js';
import {renderSummary} from '../../src/report/job-summary.js';
import {renderJsonl} from '../../src/report/jsonl.js';
import {renderJunit} from '../../src/report/junit.js';
import type {FindingReport, Report} from '../../src/report/report.js';
import {renderSarif} from '../../src/report/sarif.js';
import {wordless} from '../../src/report/wordless.js';
import {changed, clean, full, gates, rules} from './samples.js';

const known = {rules, gates};
const hostile = '\x1b]0;owned\x07::error::x\n\r<script>&"\'\u202e |`**[a](http://x)@all%0A,:\ufffe\0';
const hostileReport: Report = {
  ...full,
  findings: [
    {
      rule: 'length/minimum',
      level: 'error',
      record: {id: hostile, path: `${hostile}.jsonl`, line: 3},
      message: hostile,
    },
  ],
};

/** Findings of one rule, so many, in so many files. */
function many(count: number, files: number): FindingReport[] {
  return Array.from({length: count}, (_, at) => ({
    rule: 'length/minimum',
    level: 'warn',
    record: {
      id: `r${at}`,
      path: `data/${at % files}.jsonl`,
      line: at + 1,
      hash: String(at).padStart(32, '0'),
    },
    message: 'Has 2 words.',
  }));
}

describe('sarif', () => {
  let validate: (value: unknown) => boolean;
  let errors: () => unknown;
  beforeAll(() => {
    const file = createRequire(import.meta.url).resolve(
      '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json',
    );
    const {$schema: _, id: __, ...schema} = JSON.parse(readFileSync(file, 'utf8'));
    const check = new Ajv({
      strict: false,
      unicodeRegExp: false,
      validateFormats: false,
      allErrors: true,
    }).compile(schema);
    validate = check as never;
    errors = () => check.errors;
  });
  // biome-ignore lint/suspicious/noExplicitAny: a log is looked into where a test wants to.
  const sarif = (report: Report, more = {}): any => JSON.parse(renderSarif(report, {...known, ...more}));

  test.each([
    ['full', full],
    ['clean', clean],
    ['of a change', changed],
    ['hostile', hostileReport],
    ['large', {...full, findings: many(30_000, 29_000)}],
  ])('a %s report is valid against the schema of OASIS', (_, report) => {
    const log = sarif(report);
    expect(validate(log), JSON.stringify(errors())).toBe(true);
    const ids = log.runs[0].tool.driver.rules.map(({id}: {id: string}) => id);
    for (const result of log.runs[0].results) expect(ids[result.ruleIndex]).toBe(result.ruleId);
    expect(log.runs[0].results.length).toBeLessThanOrEqual(25_000);
  });

  test('the schema that it is held to refuses what is none', () => {
    expect(validate({version: '2.1.0', runs: [{tool: {driver: {}}}]})).toBe(false);
    expect(validate({...sarif(clean), extra: 1})).toBe(false);
  });

  test('findings of a rule in a file are one result, which counts all and places a thousand', () => {
    const {results} = sarif({...clean, findings: many(2400, 2)}).runs[0];
    const found = results.filter(({ruleId}: {ruleId: string}) => ruleId === 'length/minimum');
    expect(found).toHaveLength(2);
    expect(found[0]).toMatchObject({
      level: 'warning',
      occurrenceCount: 1200,
      message: {text: 'Records that hold hardly any text. And 1199 more in this file.'},
    });
    expect(found[0].locations).toHaveLength(1000);
    expect(found[0].locations[1]).toMatchObject({
      physicalLocation: {
        artifactLocation: {uri: 'data/0.jsonl', uriBaseId: '%SRCROOT%'},
        region: {startLine: 3},
      },
      logicalLocations: [{kind: 'row', name: 'r2', fullyQualifiedName: 'data/0.jsonl!r2'}],
    });
  });

  test('what is left out is said', () => {
    const {invocations} = sarif({...full, findings: many(30_000, 30_000)}).runs[0];
    const said = invocations[0].toolExecutionNotifications.map(
      ({message}: {message: {text: string}}) => message.text,
    );
    expect(said).toContainEqual(expect.stringMatching(/results are left out/));
    expect(sarif(full).runs[0].invocations[0].toolExecutionNotifications[1].message.text).toBe(
      '419 findings, of which 4 are listed. The report in JSON counts all.',
    );
  });

  test('gates stand at their line of the config', () => {
    const origins = new Map([
      ['gates.duplication.maximum', 'conf/.collapserc:7:5'],
      ['gates.duplication', 'conf/.collapserc:6:3'],
    ]);
    const results = sarif(full, {origins, prefix: 'sets/'}).runs[0].results.filter(
      ({ruleId}: {ruleId: string}) => ruleId.startsWith('gate/'),
    );
    const place = results[0].locations[0].physicalLocation;
    expect(results[0]).toMatchObject({ruleId: 'gate/duplication', kind: 'fail', level: 'error'});
    expect(place).toMatchObject({artifactLocation: {uri: 'sets/conf/.collapserc'}, region: {startLine: 7}});
    expect(results[1]).toMatchObject({ruleId: 'gate/tail', kind: 'notApplicable', level: 'none'});
    expect(results[1].locations[0].physicalLocation.region).toEqual({startLine: 1});
  });

  test('every result has a place, with a config or without', () => {
    const round = {rule: 'tail/rare', level: 'warn', view: 'all', message: 'Rare words are lost'} as const;
    for (const path of ['.collapserc', null]) {
      const report = {...full, config: {...full.config, path}, roundFindings: [round]};
      for (const {ruleId, locations} of sarif(report).runs[0].results) {
        const [{physicalLocation}] = locations;
        expect(physicalLocation.artifactLocation.uri, ruleId).toBeTruthy();
        if (ruleId === round.rule)
          expect(physicalLocation.artifactLocation.uri).toBe(path ?? full.inputs[0]!.path);
      }
    }
  });

  test('no text of records, unless asked for', () => {
    const secret = 'my grandmother lives behind the church';
    const finding: FindingReport = {
      ...full.findings[0]!,
      message: `Near copy of \`${secret}\``,
      related: [{...full.findings[0]!.related![0]!, excerpt: {here: secret, there: secret}}],
    };
    const report = {...full, findings: [finding, {...finding, rule: 'a/plugin'}]};
    expect(renderSarif(report, known)).not.toContain('grandmother');
    expect(renderSarif(report, {...known, excerpts: true})).toContain('grandmother');
  });

  test('compressed and binary files have no lines to show', () => {
    const [finding] = many(1, 1) as [FindingReport];
    for (const path of ['a.jsonl.gz', 'b.parquet', 'c.jsonl.zst']) {
      const {results} = sarif({...clean, findings: [{...finding, record: {...finding.record, path}}]})
        .runs[0];
      const [{physicalLocation, properties}] = results.at(-1).locations;
      expect(physicalLocation.region).toBeUndefined();
      expect(properties[path === 'b.parquet' ? 'row' : 'line']).toBe(1);
    }
  });
});

test('a message without text keeps numbers and the names of other records', () => {
  const [finding] = full.findings as [FindingReport];
  const rule = {
    ...rules.get('duplicate/near')!,
    messages: {near: 'Like `{{id}}` ({{place}}), {{percent}} %: `{{text}}`'},
  };
  const said = wordless(
    {...finding, message: 'Like `x` (data/other.jsonl:12), 93 %: `our secret`'},
    new Map([[rule.id, rule]]),
  );
  expect(said).toBe('Like `x` (data/other.jsonl:12), 93 %: `…`');
  expect(wordless({...finding, message: 'Something else'}, new Map([[rule.id, rule]]))).toBe(rule.summary);
  expect(wordless({...finding, rule: 'malformed', message: 'Broken at `tex`'}, rules)).toBe('Broken at …');
});

test('a fingerprint stays when a record moves, and goes when it changes', () => {
  const [finding] = full.findings as [FindingReport];
  const {record} = finding;
  const same = fingerprint({...finding, record: {...record, path: 'b', line: 99}});
  expect(same).toBe(fingerprint(finding));
  const others = [
    {...finding, rule: 'a/b'},
    {...finding, record: {...record, hash: 'f'.repeat(32)}},
    {...finding, span: {...finding.span!, start: 5}},
  ];
  expect(new Set([finding, ...others].map(fingerprint)).size).toBe(4);
});

describe('github', () => {
  const lines = (report: Report, more = {}) => renderGithub(report, more).trimEnd().split('\n');

  test('gates first, then errors, one of each rule before the next of any; the verdict last', () => {
    const origins = new Map([['gates.duplication', '.collapserc:6:3']]);
    expect(lines(full, {origins, prefix: 'sets/'})).toMatchInlineSnapshot(`
      [
        "::error title=Round gate duplication failed,file=sets/.collapserc,line=6::8.4 %25 of the records repeat others; at most 5 %25 may.",
        "::warning title=length/spread::No record has 1,000 words or more.",
        "::error file=sets/data/round3.jsonl,line=12,title=duplicate/near (a-18)::Says nearly the same as an earlier record.",
        "::error file=sets/data/round3.jsonl,line=1093,title=malformed (line%3A1093)::Unexpected token } in JSON at column 17. Mend the line or remove it.",
        "::warning file=sets/data/round3.jsonl,line=19,title=gate/novelty (a-19)::signal \`novelty\` is missing: no rule that is on gives it",
        "::warning file=sets/data/short.jsonl,line=3,title=length/minimum (z)::Has 2 words.",
        "::notice title=collapse-gate%3A FAIL::1,204 records: 1,100 accepted (91.4 %25), 3 quarantined (0.2 %25), 100 rejected (8.3 %25), 1 malformed (0.1 %25)",
      ]
    `);
  });

  test('nobody ends a command and begins another', () => {
    for (const line of lines(hostileReport))
      expect(line).toMatch(/^::(?:error|warning|notice) [^\x00-\x1f]*$/);
    const [, , line] = lines(hostileReport);
    // Two colons end the properties: the first pair must be ours.
    expect(line!.split('::')[1]).toMatch(/^error file=[^:]*,line=3,title=[^:]*$/);
  });
});

describe('junit', () => {
  test('a suite for each family and one for the gates', () => {
    expect(renderJunit(full)).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="collapse-gate" tests="7" failures="4" skipped="1" errors="0">
        <testsuite name="gates" tests="4" failures="2" skipped="1" errors="0">
          <testcase classname="collapse-gate.gates" name="findings">
            <system-out>100 rejected of 1203</system-out>
          </testcase>
          <testcase classname="collapse-gate.gates" name="novelty">
            <failure message="4 findings on 4 records of 1,204">data/round3.jsonl:19 warn signal \`novelty\` is missing: no rule that is on gives it
      … and 3 more</failure>
          </testcase>
          <testcase classname="collapse-gate.gates" name="duplication">
            <failure message="8.4 % of the records repeat others; at most 5 % may.">8.4 % of the records repeat others; at most 5 % may.</failure>
          </testcase>
          <testcase classname="collapse-gate.gates" name="tail">
            <skipped message="Not judged: there is no reference to compare with."/>
          </testcase>
        </testsuite>
        <testsuite name="length" tests="1" failures="0" skipped="0" errors="0">
          <testcase classname="collapse-gate.length" name="length/minimum">
            <system-out>data/short.jsonl:3 warn Has 2 words.
      … and 1 more</system-out>
          </testcase>
        </testsuite>
        <testsuite name="duplicate" tests="1" failures="1" skipped="0" errors="0">
          <testcase classname="collapse-gate.duplicate" name="duplicate/near">
            <failure message="412 findings on 101 records of 1,204">data/round3.jsonl:12 error Says nearly the same as an earlier record.
      … and 411 more</failure>
          </testcase>
        </testsuite>
        <testsuite name="records" tests="1" failures="1" skipped="0" errors="0">
          <testcase classname="collapse-gate.records" name="malformed">
            <failure message="1 finding on 1 record of 1,204">data/round3.jsonl:1093 error Unexpected token } in JSON at column 17. Mend the line or remove it.</failure>
          </testcase>
        </testsuite>
      </testsuites>
      "
    `);
  });

  test('hostile text stays text', () => {
    const xml = renderJunit(hostileReport);
    expect(xml).not.toMatch(/[\x00-\x08\x0b-\x1f\ufffe\uffff]/);
    expect(xml).toContain('&lt;script&gt;&amp;&quot;');
    const tags = [...xml.matchAll(/<(\/?)([a-z-]+)(?:\s[^<>]*?)?(\/?)>/g)];
    const open: string[] = [];
    for (const [, end, name, alone] of tags) {
      if (end) expect(open.pop()).toBe(name);
      else if (!alone) open.push(name!);
    }
    expect(open).toEqual([]);
  });
});

describe('markdown', () => {
  test('the verdict, the gates, the rules, and the first findings of each', () => {
    expect(renderSummary(full, known)).toMatchInlineSnapshot(`
      "## ❌ collapse-gate: FAIL

      round gate duplication failed  
      1 malformed line, 0 allowed  
      1,204 records&#58; 1,100 accepted \\(91.4 %\\), 3 quarantined \\(0.2 %\\), 100 rejected \\(8.3 %\\), 1 malformed \\(0.1 %\\)

      Held against human.profile (trusted, 12,000 records).

      | gate | judges | measured | limit |
      | --- | --- | --- | --- |
      | ⚠️ <code>findings</code> | record | 91.7 % | 0 |
      | ⚠️ <code>novelty</code> | record | 99.7 % |  |
      | ❌ <code>duplication</code> | round | 8.4 % | 5.0 % |
      | ➖ <code>tail</code> | round |  |  |

      | rule | level | findings | records | what to do |
      | --- | --- | --- | --- | --- |
      | <code>duplicate/near</code> | error | 412 | 8.4 % | Keep one of the two. When both are wanted, say so with an override. |
      | <code>gate/novelty</code> | error | 4 | 0.3 % | Drop the record. |
      | <code>malformed</code> | error | 1 | 0.1 % | Mend or remove the line, or allow some with \`--max-malformed N\`. |
      | <code>length/minimum</code> | warn | 2 | 0.2 % | Remove them or join them. |

      - <code>length/spread</code>: No record has 1,000 words or more.

      <details><summary>duplicate/near: the first 1</summary>

      - <code>data/round3.jsonl&#58;12</code> Says nearly the same as an earlier record.
        - here: the harbour was quiet when the first boats came in with their nets still wet and
        - there: the harbour was silent when the first boats came back in with their nets still wet

      </details>

      <details><summary>gate/novelty: the first 1</summary>

      - <code>data/round3.jsonl&#58;19</code> signal \\\`novelty\\\` is missing&#58; no rule that is on gives it

      </details>

      <details><summary>malformed: the first 1</summary>

      - <code>data/round3.jsonl&#58;1093</code> Unexpected token \\} in JSON at column 17. Mend the line or remove it.

      </details>

      <details><summary>length/minimum: the first 1</summary>

      - <code>data/short.jsonl&#58;3</code> Has 2 words.

      </details>
      "
    `);
  });

  test('hostile text is no markup, and a summary ends before it is refused', () => {
    const text = renderSummary(hostileReport, known);
    expect(text).not.toContain('<script>');
    expect(text).not.toMatch(/\]\(http|@all/);
    const large = {
      ...full,
      findings: many(3000, 1).map((finding, at) => ({...finding, rule: `a/${at}`, message: 'x'.repeat(300)})),
    };
    expect(renderSummary(large, known).length).toBeLessThan(210_000);
    expect(renderSummary(large, known)).toMatch(/and more: see the report in JSON/);
  });
});

test('jsonl: a line for each finding and gate, the report last', () => {
  const lines = renderJsonl(changed)
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));
  expect(lines.map(({type}) => type)).toEqual([
    ...full.findings.map(() => 'finding'),
    'roundFinding',
    ...full.gates.map(() => 'gate'),
    'report',
  ]);
  expect(lines[0].fingerprint).toBe(fingerprint(full.findings[0]!));
  expect(lines.at(-1)).toMatchObject({verdict: 'fail', change: {added: 1204}});
});

test('a report is shortened to so many findings of each rule', () => {
  const long = {...full, findings: [...many(60, 1), ...full.findings]};
  expect(shortened(long, 50).findings).toHaveLength(
    50 + full.findings.filter(({rule}) => rule !== 'length/minimum').length,
  );
  expect(shortened(full, 50)).toBe(full);
});
