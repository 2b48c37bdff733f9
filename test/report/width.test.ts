import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {count, counted, percent, quantity, rate} from '../../src/report/numbers.js';
import {cells, head, pad, shorten, table, wrap} from '../../src/report/width.js';

describe('cells', () => {
  test.each([
    ['abc', 3],
    ['é', 1],
    ['e\u0301', 1],
    ['漢字', 4],
    ['ｗ', 2],
    ['한국', 4],
    ['👍', 2],
    ['👍🏽', 2],
    ['🇩🇪', 2],
    ['↔ ✔ …', 5],
    ['', 0],
  ])('%s takes %i', (text, expected) => {
    expect(cells(text)).toBe(expected);
  });
});

describe('lines', () => {
  test('wrap breaks at spaces and, where there are none, inside words', () => {
    expect(wrap('one two three four', 9)).toEqual(['one two', 'three', 'four']);
    expect(wrap('abcdefghijklmnop', 8)).toEqual(['abcdefgh', 'ijklmnop']);
    expect(wrap('漢字漢字漢字', 8)).toEqual(['漢字漢字', '漢字']);
    expect(wrap('', 10)).toEqual(['']);
  });

  test('wrap keeps every character and the width', () => {
    fc.assert(
      fc.property(fc.string({unit: 'grapheme'}), fc.integer({min: 8, max: 40}), (text, width) => {
        const lines = wrap(text, width);
        for (const line of lines) expect(cells(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(/[ \n]/g, '')).toBe(text.replaceAll(/[ \n]/g, ''));
      }),
    );
  });

  test('head cuts where the segmenter would', () => {
    const segmenter = new Intl.Segmenter('en', {granularity: 'grapheme'});
    const units = [
      'a',
      ' ',
      '漢',
      'é',
      'e\u0301',
      '👍🏽',
      '👩\u200d👧',
      '🇩',
      '\u1100',
      '\u1161',
      '각',
      'กำ',
      'क्षि',
      'ｶﾞ',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...units)), fc.nat(20), (parts, limit) => {
        const text = parts.join('');
        const end = head(text, limit).length;
        const found = [...segmenter.segment(text)].some(({index}) => index === end);
        expect(found || end === text.length).toBe(true);
      }),
    );
  });

  test('head, shorten and pad count cells', () => {
    expect(head('漢字', 3)).toBe('漢');
    expect(head('abc', -1)).toBe('');
    expect(shorten('abcdef', 5, '...')).toBe('ab...');
    expect(pad('漢', 4)).toBe('漢  ');
    expect(pad('7', 3, 'right')).toBe('  7');
    expect(
      table(
        [
          ['漢', '1'],
          ['abc', '10'],
        ],
        ['left', 'right'],
      ),
    ).toEqual([
      ['漢 ', ' 1'],
      ['abc', '10'],
    ]);
  });
});

describe('numbers', () => {
  test('whole numbers have thousands separators', () => {
    expect([0, 999, 1000, 1204567, -1234].map(count)).toEqual(['0', '999', '1,000', '1,204,567', '-1,234']);
    expect([counted(1, 'record'), counted(0, 'record')]).toEqual(['1 record', '0 records']);
  });

  test('a percentage never says none or all when it is not', () => {
    expect([0, 1, 0.5, 0.9136, 0.00004, 0.99998, 1e-9, 1 - 1e-9].map(percent)).toEqual([
      ...['0 %', '100 %', '50.0 %', '91.4 %', '0.004 %', '99.998 %', '<0.0001 %', '>99.9999 %'],
    ]);
    expect(rate(1, 0)).toBe('');
  });

  test('measured numbers keep four digits', () => {
    expect([0.123456, 12, 1234.56, -4321.9, 0, 1e-7, 1e21, 99.999].map(quantity)).toEqual([
      ...['0.1235', '12', '1,235', '-4,322', '0', '1e-7', '1e+21', '100'],
    ]);
  });
});
