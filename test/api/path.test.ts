import fc from 'fast-check';
import {describe, expect, it, test} from 'vitest';
import {compileEach, compilePath, getPath, PathError} from '../../src/api.js';

const row = {
  text: 'x',
  meta: {id: 7, 'a.b': 'dotted', none: null},
  samples: [{text: 'one'}, {text: 'two'}, 'three'],
  messages: [{content: 'a'}, {role: 'user'}, {content: 'b'}, null],
  grid: [
    [1, 2],
    [3, 4],
  ],
  'a.b': {c: 'top'},
  'my key': 1,
  list: 'abc',
};

describe('compilePath', () => {
  it.each<[path: string, values: unknown[]]>([
    ['text', ['x']],
    ['meta.id', [7]],
    ['meta.none', [null]],
    ['samples[0].text', ['one']],
    ['samples[-1]', ['three']],
    ['samples[-2].text', ['two']],
    ['samples[3]', []],
    ['samples[-4]', []],
    ['messages[*].content', ['a', 'b']],
    ['grid[*][*]', [1, 2, 3, 4]],
    ['grid[1][0]', [3]],
    ['["a.b"].c', ['top']],
    ['meta["a.b"]', ['dotted']],
    ['["\\u0061.b"]["c"]', ['top']],
    ['my key', [1]],
    ['missing', []],
    ['text.length', []],
    ['list[0]', []],
    ['samples.length', []],
    ['meta[*]', []],
    ['meta[0]', []],
  ])('%s', (path, values) => expect(getPath(row, path)).toEqual(values));

  it('gives the same function for many rows', () => {
    const id = compilePath('meta.id');
    expect([{meta: {id: 1}}, {}, {meta: {id: 2}}].map(id)).toEqual([[1], [], [2]]);
  });

  it('takes undefined for absent', () => expect(getPath({a: undefined}, 'a')).toEqual([]));

  it.each<[path: string, position: number, problem: string]>([
    ['', 0, 'expected a key at column 1'],
    ['.a', 0, 'expected a key'],
    ['a..b', 2, 'expected a key at column 3'],
    ['a.', 2, 'expected a key'],
    ['a[', 1, 'expected `[0]`, `[*]` or `["key"]`'],
    ['a[x]', 1, 'expected `[0]`'],
    ["a['x']", 1, 'expected `[0]`'],
    ['a[1.5]', 1, 'expected `[0]`'],
    ['a[0]b', 4, 'expected `.` or `[`'],
    ['a.*', 2, 'expected a key'],
    ['a*', 1, 'expected `.` or `[`'],
    ['a]', 1, 'expected `.` or `[`'],
    ['["\\x"]', 1, 'expected a JSON string'],
  ])('refuses %j', (path, position, problem) => {
    expect(() => compilePath(path)).toThrow(PathError);
    expect(() => compilePath(path)).toThrow(problem);
    expect(() => compilePath(path)).toThrow(expect.objectContaining({path, position}));
  });

  it('never reaches a prototype', () => {
    const inherited = fc.constantFrom(
      ...Object.getOwnPropertyNames(Object.prototype),
      ...Object.getOwnPropertyNames(Array.prototype),
      ...Object.getOwnPropertyNames(String.prototype),
    );
    fc.assert(
      fc.property(fc.array(inherited, {minLength: 1, maxLength: 3}), keys => {
        const path = keys.map(key => `["${key}"]`).join('');
        expect(getPath(row, path)).toEqual([]);
        expect(getPath({a: [{}, []]}, `a[*]${path}`)).toEqual([]);
      }),
    );
    expect(getPath(JSON.parse('{"__proto__":{"x":1}}'), '__proto__.x')).toEqual([1]);
  });

  it('finds any value of any row', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), (fields, pick) => {
        const keys = Object.keys(fields);
        if (keys.length === 0) return;
        const key = keys[pick % keys.length]!;
        expect(getPath(fields, `[${JSON.stringify(key)}]`)).toEqual([fields[key]]);
      }),
    );
  });
});

describe('compileEach', () => {
  const row = {
    claims: [{score: 1}, {}, null, 'text', {score: null}],
    nested: [{of: [{at: 1}, {}]}, {of: []}, {}],
    empty: [],
    one: 4,
  };
  test.each([
    ['claims[*].score', [1, undefined, undefined, undefined, null]],
    ['nested[*].of[*].at', [1, undefined, undefined, undefined]],
    ['claims[*]', row.claims],
    ['empty[*].score', []],
    ['gone[*].score', []],
    ['one', [4]],
    ['gone', []],
  ])('%s', (path, expected) => {
    expect(compileEach(path)(row)).toEqual(expected);
  });
});
