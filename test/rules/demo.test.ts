import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {exitCode} from '../../src/cli/commands/check.js';
import {loadConfig} from '../../src/config/load.js';
import {check} from '../../src/run/check.js';

const cwd = fileURLToPath(new URL('../../fixtures/demo/', import.meta.url));

test('the demo shows what its script says it shows', async () => {
  const loaded = await loadConfig({cwd});
  const {report} = await check(loaded, ['round.jsonl'], {cwd, cache: false});
  expect(report.totals).toEqual({records: 78, accepted: 65, quarantined: 0, rejected: 12, malformed: 1});
  expect(report.references.map(({role, records}) => [role, records])).toEqual([
    ['trusted', 60],
    ['benchmark', 5],
  ]);
  const counts = Object.entries(report.counts).map(([rule, {findings}]) => [rule, findings]);
  expect(Object.fromEntries(counts)).toEqual({
    'composition/origins': 1,
    'contamination/benchmark': 1,
    'duplicate/contained': 1,
    'duplicate/exact': 6,
    'duplicate/near': 5,
    malformed: 1,
  });
  expect(report.findings.find(({rule}) => rule === 'malformed')?.record.line).toBe(71);
  const failed = report.gates.filter(({scope, status}) => scope === 'round' && status === 'fail');
  expect(failed.map(({id}) => id)).toEqual(['duplication']);
  expect(exitCode(report, loaded.config.failOn)).toBe(1);
});
