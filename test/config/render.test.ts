import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {exampleConfig} from '../../src/config/example.js';
import {configHash} from '../../src/config/hash.js';
import {type Loaded, loadConfig} from '../../src/config/load.js';
import {parseSource} from '../../src/config/parse.js';
import {builtinRegistry, composeRegistry} from '../../src/config/registry.js';
import {configJson, renderConfig} from '../../src/config/render.js';
import {configSchema} from '../../src/config/schema.js';
import {validateSources} from '../../src/config/validate.js';
import {demo, folder, pluginModule} from './demo.js';

const full = `
extends: [./team.yaml]
plugins: [./one.mjs]
fields: {text: 'messages[*].content', id: [a, "true"]}
references: [ref/human.profile, {path: /data/exam.jsonl, role: benchmark}]
rules:
  demo/near: [warn, {minimum: 0.5, skip: ["x: y", "\\u202e"]}]
gates:
  demo/novelty: {least: 0.3}
overrides:
  - files: ['wiki/**']
    where: {'meta["a b"]': [de, 1, true]}
    rules: {demo/near: [error, {words: 9}], demo/plain: off}
ignore: ['**/*.tmp', draft]
maxFindings: 7
`;

function load(text: string, more: Readonly<Record<string, string>> = {}): Promise<Loaded> {
  const cwd = folder({'.collapserc': text, 'one.mjs': pluginModule('one'), ...more});
  return loadConfig({cwd, plugins: [demo]});
}

test('each value is followed by where it came from', async () => {
  const text = renderConfig(await load(full, {'team.yaml': 'maxMalformed: 3\n'}));
  for (const line of [
    /^ {2}- "\.\/one\.mjs" +# \.collapserc:3:11$/m,
    /^ {2}text: \["messages\[\*\]\.content"\] +# \.collapserc:4:10$/m,
    /^ {2}- path: ref\/human\.profile +# \.collapserc:5:14\n {4}role: trusted$/m,
    /^ {2}demo\/near:\n {4}- warn +# \.collapserc:7:3\n {4}- minimum: 0\.5 +# \.collapserc:7:22\n {6}words: 3 +# default$/m,
    /^ {2}demo\/plain: warn +# collapse:recommended$/m,
    /^ {2}demo\/novelty: +# \.collapserc:9:3\n {4}least: 0\.3 +# \.collapserc:9:18\n {4}else: reject +# default$/m,
    /^ {2}demo\/round: off +# collapse:recommended$/m,
    /^ {2}- files: \[wiki\/\*\*\] +# \.collapserc:11:5$/m,
    /^ {6}demo\/plain: off$/m,
    /^maxMalformed: 3 +# team\.yaml:1:1$/m,
    /^maxFindings: 7 +# \.collapserc:15:1$/m,
    /^failOn: error +# default$/m,
  ]) {
    expect(text).toMatch(line);
  }
  expect(text).not.toContain('\u202e');
});

test('what is rendered means the same when it is read again', async () => {
  for (const text of [full, '']) {
    const loaded = await load(text, {'team.yaml': 'maxMalformed: 3\n'});
    writeFileSync(join(loaded.config.root, '.collapserc'), renderConfig(loaded));
    const again = await loadConfig({cwd: loaded.config.root, plugins: [demo]});
    expect(again.config).toEqual(loaded.config);
  }
});

test('as JSON', async () => {
  const loaded = await load('failOn: warn\n');
  const json = JSON.parse(JSON.stringify(configJson(loaded)));
  expect(json.config).toEqual(loaded.config);
  expect(json.origins.failOn).toBe('.collapserc:1:1');
  expect(json.hash).toBe(configHash(loaded.config));
  expect(json.path).toBe(join(loaded.config.root, '.collapserc'));
});

test('the hash is the same in another folder and in another order, and not for another config', async () => {
  const more = {'team.yaml': ''};
  const {config} = await load(full.replace('/data/', './'), more);
  const elsewhere = await load(full.replace('/data/', './'), more);
  expect(elsewhere.config.root).not.toBe(config.root);
  expect(configHash(elsewhere.config)).toBe(configHash(config));
  expect(configHash({...config, rules: Object.fromEntries(Object.entries(config.rules).reverse())})).toBe(
    configHash(config),
  );
  expect(configHash({...config, ignore: [...config.ignore].reverse()})).not.toBe(configHash(config));
  expect(configHash({...config, maxFindings: 8})).not.toBe(configHash(config));
  expect(configHash(config)).toMatch(/^[0-9a-f]{64}$/);
});

test('a file that a rule is pointed to is part of the config: another one under its name is another hash', async () => {
  const schema = (required: string) => ({'s.json': JSON.stringify({type: 'object', required: [required]})});
  const config = 'rules: {provenance/declared: [warn, {schema: s.json}]}\n';
  const {config: one} = await load(config, schema('source'));
  const {config: same} = await load(config, schema('source'));
  const {config: other} = await load(config, schema('license'));
  expect(configHash(same)).toBe(configHash(one));
  expect(configHash(other)).not.toBe(configHash(one));
});

test.each([
  ['built-in rules', []],
  ['a plugin', [demo]],
])('the example of %s loads and says what holds without it', async (_, plugins) => {
  const text = exampleConfig(composeRegistry(plugins));
  const example = await loadConfig({cwd: folder({'.collapserc': text}), plugins});
  const bare = await loadConfig({cwd: folder({'.git/x': ''}), plugins});
  expect({...example.config, root: ''}).toEqual({...bare.config, root: ''});
});

test('the example names every key, and what it comments out is valid too', async () => {
  const registry = builtinRegistry();
  const text = exampleConfig(registry).replace(/^#(?=[^ \n])|^#(?= {2})/gm, '');
  const source = await parseSource(new TextEncoder().encode(text), 'example', '/');
  expect(await validateSources([source], registry)).toEqual([[]]);
  const {properties} = configSchema(registry) as {properties: object};
  expect(Object.keys(source.value as object).sort()).toEqual(Object.keys(properties).sort());
});
