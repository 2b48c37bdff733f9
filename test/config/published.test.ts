import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterAll, describe, expect, test} from 'vitest';
import {loadConfig} from '../../src/config/load.js';
import {published} from '../../src/config/published.js';
import {filter} from '../../src/run/filter.js';

/**
 * Every row of fixtures/presets says which decision the paper’s rule gives it (`expect`, written by hand) and
 * why. The presets must give the same, on the system’s own rows.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'collapse-presets-'));
afterAll(() => rmSync(scratch, {recursive: true, force: true}));

const lines = (file: string) =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));

async function decide(name: string) {
  const cwd = join(root, 'fixtures/presets', name);
  const references = existsSync(join(cwd, 'reference.jsonl')) ? ['reference.jsonl'] : [];
  const loaded = await loadConfig({cwd, config: {extends: [`collapse:${name}`], references}});
  const {report, folder} = await filter(loaded, ['input.jsonl'], {
    cwd,
    out: join(scratch, name),
    overwrite: true,
    cache: false,
  });
  return {report, evidence: lines(join(folder!, 'evidence.jsonl')), rows: lines(join(cwd, 'input.jsonl'))};
}

test('every preset has rows and a page', () => {
  const names = Object.keys(published).sort();
  expect(readdirSync(join(root, 'fixtures/presets')).sort()).toEqual(names);
  expect(readdirSync(join(root, 'docs/presets')).sort()).toEqual(
    [...names.map(name => `${name}.md`), 'README.md'].sort(),
  );
});

describe.each(Object.keys(published))('collapse:%s', name => {
  test('decides as the paper says', async () => {
    const {evidence, rows} = await decide(name);
    const say = (row: {why?: string}, verdict: string) => `${verdict}: ${row.why ?? ''}`;
    expect(evidence.map(({verdict}, at) => say(rows[at], verdict))).toEqual(
      rows.map(row => say(row, row.expect)),
    );
  });

  test('its page shows what the command prints at the end', async () => {
    const {report} = await decide(name);
    const page = readFileSync(join(root, 'docs/presets', `${name}.md`), 'utf8');
    const {records, accepted, rejected} = report.totals;
    expect(page).toContain(`extends: collapse:${name}`);
    expect(page).toContain(`fixtures/presets/${name}/input.jsonl`);
    expect(page).toMatch(new RegExp(`^${report.verdict.toUpperCase()}  `, 'm'));
    expect(page).toContain(`${records} records: ${accepted} accepted`);
    expect(page).toContain(`${rejected} rejected`);
  });
});
