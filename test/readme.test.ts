import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import {definePlugin, type Rule} from '../src/api.js';
import {renderHelp} from '../src/cli/help.js';
import type {ConfigFile} from '../src/config/file.js';
import {loadConfig} from '../src/config/load.js';
import {scan} from '../src/index.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const papers = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', ...pagesIn('docs')];

function pagesIn(folder: string): string[] {
  const names = readdirSync(join(root, folder), {recursive: true}).map(String);
  return names.filter(name => name.endsWith('.md')).map(name => `${folder}/${name.replaceAll('\\', '/')}`);
}

function blocks(language: string, text = readme): string[] {
  return [...text.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\n\`\`\``, 'g'))].map(
    ([, code]) => code!,
  );
}

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'collapse-readme-'));
});
afterAll(() => {
  rmSync(cwd, {recursive: true, force: true});
  vi.unstubAllGlobals();
});

test('the program of the README runs as it stands', async () => {
  const [program, ...others] = blocks('js');
  expect(others).toEqual([]);
  writeFileSync(join(cwd, 'human.jsonl'), '{"text": "The ferry was late again and nobody minded."}\n');
  const rows = [
    'The ferry was late again and nobody minded.',
    'Gulls sat on the rail.',
    'Gulls sat on the  rail.',
  ];
  const train = vi.fn();
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  vi.stubGlobal('generate', () => rows.map((text, index) => ({id: `r${index}`, text})));
  vi.stubGlobal('train', train);
  const index = JSON.stringify(join(root, 'src', 'index.ts'));
  const code = program!
    .replace("'collapse-gate'", index)
    // Where the program is started, the trusted corpus lies; there most of this tiny round repeats it.
    .replace('openGate({', `openGate({cwd: ${JSON.stringify(cwd)}, cache: false, `)
    .replace(
      "references: ['human.jsonl']",
      "references: ['human.jsonl'], gates: {duplication: {maximum: 1}}",
    );
  const file = join(cwd, 'program.mjs');
  writeFileSync(file, code);
  await import(file);
  expect(train.mock.calls).toEqual([[[{id: 'r1', text: 'Gulls sat on the rail.'}]]]);
  expect(warn.mock.calls.map(([verdict, id]) => [verdict, id])).toEqual([
    ['reject', 'r0'],
    ['reject', 'r2'],
  ]);
});

test('its config is one', async () => {
  for (const config of blocks('yaml')) {
    writeFileSync(join(cwd, '.collapserc'), config);
    const {path, config: resolved} = await loadConfig({cwd});
    expect(path).toBe(join(cwd, '.collapserc'));
    expect(resolved.overrides).toHaveLength(1);
  }
});

test('its commands and flags are there', () => {
  const commands = blocks('sh').flatMap(block => [...block.matchAll(/npx collapse (\w+)([^|&#\n]*)/g)]);
  expect(commands.length).toBeGreaterThan(3);
  for (const [, name, rest] of commands) {
    const help = renderHelp(name);
    expect(help).toContain(`Usage: collapse ${name === 'check' ? '[check]' : name}`);
    for (const [flag] of rest!.matchAll(/--[\w-]+/g)) expect(help).toContain(flag);
  }
});

test('the rule of CONTRIBUTING.md does what its examples say', async () => {
  const [rule] = blocks('ts', readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8'));
  const file = join(cwd, 'unfinished.ts');
  writeFileSync(file, rule!.replace("'../../src/api.js'", JSON.stringify(join(root, 'src', 'api.ts'))));
  const {default: unfinished} = (await import(file)) as {default: Rule};
  const plugins = [definePlugin({name: 'format', rules: [unfinished]})];
  for (const [outcome, examples] of Object.entries(unfinished.examples)) {
    for (const {rows, options = {}} of examples) {
      const rules: ConfigFile['rules'] = {'*': 'off', [unfinished.id]: ['error', options]};
      writeFileSync(join(cwd, 'round.jsonl'), rows.map(row => `${JSON.stringify(row)}\n`).join(''));
      const report = await scan(['round.jsonl'], {cwd, config: {rules}, plugins, cache: false});
      expect(report.findings.length > 0, outcome).toBe(outcome === 'fail');
    }
  }
});

describe.each(papers)('%s', file => {
  test('leads to files that are there', () => {
    const text = readFileSync(join(root, file), 'utf8');
    const links = [...text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, link]) => link!);
    const ours = links.filter(link => !/^[a-z]+:/.test(link));
    const missing = ours.filter(link => !existsSync(join(root, dirname(file), link)));
    expect(missing.map(link => `${file} -> ${relative(root, join(root, dirname(file), link))}`)).toEqual([]);
  });
});
