import fc from 'fast-check';
import {expect, test} from 'vitest';
import {Places} from '../../src/corpus/input.js';

test('places are those that were added, however many there are', () => {
  const place = fc.record({
    number: fc.nat(),
    start: fc.nat({max: 2 ** 40}),
    reason: fc.option(fc.string(), {nil: undefined}),
  });
  fc.assert(
    fc.property(fc.array(place, {maxLength: 70}), all => {
      const places = new Places();
      for (const {number, start, reason} of all) places.add(number, start, start + 1, reason);
      expect(places.count).toBe(all.length);
      expect([...places.numbers(0, places.count)]).toEqual(all.map(({number}) => number));
      for (const [at, {start}] of all.entries())
        expect([places.start(at), places.end(at)]).toEqual([start, start + 1]);
      const wrong = all.flatMap(({reason}, at) => (reason === undefined ? [] : [[at, reason] as const]));
      expect(places.malformed(0, places.count)).toEqual(new Map(wrong));
    }),
  );
});

test('a hundred thousand files of one record take some tens of megabytes', () => {
  const before = process.memoryUsage();
  const all = Array.from({length: 100_000}, () => new Places());
  for (const places of all) places.add(1, 0, 300);
  const after = process.memoryUsage();
  const taken = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
  expect(all.length * 1200).toBeGreaterThan(taken);
});
