import fc from 'fast-check';
import {expect, test} from 'vitest';
import {ConfigError} from '../../src/config/error.js';
import type {ConfigFile, OverrideEntry} from '../../src/config/file.js';
import {loadConfig} from '../../src/config/load.js';
import {type Variants, variantOf} from '../../src/config/match.js';
import {demo, folder} from './demo.js';

async function variants(overrides: readonly OverrideEntry[], cwd = folder()) {
  const config: ConfigFile = {overrides};
  const loaded = await loadConfig({cwd, config, plugins: [demo]});
  return {config: loaded.config, ...byPlace(variantOf(loaded.config, cwd))};
}

function byPlace({ruleSets, variant}: Variants) {
  return {
    ruleSets,
    variant: (path: string, fields: Readonly<Record<string, unknown>>) => variant({place: {path}, fields}),
  };
}

test('without overrides there is one rule set', async () => {
  const {config, ruleSets, variant} = await variants([]);
  expect(ruleSets).toEqual([config.rules]);
  expect(variant('any', {})).toBe(0);
});

test('by file, relative to the folder of the config and not to the working one', async () => {
  const cwd = folder();
  const {config} = await variants([{files: 'sub/*.x', rules: {'demo/near': 'off'}}], cwd);
  const {ruleSets, variant} = byPlace(variantOf(config, `${cwd}/sub`));
  expect(ruleSets).toHaveLength(2);
  expect(ruleSets[1]).toEqual({...config.rules, 'demo/near': {...config.rules['demo/near'], level: 'off'}});
  expect(['a.x', '../sub/a.x', `${cwd}/sub/a.x`].map(path => variant(path, {}))).toEqual([1, 1, 1]);
  expect(['a.y', '../a.x', '<stdin>', 'sub/a.x'].map(path => variant(path, {}))).toEqual([0, 0, 0, 0]);
});

test('standard input matches by its name', async () => {
  const {variant} = await variants([{files: '<stdin>', rules: {'demo/near': 'off'}}]);
  expect([variant('<stdin>', {}), variant('a', {})]).toEqual([1, 0]);
});

test('by field: exact values, any of several, all of the conditions', async () => {
  const {variant} = await variants([
    {where: {'meta.lang': ['de', 'fr'], year: 2020}, rules: {'demo/near': 'off'}},
    {where: {'tags[*].name': 'ok', fine: true}, rules: {'demo/plain': 'off'}},
  ]);
  const at = (fields: Record<string, unknown>) => variant('a', fields);
  expect(at({meta: {lang: 'de'}, year: 2020})).toBeGreaterThan(0);
  expect(at({meta: {lang: 'de'}, year: '2020'})).toBe(0);
  expect(at({meta: {lang: 'en'}, year: 2020})).toBe(0);
  expect(at({year: 2020})).toBe(0);
  expect(at({tags: [{name: 'no'}, {name: 'ok'}], fine: true})).toBeGreaterThan(0);
  expect(at({tags: [{name: 'ok'}], fine: 1})).toBe(0);
});

test('later overrides win; equal outcomes share an index', async () => {
  const {ruleSets, variant} = await variants([
    {files: '**/*.x', rules: {'demo/near': 'off', 'demo/plain': 'off'}},
    {files: 'a/**', rules: {'demo/near': 'warn'}},
    {files: 'b/**', rules: {'demo/near': 'warn'}},
    {files: 'same', rules: {'demo/near': 'error'}},
  ]);
  const levels = (path: string) =>
    ['demo/near', 'demo/plain'].map(id => ruleSets[variant(path, {})]?.[id]?.level);
  expect(levels('c.x')).toEqual(['off', 'off']);
  expect(levels('a/c.x')).toEqual(['warn', 'off']);
  expect(levels('a/c.y')).toEqual(['warn', 'warn']);
  expect(variant('a/c.y', {})).toBe(variant('b/c.y', {}));
  expect(variant('same', {})).toBe(0);
});

test('one override per source gives one rule set per source', async () => {
  const modes = Array.from({length: 60}, (_, index) => `source-${index}`);
  const {ruleSets, variant} = await variants(
    modes.map((source, index) => ({
      where: {source},
      rules:
        index % 2
          ? {'demo/near': ['warn', {words: index + 4}]}
          : {'demo/plain': 'off', 'demo/quiet': 'warn', 'demo/near': ['error', {words: index + 4}]},
    })),
  );
  expect(ruleSets).toHaveLength(61);
  expect(ruleSets[variant('a', {source: 'source-31'})]?.['demo/near']?.options.words).toBe(35);
});

test('overrides that multiply are refused, with what to do', async () => {
  const rules = ['demo/near', 'demo/plain', 'demo/quiet', 'demo/nested/deep'];
  const overrides = Array.from({length: 12}, (_, index) => ({
    files: `**/${index}-*`,
    rules: {
      'demo/near': ['warn', {words: 1 + index}] as const,
      [rules[index % 4] ?? '']: index % 2 ? 'off' : 'error',
    } as const,
  }));
  // Twelve on four rules stay few; twelve on fields with their own open values do not.
  await variants(overrides);
  const fields = Array.from({length: 12}, (_, index) => [
    {where: {[`f${index}`]: [1, 2]}, rules: {'demo/near': 'off' as const}},
  ]).flat();
  await expect(variants([...fields, ...fields])).rejects.toThrow(ConfigError);
});

test('it is what applying the overrides one after the other gives', async () => {
  const ids = ['demo/near', 'demo/plain', 'demo/quiet', 'demo/nested/deep'];
  const override = fc.record({
    files: fc.constantFrom('**', '*.x', 'a/**', '**/b'),
    where: fc.dictionary(fc.constantFrom('f', 'g', 'l[*]'), fc.subarray([1, 2, 3], {minLength: 1}), {
      minKeys: 1,
      maxKeys: 2,
    }),
    rules: fc.dictionary(fc.constantFrom(...ids), fc.constantFrom('off', 'warn', 'error'), {maxKeys: 3}),
  });
  const value = fc.constantFrom(1, 2, 3, undefined);
  await fc.assert(
    fc.asyncProperty(
      fc.array(override, {maxLength: 5}),
      fc.array(
        fc.record({
          path: fc.constantFrom('p.x', 'a/b', 'b', 'c/d'),
          f: value,
          g: value,
          l: fc.array(fc.constantFrom(1, 2, 3)),
        }),
        {minLength: 1, maxLength: 5},
      ),
      async (entries, records) => {
        const {config, ruleSets, variant} = await variants(entries as OverrideEntry[], '/nowhere');
        for (const {path, ...fields} of records) {
          const expected = {...config.rules};
          for (const [index, {files, where}] of entries.entries()) {
            const inFile = {
              '**': true,
              '*.x': path === 'p.x',
              'a/**': path === 'a/b',
              '**/b': /(^|\/)b$/.test(path),
            }[files];
            const fits = Object.entries(where).every(([key, wanted]) =>
              wanted.some(item =>
                key === 'l[*]' ? fields.l.includes(item) : fields[key as 'f' | 'g'] === item,
              ),
            );
            if (inFile && fits) Object.assign(expected, config.overrides[index]?.rules);
          }
          expect(ruleSets[variant(path, fields)]).toEqual(expected);
        }
      },
    ),
    {numRuns: 60},
  );
});
