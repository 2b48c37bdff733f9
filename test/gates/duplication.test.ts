import fc from 'fast-check';
import {expect, test} from 'vitest';
import {wilson} from '../../rules/statistics/proportions.js';
import type {RoundGate} from '../../src/api.js';
import duplication from '../../src/gates/duplication.js';

const judge = (hits: number, records: number, options = {maximum: 0.1, repeats: 2}) =>
  (duplication as RoundGate).judge(
    {'flagged.duplicate': {value: hits / records, interval: wilson(hits, records)}},
    options as never,
  ).status;

test('a single repeat fails no round, however small; two do', () => {
  expect([judge(1, 1), judge(1, 2), judge(2, 3), judge(2, 2), judge(2, 20)]).toEqual([
    'pass',
    'pass',
    'fail',
    'fail',
    'pass',
  ]);
  expect(judge(1, 2, {maximum: 0.1, repeats: 1})).toBe('fail');
});

test('the count is read out of the interval, whatever the numbers', () => {
  fc.assert(
    fc.property(
      fc.integer({min: 1, max: 1e6}),
      fc.integer({min: 1, max: 1e6}),
      fc.integer({min: 1, max: 50}),
      (a, b, repeats) => {
        const [hits, records] = [Math.min(a, b), Math.max(a, b)];
        expect(judge(hits, records, {maximum: 0, repeats})).toBe(hits < repeats ? 'pass' : 'fail');
      },
    ),
  );
});
