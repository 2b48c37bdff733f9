import fc from 'fast-check';
import {expect, test} from 'vitest';
import {
  createSignalSampler,
  decodeSignals,
  encodeSignals,
  mergeSignals,
  orderOf,
  percentiles,
} from '../../src/profile/signals.js';

interface Seen {
  readonly key: string;
  readonly hash: string;
}

/** The same bytes always give the same number. */
const numberOf = ({hash}: Seen) => (orderOf(hash) % 1000) / 1000;

const seen: fc.Arbitrary<Seen> = fc.record({
  key: fc.constantFrom('synthetic a@1', 'synthetic a@2', 'refusal b@1'),
  hash: fc.string({unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 32}),
});

function sampled(all: readonly Seen[]) {
  const sampler = createSignalSampler();
  for (const one of all) sampler.add(one.key, orderOf(one.hash), numberOf(one));
  return sampler.finish();
}

test('the same records give the same bytes in any order and grouping', () => {
  const shuffled = fc
    .array(seen, {maxLength: 60})
    .chain(all => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, {minLength: all.length}), fc.nat(60)));
  fc.assert(
    fc.property(shuffled, ([all, mixed, cut]) => {
      const parts = [mixed.slice(0, cut), mixed.slice(cut)].map(sampled);
      const stored = parts.map(part => decodeSignals(encodeSignals(part)));
      expect(encodeSignals(mergeSignals(stored))).toEqual(encodeSignals(sampled(all)));
    }),
  );
});

test('of many records those with the least hashes are kept, whichever came first', () => {
  const many = Array.from({length: 9000}, (_, at) => ({
    key: 'synthetic a@1',
    hash: ((at * 2654435761) % 2 ** 32).toString(16).padStart(8, '0').repeat(4),
  }));
  const least = many
    .map(({hash}) => orderOf(hash))
    .sort((a, b) => a - b)
    .slice(0, 2048);
  const forwards = sampled(many);
  expect([...forwards.get('synthetic a@1')!.keys()].sort((a, b) => a - b)).toEqual(least);
  expect(encodeSignals(sampled([...many].reverse()))).toEqual(encodeSignals(forwards));
  const halves = [many.slice(0, 3000), many.slice(3000)].map(sampled);
  expect(encodeSignals(mergeSignals(halves))).toEqual(encodeSignals(forwards));
});

test('percentiles begin with the least value and end with the greatest', () => {
  const values = new Map(Array.from({length: 1001}, (_, at) => [at, ((at * 5) % 1001) / 1000]));
  expect(percentiles(values)).toEqual(Array.from({length: 101}, (_, at) => at / 100));
  expect(percentiles(new Map([[1, 0.25]]))).toEqual(new Array(101).fill(0.25));
});
