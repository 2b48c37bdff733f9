import fc from 'fast-check';
import {expect, test} from 'vitest';
import {compileGlob} from '../../src/config/glob.js';

test.each<[string, string[], string[]]>([
  ['a.jsonl', ['a.jsonl', 'a.jsonl/b'], ['b/a.jsonl', 'aXjsonl', 'a.jsonl2']],
  ['*.jsonl', ['a.jsonl', '.jsonl'], ['b/a.jsonl', 'a.json']],
  ['**/*.jsonl', ['a.jsonl', 'b/a.jsonl', 'b/c/d.jsonl'], ['a.json', 'a.jsonl/b']],
  ['wiki', ['wiki', 'wiki/a', 'wiki/b/c'], ['wikia', 'a/wiki']],
  ['wiki/', ['wiki/a'], ['a/wiki']],
  ['./wiki/**', ['wiki/a', 'wiki/b/c', 'wiki'], ['a']],
  ['wiki/*', ['wiki/a'], ['wiki/b/c', 'wiki']],
  ['**', ['a', 'a/b', '<stdin>'], []],
  ['a/**/b/**/*.x', ['a/b/c.x', 'a/1/2/b/3/c.x', 'a/b/b/c.x'], ['a/c.x', 'b/a/b/c.x']],
  ['a*b*c', ['abc', 'a1b2c', 'abbcc', 'a…b…c'], ['ab', 'acb', 'a/bc']],
  ['?.x', ['a.x', '😀.x'], ['.x', 'ab.x', '/.x']],
  ['[a-c1]_[!x]', ['a_a', 'c_b', '1_-'], ['d_a', 'a_x', 'a_']],
  ['[]]', [']'], ['a']],
  ['[^a]', ['b'], ['a']],
  ['{a,b/c}.x', ['a.x', 'b/c.x'], ['b.x', '{a,b/c}.x']],
  ['{a,{b,c}d}', ['a', 'bd', 'cd'], ['d', 'ad']],
  ['part-{1,2}{x,y}', ['part-1x', 'part-2y'], ['part-12']],
  ['\\*\\{a\\}', ['*{a}'], ['x{a}', 'a']],
  ['data (1).jsonl', ['data (1).jsonl'], ['data 1.jsonl']],
  ['../else/*', ['../else/a'], ['else/a']],
])('%s', (glob, yes, no) => {
  const test = compileGlob(glob);
  expect(yes.filter(path => !test(path))).toEqual([]);
  expect(no.filter(path => test(path))).toEqual([]);
});

test.each(['!a', '@(a|b)', 'x+(a)', '/abs', 'C:\\x', '{a', 'a}', '{a}', '[a', '{a,b}'.repeat(11)])(
  'refuses %s',
  glob => {
    expect(() => compileGlob(glob)).toThrow(/^Glob pattern `.*` cannot be used: /);
  },
);

test('it agrees with a regular expression made the plain way', () => {
  const letters = fc.constantFrom('a', 'b', '/', '*', '?');
  const path = fc
    .string({unit: fc.constantFrom('a', 'b', '/'), maxLength: 10})
    .filter(text => !/^\/|\/\/|\/$/.test(text) && text !== '');
  const glob = fc
    .string({unit: letters, minLength: 1, maxLength: 8})
    .filter(text => !/^\/|\/\/|\/$|\*\*/.test(text));
  fc.assert(
    fc.property(glob, path, (pattern, text) => {
      const body = pattern.replaceAll('*', '[^/]*').replaceAll('?', '[^/]');
      const below = /[*?][^/]*$/.test(pattern) ? '' : '(/.*)?';
      expect(compileGlob(pattern)(text)).toBe(new RegExp(`^${body}${below}$`).test(text));
    }),
    {numRuns: 1000},
  );
});

test('many stars end', () => {
  const stars = compileGlob(`${'*a'.repeat(200)}b`);
  expect(stars('a'.repeat(5000))).toBe(false);
  const folders = compileGlob(`${'**/a/'.repeat(200)}b`);
  expect(folders('a/'.repeat(5000))).toBe(false);
});
