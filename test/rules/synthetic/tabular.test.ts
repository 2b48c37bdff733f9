import {describe, expect, it} from 'vitest';
import {isTabular} from '../../../rules/synthetic/tabular.js';

const lines = (one: (n: number) => string, count = 12) =>
  Array.from({length: count}, (_, n) => one(n)).join('\n');

describe('tables and logs', () => {
  it.each([
    ['Markdown', lines(() => '| 0 | 0 | 0 |')],
    ['tabs', lines(n => `mill\t${n}\t0`)],
    ['dates', lines(n => `2031-04-0${(n % 9) + 1} pump lost, trying again`)],
    ['times in brackets', lines(n => `[10:${10 + n}:03] pump lost, trying again`)],
    ['syslog', lines(n => `Mar  3 10:${10 + n}:03 mill pump: lost, trying again`)],
    ['with a heading', `State of the pumps\n\n${lines(() => '| 0 | 0 | 0 |')}`],
  ])('are told: %s', (_, text) => expect(isTabular(text)).toBe(true));

  it.each([
    ['prose', lines(() => 'The pump was lost again and we tried it again.')],
    ['a list', lines(() => '- try the pump again')],
    ['numbered lines', lines(n => `${n + 1}. try the pump again`)],
    ['few rows', lines(() => '| 0 | 0 |', 4)],
    ['a table in a text', `${lines(() => '| 0 | 0 |')}\n${lines(() => 'And then we tried again.')}`],
  ])('are not all that repeats: %s', (_, text) => expect(isTabular(text)).toBe(false));

  it('are told in linear time', () => {
    expect(isTabular('|'.repeat(1e6))).toBe(false);
    expect(isTabular(`${'[('.repeat(1e5)}\n`.repeat(8))).toBe(false);
  });
});
