import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {type LoadOptions, loadConfig} from '../../src/config/load.js';
import {demo, failure, folder} from './demo.js';

function load(cwd: string, options: Partial<LoadOptions> = {}) {
  return loadConfig({cwd, plugins: [demo], ...options});
}

const defaults = {minimum: 0.8, words: 3, mode: 'fast', skip: ['a'], strict: false};

test('without a config: what is recommended, complete with options', async () => {
  const cwd = folder({'.git/HEAD': ''});
  const {config, path, origins} = await load(cwd);
  expect(path).toBeNull();
  expect(config.root).toBe(cwd);
  expect(config.rules['demo/near']).toEqual({level: 'error', options: defaults});
  expect(config.rules['demo/quiet']).toEqual({level: 'off', options: {}});
  expect(config.gates['demo/novelty']).toEqual({
    enabled: true,
    options: {least: 0.2, else: 'reject', onAbstain: 'accept'},
  });
  expect(config.gates['demo/round']).toEqual({enabled: false, options: {onAbstain: 'abstain'}});
  expect(config).toMatchObject({
    maxMalformed: 0,
    maxFindings: 50,
    failOn: 'error',
    overrides: [],
    plugins: [],
  });
  expect(origins.get('rules.demo/near')).toBe('collapse:recommended');
  expect(origins.get('rules.demo/near.minimum')).toBe('default');
  expect(origins.get('maxFindings')).toBe('default');
});

test('an empty file, and one with comments only, change nothing', async () => {
  const {config} = await load(folder({'.collapserc': ''}));
  const commented = await load(folder({'.collapserc': '# nothing yet\n'}));
  expect({...commented.config, root: ''}).toEqual({...config, root: ''});
});

test('the nearest file upwards counts, as far as the folder with .git', async () => {
  const root = folder({'.collapserc': 'failOn: warn\n', 'a/b/c.txt': ''});
  expect((await load(join(root, 'a/b'))).path).toBe(join(root, '.collapserc'));
  mkdirSync(join(root, 'a/.git'));
  expect((await load(join(root, 'a/b'))).path).toBeNull();
  writeFileSync(join(root, 'a/.collapserc'), '');
  expect((await load(join(root, 'a/b'))).path).toBe(join(root, 'a/.collapserc'));
});

test('a .git file, as worktrees have it, ends the search too; a folder called .collapserc is no config', async () => {
  const root = folder({'.collapserc': 'failOn: warn\n', 'tree/.git': 'gitdir: x', 'tree/.collapserc/x': ''});
  expect((await load(join(root, 'tree'))).path).toBeNull();
});

test('a named file wins over the search, and noConfig over both', async () => {
  const root = folder({'.collapserc': 'failOn: warn\n', 'other.yaml': 'failOn: never\n'});
  expect((await load(root, {file: 'other.yaml'})).config.failOn).toBe('never');
  expect((await load(root, {noConfig: true})).config.failOn).toBe('error');
  expect(await failure(() => load(root, {file: 'nope.yaml'}))).toEqual([
    'Config `nope.yaml` cannot be read: there is no such file.',
  ]);
});

test('messages and origins name a file above the working folder by its relative path', async () => {
  const root = folder({'.collapserc': 'failOn: warn\n', 'a/b/c.txt': ''});
  expect((await load(join(root, 'a/b'))).origins.get('failOn')).toBe('../../.collapserc:1:1');
});

test('every key', async () => {
  const cwd = folder({
    '.collapserc': `
$schema: ./x.json
fields:
  text: body
  id: [meta.id, uuid]
references: [human.profile, {path: ../exam.jsonl, role: benchmark}, 'old/**/*.jsonl']
rules:
  demo/near: [warn, {minimum: 0.5}]
  demo/quiet: error
gates:
  demo/novelty: {least: 0.3, onAbstain: quarantine}
  demo/round: on
ignore: ['drafts/**']
maxMalformed: 2
maxFindings: 0
failOn: never
`,
  });
  const {config, origins} = await load(cwd);
  expect(config.fields).toEqual({text: ['body'], id: ['meta.id', 'uuid']});
  expect(config.references).toEqual([
    {path: `${cwd}/human.profile`, role: 'trusted'},
    {path: join(cwd, '../exam.jsonl'), role: 'benchmark'},
    {path: `${cwd}/old/**/*.jsonl`, role: 'trusted'},
  ]);
  expect(config.rules['demo/near']).toEqual({level: 'warn', options: {...defaults, minimum: 0.5}});
  expect(config.rules['demo/quiet']?.level).toBe('error');
  expect(config.gates['demo/novelty']).toEqual({
    enabled: true,
    options: {least: 0.3, else: 'reject', onAbstain: 'quarantine'},
  });
  expect(config.gates['demo/round']?.enabled).toBe(true);
  expect(config).toMatchObject({ignore: ['drafts/**'], maxMalformed: 2, maxFindings: 0, failOn: 'never'});
  expect(Object.fromEntries(origins)).toMatchObject({
    'fields.text': '.collapserc:4:3',
    'references.1': '.collapserc:6:29',
    'rules.demo/near': '.collapserc:8:3',
    'rules.demo/near.minimum': '.collapserc:8:22',
    'rules.demo/near.words': 'default',
    'rules.demo/plain': 'collapse:recommended',
    'gates.demo/novelty.least': '.collapserc:11:18',
    'gates.demo/novelty.else': 'default',
    'ignore.0': '.collapserc:13:10',
    failOn: '.collapserc:16:1',
  });
});

test('families: the wider says less, in whatever order it stands', async () => {
  const cwd = folder({
    '.collapserc': "rules:\n  demo/plain: error\n  demo/nested/*: warn\n  demo/*: off\n  '*': error\n",
  });
  const {config} = await load(cwd);
  expect(config.rules['demo/near']).toEqual({level: 'off', options: defaults});
  expect(config.rules['demo/plain']?.level).toBe('error');
  expect(config.rules['demo/nested/deep']?.level).toBe('warn');
  const others = Object.entries(config.rules).filter(([id]) => !id.startsWith('demo/'));
  expect(others.every(([, {level}]) => level === 'error')).toBe(true);
});

test('a level alone leaves options of lower layers as they are', async () => {
  const cwd = folder({
    '.collapserc': 'extends: ./team.yaml\nrules: {demo/near: warn}\n',
    'team.yaml': 'rules: {demo/near: [error, {minimum: 0.6}]}\n',
  });
  const {config, origins} = await load(cwd);
  expect(config.rules['demo/near']).toEqual({level: 'warn', options: {...defaults, minimum: 0.6}});
  expect(origins.get('rules.demo/near')).toBe('.collapserc:2:9');
  expect(origins.get('rules.demo/near.minimum')).toBe('team.yaml:1:29');
});

test('an override starts from the resolved options of its rules, and holds nothing else', async () => {
  const cwd = folder({
    '.collapserc': `
overrides:
  - files: wiki/**
    where: {lang: [de, fr]}
    rules:
      demo/*: warn
      demo/near: [error, {words: 5}]
rules:
  demo/near: [warn, {minimum: 0.5}]
`,
  });
  const {config, origins} = await load(cwd);
  expect(config.overrides).toEqual([
    {
      files: ['wiki/**'],
      where: {lang: ['de', 'fr']},
      rules: {
        'demo/near': {level: 'error', options: {...defaults, minimum: 0.5, words: 5}},
        'demo/plain': {level: 'warn', options: {}},
        'demo/quiet': {level: 'warn', options: {}},
        'demo/nested/deep': {level: 'warn', options: {}},
      },
    },
  ]);
  expect(origins.get('overrides.0')).toBe('.collapserc:3:5');
});

test('a config given as an object, with paths from the working folder', async () => {
  const cwd = folder({'.collapserc': 'failOn: never\n'});
  const {config, path, origins} = await load(cwd, {
    config: {references: ['x'], rules: {'demo/near': ['warn', {words: 9}]}},
  });
  expect(path).toBeNull();
  expect(config.failOn).toBe('error');
  expect(config.references).toEqual([{path: `${cwd}/x`, role: 'trusted'}]);
  expect(config.rules['demo/near']).toEqual({level: 'warn', options: {...defaults, words: 9}});
  expect(origins.get('rules.demo/near')).toBe('config');
  const wrong = {rules: {'demo/near': ['warn', {words: 'x'}]}} as const;
  expect(await failure(() => load(cwd, {config: wrong}))).toEqual([
    'config Option `words` of demo/near must be a whole number, found `x`.',
  ]);
  const alive = {failOn: () => 'warn'} as never;
  expect((await failure(() => load(cwd, {config: alive})))[0]).toMatch(/^A config must be plain data: /);
});

test('nothing is shared between two loads', async () => {
  const cwd = folder({'.git/x': ''});
  const first = await load(cwd);
  const skip = first.config.rules['demo/near']?.options.skip;
  if (Array.isArray(skip)) skip.push('changed');
  expect(skip).toEqual(['a', 'changed']);
  expect((await load(cwd)).config.rules['demo/near']?.options.skip).toEqual(['a']);
});
