import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {expect, test} from 'vitest';
import type {Plugin} from '../../src/api.js';
import {gateProblems, ruleProblems} from '../../src/config/entry-shape.js';
import {configHash} from '../../src/config/hash.js';
import {loadConfig} from '../../src/config/load.js';
import {builtinRegistry, composeRegistry, loadRegistry} from '../../src/config/registry.js';
import {renderConfig} from '../../src/config/render.js';
import {demo, failure, folder, pluginModule} from './demo.js';

test('plugins are found from the config that names them, in the order they are reached, each once', async () => {
  const cwd = folder({
    '.collapserc': 'extends: [./team/base.yaml, two:all]\nplugins: [plugin-two, ./team/one.mjs]\n',
    'team/base.yaml': 'plugins: [./one.mjs]\nrules: {one/ascii: [error, {most: 3}]}\n',
    'team/one.mjs': pluginModule('one'),
    'node_modules/plugin-two/package.json': '{"exports": {"import": "./index.mjs"}}',
    'node_modules/plugin-two/index.mjs': pluginModule('two'),
  });
  const {config, registry, origins} = await loadConfig({cwd});
  expect(config.plugins).toEqual(
    ['team/one.mjs', 'node_modules/plugin-two/index.mjs'].map(path => pathToFileURL(join(cwd, path)).href),
  );
  expect(config.rules['one/ascii']).toEqual({level: 'error', options: {most: 3}});
  expect(config.rules['two/ascii']).toEqual({level: 'error', options: {most: 0}});
  expect([...registry.rules.keys()]).toEqual(expect.arrayContaining(['one/ascii', 'two/ascii']));
  expect(origins.get('plugins.0')).toBe('team/base.yaml:1:11');
  const again = await loadRegistry(config);
  expect([...again.rules.keys()]).toEqual([...registry.rules.keys()]);
});

test('what cannot be loaded, all at once, with what to do', async () => {
  const cwd = folder({
    '.collapserc':
      'plugins:\n  - ./nope.mjs\n  - no-such-plugin\n  - ./needs.mjs\n  - ./throws.mjs\n  - ./empty.mjs\n  - ./bare\n',
    'needs.mjs': 'import "left-out-package";',
    'throws.mjs': 'throw new Error("broken inside");',
    'empty.mjs': 'export const plugin = {};',
    'bare/package.json': '{}',
  });
  const lines = await failure(() => loadConfig({cwd}));
  expect(lines).toEqual([
    `.collapserc:2:5 There is no file \`./nope.mjs\` in \`${cwd}\`.`,
    '.collapserc:3:5 Package `no-such-plugin` is not installed. Run `npm install --save-dev no-such-plugin`.',
    expect.stringMatching(/^\.collapserc:7:5 There is no file `\.\/bare` in /),
    expect.stringMatching(
      /^\.collapserc:4:5 .* it needs `left-out-package`\. Run `npm install left-out-package`\.$/,
    ),
    expect.stringMatching(/^\.collapserc:5:5 .* cannot be loaded: broken inside$/),
    expect.stringMatching(/^\.collapserc:6:5 .* It has no plugin as its default export\. Write /),
  ]);
});

test.each<[string, string, string]>([
  [
    'name',
    'plugin.name = "Bad Name"',
    'Its `name` must be lower-case letters, digits and `-`, other than `collapse`; it is `Bad Name`.',
  ],
  ['reserved name', 'plugin.name = "collapse"', 'it is `collapse`.'],
  ['unknown key', 'plugin.rulez = []', 'It has an unknown key `rulez`. Did you mean `rules`?'],
  ['rules of a wrong kind', 'plugin.rules = {}', 'Its `rules` must be a list.'],
  [
    'prefix',
    'rule.id = "other/ascii"',
    'The id of its `rules[0]` must read `bad/…` in lower case; it is `other/ascii`.',
  ],
  [
    'rule that is none',
    'plugin.rules = [3]',
    'Its `rules[0]` must be an object made by a `define…` function.',
  ],
  ['kind', 'rule.kind = "toString"', 'In bad/ascii: `kind` must be `record`, `pair`, `group` or `corpus`.'],
  ['code', 'delete rule.create', 'In bad/ascii: `create` must be a function.'],
  ['code of a pair rule', 'rule.kind = "pair"', 'In bad/ascii: `neighbours` must be a function.'],
  [
    'corpus rule',
    'Object.assign(rule, {kind: "corpus", init() {}, observe() {}, merge() {}, measure() {}, encode() {}, decode() {}, views: []})',
    'In bad/ascii: `measures` must be a mapping.',
  ],
  ['documentation', 'rule.why = ""', 'In bad/ascii: `why` must be text.'],
  ['level', 'rule.recommended = "on"', 'In bad/ascii: `recommended` must be `off`, `warn` or `error`.'],
  ['examples', 'rule.examples = {pass: []}', 'In bad/ascii: `examples` must be `{pass: […], fail: […]}`.'],
  ['no options', 'delete rule.options', 'In bad/ascii: `options` must be a mapping, `{}` for none.'],
  [
    'option name',
    'rule.options = {["__proto__"]: {}}',
    'In bad/ascii: the option name `__proto__` must be letters and digits.',
  ],
  [
    'option without words',
    'rule.options = {a: {type: "boolean", default: true}}',
    'In bad/ascii: `options.a` must have a description.',
  ],
  [
    'default of a wrong type',
    'rule.options.most.default = "0"',
    'In bad/ascii: `options.most` must have a known `type`, and a `default` that fits it.',
  ],
  [
    'default out of range',
    'rule.options.most.default = -1',
    'In bad/ascii: `options.most` must have a known `type`, and a `default` that fits it.',
  ],
  [
    'option of an unknown type',
    'rule.options.most.type = "object"',
    'In bad/ascii: `options.most` must have a known `type`, and a `default` that fits it.',
  ],
  [
    'gate',
    'plugin.gates = [{...rule, id: "bad/gate", scope: "record", recommended: true, onAbstain: "pass", else: "accept", signals: [], judge() {}, options: {else: rule.options.most}}]',
    'In bad/gate: `onAbstain` must be `accept`, `quarantine` or `reject`.',
  ],
  ['feature', 'plugin.features = {x: 1}', 'Its `features.x` must be a function.'],
  [
    'provider',
    'plugin.providers = {x: {batch: 0, provide() {}}}',
    'Its `providers.x` must be `{batch, provide}` with a whole number of records per call.',
  ],
  [
    'preset',
    'plugin.presets = {x: {ignore: []}}',
    'Its `presets.x` must be a mapping of `rules`, `gates`, `fields` and `weights`.',
  ],
])('shape: %s', async (_, change, message) => {
  const cwd = folder({'bad.mjs': pluginModule('bad', change)});
  const url = pathToFileURL(join(cwd, 'bad.mjs')).href;
  const lines = await failure(() => loadRegistry({plugins: [url]}));
  expect(lines[0]).toContain(message);
});

test('composed registries: names that are taken are errors', async () => {
  const twin = {...demo, name: 'twin', rules: [], gates: [], presets: {}};
  const features = (name: string, key: string): Plugin => ({name, features: {[key]: () => 1}}) as never;
  expect(await failure(() => composeRegistry([demo, demo]))).toEqual([
    'Plugin `demo`: Another plugin has this name. Keep one of them.',
  ]);
  expect(
    await failure(() =>
      composeRegistry([features('one', 'x'), features('two', 'x'), features('three', 'words')]),
    ),
  ).toEqual([
    'Plugin `two`: `x` is there already. Give one of them another name.',
    'Plugin `three`: `words` is there already. Give one of them another name.',
  ]);
  expect(await failure(() => composeRegistry([{name: 'twice', rules: demo.rules} as never]))).toHaveLength(
    demo.rules?.length ?? 0,
  );
  expect(await failure(() => composeRegistry([undefined as never]))).toEqual([
    'Plugin `?`: It has no plugin as its default export. Write `export default definePlugin({…})`.',
  ]);
  expect(composeRegistry([demo, twin]).rules.size).toBe(
    builtinRegistry().rules.size + (demo.rules?.length ?? 0),
  );
});

test('the same id twice in one plugin', async () => {
  const [rule] = demo.rules ?? [];
  expect(await failure(() => composeRegistry([{name: 'demo', rules: [rule, rule]} as never]))).toEqual([
    'Plugin `demo`: `demo/near` is there already. Give one of them another name.',
  ]);
});

test('built-in rules and gates have the shape that plugins must have', () => {
  const {presets, rules, gates} = builtinRegistry();
  expect([...rules.values()].flatMap(rule => ruleProblems(rule, 0, rule.id.split('/')[0] ?? ''))).toEqual([]);
  expect([...gates.values()].flatMap(gate => gateProblems({...gate, id: `x/${gate.id}`}, 0, 'x'))).toEqual(
    [],
  );
  expect(Object.keys(presets.get('collapse:recommended')?.rules ?? {})).toEqual([...rules.keys()]);
  // A record gate whose rule is off would refuse every record.
  const judging = [...gates.values()].filter(({recommended, scope}) => recommended || scope === 'round');
  expect(Object.keys(presets.get('collapse:strict')?.gates ?? {})).toEqual(
    expect.arrayContaining(judging.map(({id}) => id)),
  );
  expect(presets.get('collapse:strict')?.gates).toMatchObject({novelty: 'on'});
  expect(presets.get('collapse:strict')?.gates).not.toHaveProperty('agreement');
});

test('plugins that take options get those of the config that comes last, with its folder', async () => {
  const made = `export default ({options, folder}) => {
    if (options.fail) throw new Error('\`fail\` was set');
    return {name: 'made', presets: {seen: {fields: {id: options.model, source: ['size' in options, folder.endsWith('team')].join('-')}}}};
  };`;
  const cwd = folder({
    '.collapserc':
      'extends: [./team/base.yaml, made:seen]\nplugins: [{name: ./made.mjs, options: {model: b}}]\n',
    'team/base.yaml': 'plugins:\n  - name: ../made.mjs\n    options: {model: a, size: 3}\n',
    'made.mjs': made,
  });
  const {config} = await loadConfig({cwd});
  const url = pathToFileURL(join(cwd, 'made.mjs')).href;
  expect(config.plugins).toEqual([url]);
  expect(config.pluginOptions).toEqual({[url]: {options: {model: 'b'}, folder: cwd}});
  expect(config.fields).toMatchObject({id: ['b'], source: ['false-false']});
  expect((await loadRegistry(config)).presets.get('made:seen')?.fields?.id).toBe('b');
  expect(configHash(config)).not.toBe(configHash({...config, pluginOptions: {}}));
  const rendered = renderConfig(await loadConfig({cwd}));
  expect(rendered).toContain('  - name: "./made.mjs"');
  const written = folder({
    '.collapserc': rendered.replaceAll('"./made.mjs"', JSON.stringify(join(cwd, 'made.mjs'))),
  });
  const again = (await loadConfig({cwd: written})).config.pluginOptions;
  expect(again).toEqual({[url]: {options: {model: 'b'}, folder: written}});

  const wrong = folder({
    '.collapserc':
      'plugins:\n  - {name: ./made.mjs, options: {fail: true}}\n  - {name: ./plain.mjs, options: {a: 1}}\n',
    'made.mjs': made,
    'plain.mjs': pluginModule('plain'),
  });
  expect(await failure(() => loadConfig({cwd: wrong}))).toEqual([
    expect.stringMatching(/^\.collapserc:2:5 .*: `fail` was set$/),
    expect.stringMatching(/^\.collapserc:3:5 .* takes no options: remove `options`\.$/),
  ]);
  const unknown = folder({'.collapserc': 'plugins: [{name: ./made.mjs, option: {}}]\n', 'made.mjs': made});
  expect(await failure(() => loadConfig({cwd: unknown}))).toEqual([
    expect.stringContaining('Did you mean `options`?'),
  ]);
});
