import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {barScale, markScale, scaleOf, tickText} from '../../../src/report/svg/scale.js';

describe('round ends, computed by hand', () => {
  test.each([
    // Width, parts and so the least step; the step is the next of 1, 2, 5 times a power of ten.
    [[0, 0.96], 4, [0, 0.5, 1]],
    [[0, 0.612], 4, [0, 0.2, 0.4, 0.6, 0.8]],
    [[0, 0.3], 4, [0, 0.1, 0.2, 0.3]],
    [[-21.4, 6.8], 4, [-30, -20, -10, 0, 10]],
    [[0, 4000], 4, [0, 1000, 2000, 3000, 4000]],
    [[7.22, 9.02], 2, [7, 8, 9, 10]],
    [[17_900, 20_554], 2, [16_000, 18_000, 20_000, 22_000]],
    [[0, 0], 4, [0, 0.5]],
    [[], 4, [0, 0.5]],
    [[0.07, 0.1], 3, [0.07, 0.08, 0.09, 0.1]],
  ])('%j in %i parts', (values, parts, ticks) => {
    expect(scaleOf(values, parts).ticks).toEqual(ticks);
  });
});

test('places are percent of the width', () => {
  const scale = barScale([-10, 30]);
  expect([scale.low, scale.high]).toEqual([-10, 30]);
  expect([-10, 0, 5, 30].map(scale.at)).toEqual([0, 25, 37.5, 100]);
  expect(scaleOf([0, 3], 3).at(1)).toBe(33.33);
  // What lies outside stands at the edge.
  expect([-99, 99].map(scale.at)).toEqual([0, 100]);
});

test('bars begin at 0, however alike they are', () => {
  expect(barScale([0.98, 0.99]).low).toBe(0);
  expect(barScale([-4, -2]).high).toBe(0);
});

test('marks are never drawn further apart than they are', () => {
  const close = markScale([0.5, 0.501], 'share');
  expect(close.high - close.low).toBeGreaterThanOrEqual(0.1);
  const words = markScale([1000, 1001], 'words');
  expect(words.high - words.low).toBeGreaterThanOrEqual(200);
  const top = markScale([1, 0.999], 'share');
  expect(top.high).toBe(1);
  expect(markScale([0, 0.001], 'share').low).toBe(0);
});

test('any numbers have a scale that holds them', () => {
  // Next to the largest numbers there are no rounder ones that could hold them.
  const finite = fc.double({min: -1e306, max: 1e306, noNaN: true});
  const number = fc.oneof(finite, fc.constantFrom(Number.NaN, Infinity, -Infinity));
  fc.assert(
    fc.property(fc.array(number, {maxLength: 8}), fc.integer({min: 1, max: 6}), (values, parts) => {
      const {low, high, ticks, at} = scaleOf(values, parts);
      expect(Number.isFinite(low) && Number.isFinite(high) && low < high).toBe(true);
      expect(ticks.length).toBeLessThanOrEqual(3 * parts + 3);
      expect(ticks).toEqual([...ticks].sort((a, b) => a - b));
      const places = values
        .filter(Number.isFinite)
        .sort((a, b) => a - b)
        .map(at);
      for (const place of places) expect(place >= 0 && place <= 100).toBe(true);
      expect(places).toEqual([...places].sort((a, b) => a - b));
    }),
    {numRuns: 500},
  );
});

test('numbers that next to nothing tells apart still have a scale', () => {
  const {low, high} = scaleOf([9.999999999995e305, 9.999999999995001e305], 2);
  expect(low).toBeLessThan(high);
});

test('ticks are short', () => {
  expect(tickText(0.2, 'share')).toBe('20 %');
  expect(tickText(0.07, 'share')).toBe('7 %');
  expect(tickText(0.005, 'share')).toBe('0.5 %');
  expect(tickText(20_000, 'count')).toBe('20,000');
  expect(tickText(-0.5, undefined)).toBe('-0.5');
});
