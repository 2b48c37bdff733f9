import {cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterAll, describe, expect, test} from 'vitest';
import {loadConfig} from '../../src/config/load.js';
import {published} from '../../src/config/published.js';
import {scan} from '../../src/index.js';
import {filter} from '../../src/run/filter.js';
import {start} from '../cli/collapse.js';
import {folder} from '../engine/rounds.js';

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

test('`explain` shows the page of a preset, and lists them', async () => {
  const run = async (...args: string[]) =>
    (await start(['explain', ...args], {cwd: root, input: ''}).ended).stdout;
  const page = readFileSync(join(root, 'docs/presets/ctx2skill.md'), 'utf8');
  expect(await run('collapse:ctx2skill')).toBe(page);
  expect(await run('ctx2skill')).toBe(page);
  expect(await run('collapse:strict')).toContain('collapse config --config collapse:strict');
  const list = await run();
  for (const name of Object.keys(published)) expect(list).toContain(`collapse:${name}`);
});

describe.each(Object.keys(published))('collapse:%s', name => {
  test('decides as the paper says', async () => {
    const {evidence, rows} = await decide(name);
    const say = (row: {why?: string}, verdict: string) => `${verdict}: ${row.why ?? ''}`;
    expect(evidence.map(({verdict}, at) => say(rows[at], verdict))).toEqual(
      rows.map(row => say(row, row.expect)),
    );
  });

  test('its page shows what its command prints', async () => {
    const page = readFileSync(join(root, 'docs/presets', `${name}.md`), 'utf8');
    expect(page).toContain(`extends: collapse:${name}`);
    const [, command, end] = /^\$ npx collapse (.*)\n…\n([^`]*)```/m.exec(page)!;
    const folder = join(scratch, `page-${name}`);
    cpSync(join(root, 'fixtures/presets'), join(folder, 'fixtures/presets'), {recursive: true});
    const {stdout, stderr, code} = await start(command!.split(' '), {cwd: folder, input: ''}).ended;
    expect(stdout.endsWith(`\n${end}`), `${stderr}${stdout}`).toBe(true);
    expect(code).toBe(command!.startsWith('filter') ? 0 : 1);
  });
});

describe('the limits of rounds, at their edges', () => {
  async function judge(name: string, rows: readonly object[], reference?: readonly object[]) {
    const cwd = folder({'round.jsonl': rows, ...(reference && {'reference.jsonl': reference})});
    const rules = {'duplicate/*': 'off'} as const;
    const config = {
      extends: [`collapse:${name}`],
      rules,
      ...(reference && {references: ['reference.jsonl']}),
    };
    return scan(['round.jsonl'], {cwd, cache: false, config});
  }

  test.each([
    [10, 90, 'pass'],
    [9, 91, 'fail'],
    [0, 100, 'fail'],
    [100, 0, 'pass'],
  ])('recursion: of a hundred records %i are human', async (human, model, verdict) => {
    const rows = (count: number, from: object) =>
      Array.from({length: count}, (_, at) => ({text: `Gull ${at} of ${JSON.stringify(from)}.`, ...from}));
    const report = await judge('recursion', [
      ...rows(human, {source: 'human'}),
      ...rows(model, {generator: 'tern-1'}),
    ]);
    expect(report.verdict).toBe(verdict);
  });

  // A format of the reference may lose half of its share, and no more, beyond what chance explains.
  test.each([
    [150, 'pass'],
    [75, 'pass'],
    [45, 'fail'],
    [0, 'fail'],
  ])('echo-chamber: of a format with half of the reference %i in 300 are left', async (left, verdict) => {
    const rows = (bullets: number) =>
      Array.from({length: 300}, (_, at) => ({
        prompt: `What of gull ${at}?`,
        // The rest is spread, so that no other format rises.
        response: at < bullets ? `- it nests, ${at}\n- it leaves` : shapes[at % shapes.length]!(at),
      }));
    expect((await judge('echo-chamber', rows(left), rows(150))).verdict).toBe(verdict);
  });

  test.each([
    [0.5, 'pass'],
    [1, 'fail'],
  ])('hivemind: of the prompts a share of %d is answered twice in the same words', async (share, verdict) => {
    const words = (seed: number) =>
      Array.from({length: 12}, (_, at) => `w${(seed * 7919 + at * 104_729) % 4999}`).join(' ');
    const rows = Array.from({length: 40}, (_, at) => [
      {prompt: `Say ${words(at)}.`, response: words(1000 + at), model: 'tern-1'},
      {
        prompt: `Say ${words(at)}.`,
        response: words(at < 40 * share ? 1000 + at : 2000 + at),
        model: 'plover-2',
      },
    ]).flat();
    expect((await judge('hivemind', rows)).verdict).toBe(verdict);
  });
});

const shapes = [
  (at: number) => `It nests on cliff ${at} and leaves.`,
  (at: number) => `1. It nests on cliff ${at}.\n2. It leaves.`,
  (at: number) => `# Cliff ${at}\n\nIt nests.\n\n# Autumn\n\nIt leaves.`,
  (at: number) => `\`\`\`js\nnest(${at});\n\`\`\``,
  (at: number) => `{"cliff": ${at}}`,
];
