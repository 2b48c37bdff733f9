import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {mixType} from '../../rules/tail/types.js';
import {createTextAnalyser} from '../../src/features/text.js';
import {
  countRecord,
  createSpectrum,
  isOnOffer,
  least,
  missingFrom,
  splitTail,
  stateOf,
  withRecords,
  wordsAmong,
} from '../../src/replenish/tail.js';
import {corpus, damaged} from '../run/damaged.js';

const analyser = createTextAnalyser();
const hashes = (text: string) => {
  analyser.read(text);
  return analyser.words().slice();
};
const all = (seed: number, count: number) => corpus(seed, count).map(hashes);
const spectrumOf = (records: readonly Uint32Array[]) => withRecords(createSpectrum(), records);

const reference = all(1, 800);
const summary = spectrumOf(reference);
const {chosenBy, judgedOn} = splitTail(summary, 0.05);

describe('the two parts of the tail', () => {
  test('have no word in common, and the judging one is rare in the half that gives no records', () => {
    expect(chosenBy.filter(key => judgedOn.includes(key))).toEqual([]);
    const times = new Map<number, number>();
    for (const record of reference.filter(each => !isOnOffer(each))) {
      for (const hash of record) times.set(mixType(hash), (times.get(mixType(hash)) ?? 0) + 1);
    }
    // Whole classes of frequency, from the rarest on, of the words that do not choose.
    const most = Math.max(...judgedOn.map(key => times.get(key)!));
    const rarest = [...times].filter(([key, count]) => key % 2 === 1 && count <= most).map(([key]) => key);
    expect([...judgedOn].sort()).toEqual(rarest.sort());
    expect(judgedOn.length).toBeLessThan(times.size / 2);
  });

  test('the halves of the reference are about equal', () => {
    expect(reference.filter(isOnOffer).length / reference.length).toBeCloseTo(0.5, 1);
    expect(isOnOffer(new Uint32Array(0))).toBe(false);
  });
});

test('missing are the words that no record has', () => {
  const records = all(2, 200);
  const numbers = new Map(chosenBy.map((key, number) => [key, number]));
  const held = new Set(records.flatMap(record => [...wordsAmong(record, numbers)]));
  expect(missingFrom(spectrumOf(records), chosenBy)).toEqual(
    chosenBy.filter((_, number) => !held.has(number)),
  );
  expect(held.size).toBeGreaterThan(20);
});

test('a record names each word once', () => {
  const numbers = new Map(chosenBy.map((key, number) => [key, number]));
  const record = reference.find(each => wordsAmong(each, numbers).length > 1)!;
  const twice = Uint32Array.of(...record, ...record);
  expect(wordsAmong(twice, numbers)).toEqual(wordsAmong(record, numbers));
});

describe('the state of a round', () => {
  test('is 1, give or take chance, of a round of the same kind, and less of a damaged one', () => {
    const covered = [11, 12, 13, 14, 15, 16, 17, 18, 19, 20].filter(seed => {
      const {interval} = stateOf(spectrumOf(all(seed, 300)), summary, judgedOn)!;
      return interval[0] <= 1 && 1 <= interval[1];
    });
    expect(covered.length).toBeGreaterThanOrEqual(8);
    const cut = stateOf(spectrumOf(damaged(corpus(21, 600)).map(hashes)), summary, judgedOn)!;
    expect(cut.interval[1]).toBeLessThan(1);
  });

  test('does not mind how records came in', () => {
    const [one, two] = [all(22, 150), all(23, 150)];
    const round = createSpectrum();
    for (const record of one) countRecord(round, record);
    const before = stateOf(round, summary, judgedOn);
    expect(stateOf(withRecords(round, two), summary, judgedOn)).toEqual(
      stateOf(spectrumOf([...two, ...one]), summary, judgedOn),
    );
    expect(stateOf(round, summary, judgedOn)).toEqual(before);
  });

  test('is not measured on a handful of records', () => {
    expect(stateOf(spectrumOf(all(24, 40)), summary, judgedOn)).toBeUndefined();
  });
});

test('the least number is found where there is one, and the number before it does not do', () => {
  fc.assert(
    fc.property(fc.integer({min: 0, max: 2000}), fc.integer({min: 0, max: 2100}), (most, from) => {
      expect(least(most, number => number >= from)).toBe(from <= most ? from : undefined);
    }),
  );
  fc.assert(
    fc.property(fc.array(fc.boolean(), {minLength: 1, maxLength: 300}), holding => {
      const found = least(holding.length - 1, number => holding[number]!);
      if (found === undefined) return;
      expect(holding[found]).toBe(true);
      expect(found === 0 || !holding[found - 1]).toBe(true);
    }),
  );
});
