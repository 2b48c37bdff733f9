import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import rules from '../../rules/index.js';
import {loadConfig} from '../../src/config/load.js';
import type {FindingReport, Report} from '../../src/report/report.js';
import {check} from '../../src/run/check.js';

/**
 * Every folder below fixtures/rules that has a `.collapserc` is a round: `input.jsonl` and what must be said
 * about it, `expected.json`. A new case is a new folder; `UPDATE=1 npx vitest run test/rules/fixtures` writes
 * what the tool says now, to be read before it is committed.
 */
const root = fileURLToPath(new URL('../../fixtures/rules/', import.meta.url));
const update = process.env.UPDATE === '1';

const folders = readdirSync(root, {recursive: true, withFileTypes: true})
  .filter(entry => entry.name === '.collapserc')
  .map(entry => relative(root, entry.parentPath).replaceAll('\\', '/'))
  .sort();

/** What a case holds on to: no hashes and no excerpts, so that a person can read it. */
function summary({totals, verdict, measures, roundFindings = [], findings}: Report) {
  const own = Object.entries(measures).filter(([name]) => !name.startsWith('flagged'));
  return {
    totals,
    verdict,
    ...(own.length > 0 && {measures: Object.fromEntries(own)}),
    ...(roundFindings.length > 0 && {roundFindings}),
    findings: findings.map(finding),
  };
}

function finding({rule, level, record, message, related = []}: FindingReport) {
  return {
    line: record.line,
    rule,
    level,
    message,
    related: related.map(({record: {id, path, line}, relation, similarity, verified, origin, words}) => ({
      record: {id, path, line},
      relation,
      similarity: Math.round(similarity * 1e4) / 1e4,
      verified,
      origin,
      words,
    })),
  };
}

async function run(cwd: string): Promise<unknown> {
  const loaded = await loadConfig({cwd, file: '.collapserc'});
  const input = existsSync(join(cwd, 'input')) ? 'input' : 'input.jsonl';
  const {report} = await check(loaded, [input], {cwd, cache: false});
  return JSON.parse(JSON.stringify(summary(report)));
}

test('every case belongs to a rule', () => {
  const known = rules.map(({id}) => id);
  expect([...new Set(folders.map(dirname))].filter(id => !known.includes(id))).toEqual([]);
});

describe.each([...new Set(folders.map(dirname))])('%s', id => {
  test.each(folders.filter(folder => dirname(folder) === id))('%s', async folder => {
    const file = join(root, folder, 'expected.json');
    const actual = await run(join(root, folder));
    if (update) writeFileSync(file, `${JSON.stringify(actual, null, 2)}\n`);
    expect(
      existsSync(file),
      `fixtures/rules/${folder}/expected.json is missing: write it with UPDATE=1`,
    ).toBe(true);
    expect(actual).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });
});
