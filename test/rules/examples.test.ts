import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import rules from '../../rules/index.js';
import type {Example, Role, Rule} from '../../src/api.js';
import {loadConfig} from '../../src/config/load.js';
import {check} from '../../src/run/check.js';

/** Every example in every rule's file is run as a round of its own, with only that rule on. */

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'collapse-examples-'));
});
afterAll(() => rmSync(cwd, {recursive: true, force: true}));

function write(name: string, rows: Example['rows']): string {
  const lines = rows.map(row => JSON.stringify(typeof row === 'string' ? {text: row} : row));
  writeFileSync(join(cwd, name), `${lines.join('\n')}\n`);
  return name;
}

async function findingsOf({id}: Rule, {rows, references = {}, options = {}}: Example): Promise<string[]> {
  const loaded = await loadConfig({
    cwd,
    config: {
      rules: {'*': 'off', [id]: ['error', options]},
      references: Object.entries(references).map(([role, list]) => ({
        path: write(`${role}.jsonl`, list),
        role: role as Role,
      })),
    },
  });
  const {report} = await check(loaded, [write('round.jsonl', rows)], {cwd, cache: false});
  expect(report.totals.malformed).toBe(0);
  return report.findings.map(({rule, message}) => `${rule}: ${message}`);
}

const cases = (outcome: 'pass' | 'fail') =>
  rules.flatMap(rule =>
    rule.examples[outcome].map(
      (example, index) => [`${rule.id}: ${example.label ?? index + 1}`, rule, example] as const,
    ),
  );

describe('examples that pass', () => {
  test.each(cases('pass'))('%s', async (_, rule, example) => {
    expect(await findingsOf(rule, example)).toEqual([]);
  });
});

describe('examples that fail', () => {
  test.each(cases('fail'))('%s', async (_, rule, example) => {
    const findings = await findingsOf(rule, example);
    expect(findings).not.toEqual([]);
    for (const finding of findings) expect(finding).toMatch(new RegExp(`^${rule.id}: `));
  });
});
