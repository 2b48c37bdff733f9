import fc from 'fast-check';
import {expect, test} from 'vitest';
import {ConfigError} from '../../src/config/error.js';
import {loadConfig} from '../../src/config/load.js';
import {parseSource} from '../../src/config/parse.js';
import {demo, failure, folder} from './demo.js';

function parse(text: string | Uint8Array) {
  return parseSource(typeof text === 'string' ? new TextEncoder().encode(text) : text, 'rc', '/');
}

function load(text: string) {
  return loadConfig({cwd: folder({'.collapserc': text}), plugins: [demo]});
}

test.each<[string, string, RegExp]>([
  ['an open list', 'a: [1\nb: 2\n', /^rc:2:1 /],
  ['an open string', 'a: "x\n', /^rc:2:1 Missing closing "quote\.$/],
  ['indentation by tabs', '\ta: 1\n', /^rc:1:1 Tabs are not allowed as indentation\.$/],
  ['a wrong indentation', 'a: 1\n b: 2\n', /^rc:1:4 /],
  [
    'a star without quotes',
    'rules:\n  *: off\n',
    /^rc:2:\d+ .* Something that starts with `\*` must stand in quotes\.$/,
  ],
  ['an unknown tag', 'a: !env HOME\n', /^rc:1:4 Unresolved tag: !env\.$/],
  ['two documents', 'a: 1\n---\nb: 2\n', /^rc:2:\d+ A second YAML document starts here\. Keep only one\.$/],
  ['a key that is a list', '? [a]\n: 1\n', /^rc:1:3 A key must be plain text\.$/],
  ['a key twice', 'a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n', /^rc:5:3 Key `c` is there twice\. Remove one\.$/],
  ['a key twice in JSON', '{"a": 1,\n "a": 2}', /^rc:2:2 Key `a` is there twice\. Remove one\.$/],
  ['an alias of nothing', 'a: *x\n', /^rc:1:4 No value before this is marked `&x`\.$/],
  ['an alias inside itself', 'a: &x [1, *x]\n', /^rc:1:11 `\*x` stands inside the value that it names\.$/],
])('%s', async (_, text, message) => {
  expect((await failure(() => parse(text)))[0]).toMatch(message);
});

test('aliases work, and errors inside one have the place of what it names', async () => {
  const {config} = await load(
    'rules:\n  demo/near: &x [warn, {minimum: 0.5}]\noverrides: [{files: a, rules: {demo/near: *x}}]\n',
  );
  expect(config.overrides[0]?.rules['demo/near']).toMatchObject({level: 'warn', options: {minimum: 0.5}});
  const text =
    'rules:\n  demo/near: &x [warn, {minimum: 3}]\noverrides: [{files: a, rules: {demo/near: *x}}]\n';
  expect(await failure(() => load(text))).toEqual([
    '.collapserc:2:34 Option `minimum` of demo/near must be at most 1, found `3`.',
  ]);
});

test('aliases of aliases do not grow', async () => {
  const level = (index: number) =>
    `a${index}: &a${index} [${Array(9)
      .fill(`*a${index - 1}`)
      .join(', ')}]\n`;
  const bomb = `a0: &a0 [x, x, x]\n${Array.from({length: 9}, (_, index) => level(index + 1)).join('')}`;
  expect(await failure(() => parse(bomb))).toEqual([
    'Config `rc` has aliases of aliases that grow without bound. Write the values out.',
  ]);
  const many = `a: &a x\nb: [${Array(101).fill('*a').join(', ')}]\n`;
  expect((await failure(() => parse(many)))[0]).toMatch(
    /^rc:2:\d+ More than 100 aliases\. Write the values out\.$/,
  );
});

test.each([
  ['lists', '['.repeat(20_000)],
  ['closed lists', `a: ${'['.repeat(1000)}${']'.repeat(1000)}`],
  ['mappings', '{a: '.repeat(20_000)],
  ['block lists', '- '.repeat(20_000)],
  ['block keys', '? '.repeat(20_000)],
  ['indented mappings', Array.from({length: 500}, (_, index) => `${' '.repeat(index)}a:`).join('\n')],
])('deep nesting of %s', async (_, text) => {
  expect(await failure(() => parse(text))).toEqual(['Config `rc` is nested more than 64 levels deep.']);
});

test('64 levels are not too deep', async () => {
  const {value} = await parse(`a: ${'['.repeat(60)}${']'.repeat(60)}`);
  expect(JSON.stringify(value)).toHaveLength('{"a":}'.length + 120);
});

test('files of the wrong kind', async () => {
  expect(await failure(() => parse(new Uint8Array(2 ** 20 + 1)))).toEqual([
    'Config `rc` has 1048577 bytes; a config may have at most 1048576. Is it the right file?',
  ]);
  expect(await failure(() => parse(Uint8Array.of(0x61, 0x3a, 0xff)))).toEqual([
    'Config `rc` is not valid UTF-8. Save it as UTF-8 text.',
  ]);
});

test('many unknown keys: the first are shown, all that are kept are counted', async () => {
  const text = Array.from({length: 5000}, (_, index) => `key${index}: 1`).join('\n');
  const lines = await failure(() => load(text));
  expect(lines).toHaveLength(51);
  expect(lines[0]).toBe('.collapserc:1:1 Unknown key `key0`.');
  expect(lines[50]).toBe('… and 950 more.');
});

test('keys of objects are only keys', async () => {
  const before = Object.keys(Object.prototype);
  const lines = await failure(() =>
    load(
      '__proto__: {polluted: 1}\nconstructor: 1\nrules: {__proto__: off, toString: warn}\ngates: {hasOwnProperty: on}\n',
    ),
  );
  expect(lines).toEqual([
    '.collapserc:1:1 Unknown key `__proto__`.',
    '.collapserc:2:1 Unknown key `constructor`.',
    '.collapserc:3:9 Unknown rule `__proto__`.',
    '.collapserc:3:25 Unknown rule `toString`.',
    '.collapserc:4:9 Unknown gate `hasOwnProperty`.',
  ]);
  expect(Object.keys(Object.prototype)).toEqual(before);
  expect(({} as {polluted?: number}).polluted).toBeUndefined();
  const {config} = await load('overrides: [{where: {__proto__: x}, rules: {}}]\n');
  expect(Object.hasOwn(config.overrides[0]?.where ?? {}, '__proto__')).toBe(true);
});

test('what a message shows is short and cannot act on the terminal', async () => {
  const lines = await failure(() => load(`"\\e[2J\\u202e${'x'.repeat(500)}": 1\nfailOn: "\\e]0;x"\n`));
  expect(lines[0]).toContain('Unknown key `\\u{1b}[2J\\u{202e}xxx');
  expect(lines[0]?.length).toBeLessThan(140);
  expect(lines.join('')).not.toMatch(/[\u0000-\u001f\u202e]/);
});

test('any text either is a config or says what is wrong with it', async () => {
  const yamlish = fc.string({unit: fc.constantFrom(...'ab:-[]{}&*!?|>"\'#%@`,\n\t 1.~'), maxLength: 60});
  await fc.assert(
    fc.asyncProperty(fc.oneof(yamlish, fc.string()), async text => {
      try {
        const {value} = await parse(text);
        expect(() => JSON.stringify(value)).not.toThrow();
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigError);
      }
    }),
    {numRuns: 300},
  );
});
