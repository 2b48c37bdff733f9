import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {answerFrom, createExtractor, lastBoxed} from '../../../rules/agreement/extract.js';
import {compilePattern, repeatsRepeats} from '../../../rules/agreement/pattern.js';
import {lastNumber, normalNumber} from '../../../src/api.js';

const defaults = {extract: ['tag', 'boxed', 'number'], tag: 'answer', pattern: '', pointer: '/answer'};
const read = (text: string, options: Partial<typeof defaults> = {}) =>
  createExtractor({...defaults, ...options})(text)?.shown;
const same = (a: string, b: string) => answerFrom(a).key === answerFrom(b).key;

describe('numbers', () => {
  test.each([
    ['1,000', '1000'],
    ['1.0e3', '1000'],
    ['1E+3', '1000'],
    ['$1,000.00', '1000'],
    ['1 000', '1000'],
    ['1 00', undefined],
    ['1\u202f000', '1000'],
    ['1,000 000', undefined],
    ['12,34', '617/50'],
    ['1,234', '1234'],
    ['1.234', '617/500'],
    ['1.234,5', '2469/2'],
    ['1.234.567', '1234567'],
    ['1.234.567,80', '6172839/5'],
    ['1 234,5', '2469/2'],
    ['1\u2019234.5', '2469/2'],
    ["1'000", '1000'],
    ['1_000', '1000'],
    ['12,34,567', '1234567'],
    ['1,00,000.50', '200001/2'],
    ['1,2,3', undefined],
    ['1.2.3', undefined],
    ['1,234.567,8', undefined],
    ['€ 1.234,50', '2469/2'],
    ['1.234,50 €', '2469/2'],
    ['12,5 %', '25/2'],
    ['\u22121,5', '-3/2'],
    ['\u22121.0e\u22123', '-1/1000'],
    ['+7', '7'],
    ['--7', undefined],
    ['½', '1/2'],
    ['1½', '3/2'],
    ['Infinity', undefined],
    ['NaN', undefined],
    ['0x10', undefined],
    ['0.50', '1/2'],
    ['.5', '1/2'],
    ['5.', '5'],
    ['-0', '0'],
    ['−7', '-7'],
    ['-$3', '-3'],
    ['50%', '50'],
    ['1/2', '1/2'],
    ['1 3/4', '7/4'],
    ['-1 3/4', '-7/4'],
    ['\\frac{3}{6}', '1/2'],
    ['-\\dfrac{3}{6}', '-1/2'],
    ['1/0', undefined],
    ['9007199254740993', '9007199254740993'],
    ['1e9999', undefined],
    ['e5', undefined],
    ['.', undefined],
    ['', undefined],
    ['٣', undefined],
  ])('%s is %s', (text, expected) => {
    expect(normalNumber(text)).toBe(expected);
  });

  test('all spellings of a number are one', () => {
    const cents = fc.bigInt({min: -(10n ** 20n), max: 10n ** 20n});
    fc.assert(
      fc.property(cents, fc.nat({max: 12}), (value, places) => {
        const [sign, digits] = value < 0n ? ['-', `${-value}`] : ['', `${value}`];
        const padded = digits.padStart(places + 1, '0');
        const whole = padded.slice(0, padded.length - places);
        const rest = padded.slice(padded.length - places);
        const spellings = [
          `${sign}${whole}.${rest}`,
          `${sign}${whole}.${rest}000`,
          `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${rest}`,
          `${sign}${digits}e-${places}`,
          `${sign}${digits}/${10n ** BigInt(places)}`,
        ];
        expect(new Set(spellings.map(normalNumber)).size).toBe(1);
        expect(normalNumber(spellings[0]!)).toBeDefined();
      }),
    );
  });

  test('numbers that differ in the last of many digits stay apart', () => {
    expect(same('9007199254740993', '9007199254740992')).toBe(false);
  });

  test.each([
    ['16-3=13 so A: 13.', '13'],
    ['It is x = -3', '-3'],
    ['12 - 5', '5'],
    ['at $-4 each', '-4'],
    ['We pay -$40', '-40'],
    ['3/4 of it', '3/4'],
    ['so 1 1/2 nets', '1 1/2'],
    ['1,250,000 eels.', '1,250,000'],
    ['costs 1.5e3', '1.5e3'],
    ['room 101', '101'],
    ['Es sind 12,5 m', '12,5'],
    ['zusammen 1.234,50 Euro', '1.234,50'],
    ['soit 12 500 francs', '12 500'],
    ['soit 12\u202f500,5 francs', '12\u202f500,5'],
    ['in 2019 300 came', '300'],
    ['1, 2 and 3', '3'],
    ['on 5/6', '5/6'],
    ['about 1½ nets', '1 1/2'],
    ['10½', '10 1/2'],
    ['x = \u22123', '-3'],
    ['none', undefined],
    ['7, and then nothing', '7'],
  ])('the last number of “%s” is %s', (text, expected) => {
    expect(lastNumber(text)).toBe(expected);
  });
});

describe('answers', () => {
  test.each([
    ['<answer>4</answer> or <ANSWER> 5 </ANSWER>', '5'],
    ['\\boxed{1} then \\boxed{\\frac{1}{2}}', '\\frac{1}{2}'],
    ['<answer>cut off', undefined],
    ['\\boxed{\\text{a \\} b}}', '\\text{a \\} b}'],
    ['first 3, in the end 4', '4'],
    ['İ <answer>5</answer>', '5'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test('a box or tag that is not closed was cut off: no answer, whatever stands before or in it', () => {
    expect(lastBoxed('\\boxed{\\frac{1}{2}')).toBeNull();
    expect(read('\\boxed{12', {extract: ['boxed']})).toBeUndefined();
    expect(read('3 + 4 = 7, so \\boxed{')).toBeUndefined();
    expect(read('\\boxed{7} or <answer>8')).toBeUndefined();
    expect(read('<answer>8', {extract: ['number']})).toBe('8');
  });

  test('of several ways the first that finds one counts', () => {
    expect(read('\\boxed{3} of 4')).toBe('3');
    expect(read('\\boxed{3} of 4', {extract: ['number']})).toBe('4');
    expect(read(' all of it ', {extract: ['exact']})).toBe('all of it');
  });

  test('JSON, bare and in a fence, with escapes in the pointer', () => {
    const json = {extract: ['json'], pointer: '/a~1b/0'};
    expect(read('{"a/b": [7]}', json)).toBe('7');
    expect(read('So:\n```json\n{"a/b": [{"y": 1, "x": 2}]}\n```', json)).toBe('{"x":2,"y":1}');
    expect(read('{"a/b": []}', json)).toBeUndefined();
    expect(read('{"a/b": [null]}', json)).toBeUndefined();
    expect(read('not JSON', json)).toBeUndefined();
    expect(read('{}', {extract: ['json'], pointer: '/__proto__'})).toBeUndefined();
  });

  test('a pattern gives its first group, of the last match', () => {
    expect(read('option (b), no: option (c)', {extract: ['regex'], pattern: 'option \\((\\w)\\)'})).toBe('c');
    expect(() => read('', {extract: ['regex']})).toThrow('`pattern` must be set');
    expect(() => read('', {extract: ['guess']})).toThrow('names `guess`; it knows tag, boxed');
    expect(() => read('', {extract: ['json'], pointer: 'answer'})).toThrow('begins with `/`');
    expect(() => compilePattern('(')).toThrow('cannot be read');
  });

  test.each(['(a+)+', '(?:a|ab)*x', '((a)*b)*', '([a-z]+){2,}'])('refuses %s', pattern => {
    expect(repeatsRepeats(pattern)).toBe(true);
    expect(() => compilePattern(pattern)).toThrow('repeats a group');
  });
  test.each(['(abc)+', 'a+b*', '[(+]+', '\\(+\\)+', '(a+)b', '(?:ab){3}c+'])('allows %s', pattern => {
    expect(repeatsRepeats(pattern)).toBe(false);
  });

  test('spellings of one answer are one', () => {
    for (const [a, b] of [
      ['\\text{Paris}', 'paris.'],
      ['5\\text{ dollars}', '$5'],
      ['\\left(1, 2\\right)', '(1, 2)'],
      ['Two  words', 'two\nwords'],
      ['ﬁve', 'five'],
      ['50\\%', '50'],
    ] as const)
      expect(same(a, b), `${a} and ${b}`).toBe(true);
    expect(same('b', 'c')).toBe(false);
    expect(same('(1, 2)', '(1, 3)')).toBe(false);
    expect(same('1/2', '3/2')).toBe(false);
  });

  test('hostile responses are read in linear time', () => {
    for (const text of [
      '\\boxed{'.repeat(50_000),
      '<answer>'.repeat(50_000),
      '1,'.repeat(100_000),
      '1 '.repeat(100_000),
    ])
      createExtractor({...defaults, extract: ['tag', 'boxed', 'number', 'json', 'exact']})(text);
  });
});
