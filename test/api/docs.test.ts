import {spawnSync} from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {compiler, program} from '../../scripts/lib/build.mjs';
import {type ConfigFile, openGate, type Plugin} from '../../src/index.js';
import {jsonl} from '../engine/rounds.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(root, 'docs', 'api.md'), 'utf8');

/** A block of code, whose first line names its file, with what it prints where the page shows that. */
interface Example {
  readonly name: string;
  readonly code: string;
  readonly prints: string | undefined;
}

function examples(language: string, comment: string): Example[] {
  const fence = '```';
  const block = `${fence}${language}\n${comment} (\\S+)\n([\\s\\S]*?)${fence}\n(?:\n${fence}text\n([\\s\\S]*?)${fence}\n)?`;
  return [...page.matchAll(new RegExp(block, 'g'))].map(([, name, code, prints]) => ({
    name: name!,
    code: code!,
    prints,
  }));
}

const modules = examples('ts', '//');
const programs = modules.filter(({prints}) => prints !== undefined);

/** Invented data, as the page describes it. */
const files: Record<string, Parameters<typeof jsonl>[0]> = {
  'human.jsonl': [
    {id: 'h1', text: 'The wren nests low in the ivy behind the boat shed.'},
    {id: 'h2', text: 'A heron stood in the shallows until the fog lifted.'},
  ],
  'round.jsonl': [
    {id: 'n1', text: 'Two magpies argued on the roof of the chapel.'},
    {id: 'n2', text: 'The wren nests low in the ivy behind the boat shed!'},
    {id: 'n3', text: 'Swifts left on the first cold night in August.'},
    {id: 'n4', text: 'Two magpies argued on the roof of the  chapel.'},
  ],
  'answers.jsonl': [
    {id: 'a1', prompt: 'Who nests in the ivy?', response: 'It is small and loud. Answer: wren'},
    {id: 'a2', prompt: 'Who nests in the ivy?', response: 'Behind sheds, mostly. Answer: Wren'},
    {id: 'a3', prompt: 'Who nests in the ivy?', response: 'I saw one in a film. Answer: penguin'},
    {id: 'a4', prompt: 'When do swifts leave?', response: 'In August'},
    {id: 'a5', prompt: 'WHO ATE THE BREAD?', response: 'THE GULLS. Thank you for asking.'},
  ],
};

let cwd: string;
beforeAll(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'collapse-docs-')));
  mkdirSync(join(cwd, 'node_modules'));
  symlinkSync(root, join(cwd, 'node_modules', 'collapse-gate'), 'junction');
  // What an example beside the package has installed.
  for (const name of ['remark-parse', 'remark-stringify', 'retext-repeated-words', 'unified'])
    symlinkSync(join(root, 'node_modules', name), join(cwd, 'node_modules', name), 'junction');
  writeFileSync(join(cwd, 'package.json'), '{"type": "module"}');
  for (const [name, rows] of Object.entries(files)) writeFileSync(join(cwd, name), jsonl(rows));
  for (const {name, code} of modules) writeFileSync(join(cwd, name), code);
  const compilerOptions = {
    target: 'es2023',
    module: 'nodenext',
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noUnusedLocals: true,
    types: ['node'],
    typeRoots: [join(root, 'node_modules', '@types')],
  };
  writeFileSync(join(cwd, 'tsconfig.json'), JSON.stringify({compilerOptions, include: ['*.ts']}));
});
afterAll(() => rmSync(cwd, {recursive: true, force: true}));

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const {status, stdout, stderr} = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: {...process.env, NO_COLOR: '1', COLLAPSE_CACHE_DIR: join(cwd, 'cache'), ...env},
  });
  return {status, stdout: stdout?.replaceAll('\r\n', '\n'), stderr};
}

test('every block of TypeScript is run, by itself or by another', () => {
  expect(page.match(/```ts\n/g)).toHaveLength(modules.length);
  const reached = new Set<string>();
  const visit = ({name, code}: Example): void => {
    if (reached.has(name)) return;
    reached.add(name);
    for (const [, other] of code.matchAll(/from '\.\/(.+)\.js'/g)) {
      visit(modules.find(module => module.name === `${other}.ts`)!);
    }
  };
  for (const each of programs) visit(each);
  expect([...reached].sort()).toEqual(modules.map(({name}) => name).sort());
});

test('every block of TypeScript compiles, strictly, against the built package', () => {
  const {stdout} = run(process.execPath, [compiler()!, '-p', '.', '--pretty', 'false']);
  expect(stdout).toBe('');
});

test.each(programs)('$name prints what the page says', ({name, prints}) => {
  expect(run(process.execPath, [name.replace(/\.ts$/, '.js')])).toEqual({
    status: 0,
    stdout: prints,
    stderr: '',
  });
});

const python = ['python3', 'python'].find(name => spawnSync(name, ['--version']).status === 0);

// On Windows a program without `.exe` or a shell is not found under its name.
test.skipIf(python === undefined || process.platform === 'win32').each(examples('python', '#'))(
  '$name prints what the page says',
  ({name, code, prints}) => {
    const bin = join(cwd, 'bin');
    mkdirSync(bin);
    symlinkSync(program, join(bin, 'collapse'));
    writeFileSync(join(cwd, name), code);
    expect(prints).toBeDefined();
    const PATH = `${bin}${delimiter}${process.env.PATH}`;
    expect(run(python!, [name], {PATH})).toMatchObject({status: 0, stdout: prints});
  },
);

test('its rules say what their examples say', async () => {
  const {default: plugin} = (await import(join(cwd, 'plugin.ts'))) as {default: Plugin};
  let shown = 0;
  for (const {id, examples} of plugin.rules!) {
    for (const [outcome, all] of Object.entries(examples)) {
      for (const {rows, options = {}} of all) {
        const rules: ConfigFile['rules'] = {'*': 'off', [id]: ['error', options]};
        const gate = await openGate({config: {rules}, plugins: [plugin]});
        const findings = [];
        for await (const judged of gate.judge(
          rows.map(row => (typeof row === 'string' ? {text: row} : row)),
        )) {
          findings.push(...judged.findings);
        }
        await gate.close();
        expect(findings.length > 0, `${id}: ${outcome}`).toBe(outcome === 'fail');
        shown++;
      }
    }
  }
  expect(shown).toBe(5);
});

test('the config names the plugin that the page shows', () => {
  const [, config] = /```yaml\n([\s\S]*?)```/.exec(page)!;
  writeFileSync(join(cwd, 'rc.yaml'), config!);
  const {stdout} = run(process.execPath, [program, 'check', 'answers.jsonl', '--config', 'rc.yaml']);
  expect(stdout).toContain('aviary/shouting');
});
