import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import rules from '../../rules/index.js';
import {provenanceSchema} from '../../rules/provenance/schema.js';
import {differences, pages} from '../../scripts/lib/pages.mjs';
import {exampleConfig} from '../../src/config/example.js';
import {configSchema} from '../../src/config/schema.js';
import gates from '../../src/gates/index.js';
import {gateDoc, ruleDoc} from '../../src/report/markdown.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const source = {rules, gates, ruleDoc, gateDoc, configSchema, exampleConfig, provenanceSchema};
const readme = readFileSync(`${root}/README.md`, 'utf8');

test('what is generated from rules and gates is up to date', () => {
  // Otherwise run `npm run generate` and commit what it changes.
  expect(differences(root, pages(source, readme))).toEqual([]);
});

test('pages that are missing, stale or left over are found', () => {
  const expected = pages(source, readme);
  expected.delete('docs/rules/duplicate/exact.md');
  expected.set('docs/rules/duplicate/near.md', 'other');
  expected.set('docs/gates/new.md', 'new');
  expect(differences(root, expected)).toEqual([
    {file: 'docs/rules/duplicate/near.md', problem: 'stale'},
    {file: 'docs/gates/new.md', problem: 'missing'},
    {file: 'docs/rules/duplicate/exact.md', problem: 'without a rule or gate'},
  ]);
});

test('a README without the markers is an error that names them', () => {
  expect(() => pages(source, '# collapse-gate\n')).toThrow('`<!-- generated:rules -->`');
});

describe.each(rules.map(rule => [rule.id, rule] as const))('%s', (id, rule) => {
  test('says everything about itself', () => {
    expect(id).toMatch(/^[a-z][a-z-]*(\/[a-z0-9-]+)+$/);
    for (const part of [rule.summary, rule.why, rule.advice]) expect(part).toMatch(/^[A-Z].*[.)]$/s);
    expect(rule.why + (rule.details ?? '')).toMatch(/arXiv:\d{4}\.\d{4,5}|ISO|RFC|W3C|Unicode|https:/);
    // A measure has no verdict on a row: what passes and what fails is for the gates to say.
    if (rule.kind === 'corpus') return;
    // What it says depends on a reference larger than examples can be: its fixture shows it.
    if (rule.kind === 'record' && rule.reads !== undefined) return;
    expect(rule.examples.pass.length).toBeGreaterThan(0);
    expect(rule.examples.fail.length).toBeGreaterThan(0);
  });

  test('has a fixture', () => {
    const folder = `${root}/fixtures/rules/${id}`;
    const cases = existsSync(folder) ? readdirSync(folder) : [];
    expect(cases.filter(name => existsSync(`${folder}/${name}/expected.json`))).not.toEqual([]);
  });
});
