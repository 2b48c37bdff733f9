import {join} from 'node:path';
import {expect, test} from 'vitest';
import {loadConfig} from '../../src/config/load.js';
import {demo, failure, folder} from './demo.js';

function load(cwd: string) {
  return loadConfig({cwd, plugins: [demo]});
}

test('collapse:strict: what warned is an error, what was off stays off, every gate that can judge is on', async () => {
  const {config, origins} = await load(folder({'.collapserc': 'extends: collapse:strict\n'}));
  expect(config.rules['demo/plain']?.level).toBe('error');
  expect(config.rules['demo/quiet']?.level).toBe('off');
  const off = Object.entries(config.gates).filter(([, {enabled}]) => !enabled);
  expect(off.map(([id]) => id)).not.toContain('findings');
  expect(off.map(([id]) => id)).not.toContain('duplication');
  expect(origins.get('rules.demo/plain')).toBe('collapse:strict');
  expect(origins.get('rules.demo/quiet')).toBe('collapse:recommended');
});

test('later ones win, the file wins over all, and lists add up', async () => {
  const cwd = folder({
    '.collapserc': 'extends: [collapse:strict, ./a.yaml, conf/b.json]\nignore: [top]\nfailOn: warn\n',
    'node_modules/conf/b.json': '{"maxFindings": 2, "failOn": "never", "ignore": ["b", "a"]}',
    'a.yaml': 'extends: ./deep/c.yaml\nmaxFindings: 1\nignore: [a]\nrules: {demo/plain: off}\n',
    'deep/c.yaml': 'maxMalformed: 4\nmaxFindings: 9\nreferences: [here.jsonl]\nrules: {demo/plain: warn}\n',
  });
  const {config, origins} = await load(cwd);
  expect(config).toMatchObject({maxMalformed: 4, maxFindings: 2, failOn: 'warn', ignore: ['a', 'b', 'top']});
  expect(config.rules['demo/plain']?.level).toBe('off');
  expect(config.references).toEqual([{path: join(cwd, 'deep/here.jsonl'), role: 'trusted'}]);
  expect(origins.get('maxFindings')).toBe('node_modules/conf/b.json:1:2');
  expect(origins.get('maxMalformed')).toBe('deep/c.yaml:1:1');
});

test('packages: main, ES module export only, scoped subpath, JavaScript', async () => {
  const cwd = folder({
    '.collapserc': 'extends: [plain-conf, esm-conf, "@team/conf/strict"]\n',
    'node_modules/plain-conf/package.json': '{"main": "./conf.yaml"}',
    'node_modules/plain-conf/conf.yaml': 'maxFindings: 1\n',
    'node_modules/esm-conf/package.json':
      '{"type": "module", "exports": {"types": "./x", "import": "./index.js"}}',
    'node_modules/esm-conf/index.js': 'export default {maxMalformed: 1 + 1};',
    'node_modules/@team/conf/package.json': '{"exports": {"./strict": {"import": "./strict.mjs"}}}',
    'node_modules/@team/conf/strict.mjs': 'export default {failOn: "warn"};',
  });
  const {config, origins} = await load(cwd);
  expect(config).toMatchObject({maxFindings: 1, maxMalformed: 2, failOn: 'warn'});
  expect(origins.get('maxMalformed')).toBe('node_modules/esm-conf/index.js');
});

test('a preset of a plugin', async () => {
  const {config, origins} = await load(folder({'.collapserc': 'extends: demo:careful\n'}));
  expect(config.rules['demo/quiet']?.level).toBe('warn');
  expect(config.rules['demo/near']?.options.minimum).toBe(0.6);
  expect(config.fields).toEqual({text: ['body']});
  expect(origins.get('rules.demo/near.minimum')).toBe('demo:careful');
});

test('errors in presets and modules name them; those in files have a place', async () => {
  const cwd = folder({
    '.collapserc': 'extends: [demo:broken, ./conf.mjs, ./deep/a.yaml]\nx: 1\n',
    'conf.mjs': 'export default {failOn: "no"};',
    'deep/a.yaml': '# a comment\nmaxFinding: 1\n',
  });
  expect(await failure(() => load(cwd))).toEqual([
    'demo:broken Option `minimum` of demo/near must be at most 1, found `7`.',
    'conf.mjs `failOn` must be `warn`, `error` or `never`, found `no`.',
    'deep/a.yaml:2:1 Unknown key `maxFinding`. Did you mean `maxFindings`?',
    '.collapserc:2:1 Unknown key `x`.',
  ]);
});

test('what is extended and not there, all at once, at its place', async () => {
  const cwd = folder({
    '.collapserc':
      'extends:\n  - ./nope.yaml\n  - no-such-conf\n  - team.yaml\n  - ./bad.yaml\n  - ./bad.mjs\n',
    'team.yaml': '',
    'bad.yaml': 'a: [1\n',
    'bad.mjs': 'export default 3;',
  });
  expect(await failure(() => load(cwd))).toEqual([
    `.collapserc:2:5 There is no file \`./nope.yaml\` in \`${cwd}\`.`,
    '.collapserc:3:5 Package `no-such-conf` is not installed. Run `npm install --save-dev no-such-conf`.',
    '.collapserc:4:5 `team.yaml` is no package. Did you mean `./team.yaml`?',
    expect.stringMatching(/^bad\.yaml:2:1 /),
    'Config `bad.mjs` cannot be used: its default export is no object.',
  ]);
});

test('a circle is an error that shows it', async () => {
  const cwd = folder({
    '.collapserc': 'extends: ./a.yaml\n',
    'a.yaml': 'extends: [./b/b.yaml]\n',
    'b/b.yaml': 'extends: ../a.yaml\n',
  });
  expect(await failure(() => load(cwd))).toEqual([
    'b/b.yaml:1:10 `extends` goes in a circle: a.yaml → b/b.yaml → a.yaml. Remove one of these.',
  ]);
  const self = folder({'.collapserc': 'extends: [./.collapserc]\n'});
  expect(await failure(() => load(self))).toEqual([
    '.collapserc:1:11 `extends` goes in a circle: .collapserc → .collapserc. Remove one of these.',
  ]);
});

test('a base that is reached twice counts once, and does not undo what was built on it', async () => {
  const cwd = folder({
    '.collapserc': 'extends: [./a.yaml, ./b.yaml]\n',
    'a.yaml': 'extends: ./base.yaml\nmaxFindings: 1\n',
    'b.yaml': 'extends: ./base.yaml\nfailOn: never\n',
    'base.yaml': 'maxFindings: 9\nfailOn: warn\noverrides: [{files: x, rules: {}}]\n',
  });
  const {config} = await load(cwd);
  expect(config).toMatchObject({maxFindings: 1, failOn: 'never'});
  expect(config.overrides).toHaveLength(1);
});

test('a chain without end is cut', async () => {
  const files = Object.fromEntries(
    Array.from({length: 120}, (_, index) => [`c${index}.yaml`, `extends: ./c${index + 1}.yaml\n`]),
  );
  const cwd = folder({'.collapserc': 'extends: ./c0.yaml\n', ...files});
  expect(await failure(() => load(cwd))).toEqual(['c98.yaml:1:10 `extends` reaches more than 100 files.']);
});
