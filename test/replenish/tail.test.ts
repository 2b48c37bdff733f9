import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {wordKey} from '../../rules/tail/types.js';
import {createTextAnalyser} from '../../src/features/text.js';
import {
  countRecord,
  createSpectrum,
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
  test('have no word in common, and are rare', () => {
    const times = new Map<number, number>();
    for (const record of reference)
      for (const hash of record) times.set(wordKey(hash), (times.get(wordKey(hash)) ?? 0) + 1);
    // Whole classes of frequency in all of the reference, from the rarest on.
    const most = Math.max(...chosenBy.map(key => times.get(key)!));
    const rarest = [...times].filter(([key, count]) => key % 2 === 0 && count <= most).map(([key]) => key);
    expect([...chosenBy].sort()).toEqual(rarest.sort());
    expect(judgedOn.length).toBeGreaterThan(100);
    expect(judgedOn.every(key => key % 2 === 1)).toBe(true);
    const common = [...times].filter(([, count]) => count > 50).map(([key]) => key);
    expect(common.length).toBeGreaterThan(50);
    expect(common.filter(key => judgedOn.includes(key))).toEqual([]);
  });

  test('take no part of the reference rather than another', () => {
    const numbers = new Map(Array.from(chosenBy, (key, number) => [key, number]));
    const rich = [...reference]
      .sort((a, b) => wordsAmong(b, numbers).length - wordsAmong(a, numbers).length)
      .slice(0, 200);
    const judged = (records: readonly Uint32Array[]) => spectrumOf(records).sizes.reduce((a, b) => a + b, 0);
    // Five eighths of all records judge; 0.1 is three standard errors of 200.
    expect(judged(rich) / 200).toBeCloseTo(judged(reference) / 800, 0.7);
  });
});

test('missing are the words that no record has', () => {
  const records = all(2, 200);
  const numbers = new Map(Array.from(chosenBy, (key, number) => [key, number]));
  const held = new Set(records.flatMap(record => [...wordsAmong(record, numbers)]));
  expect(missingFrom(spectrumOf(records), chosenBy)).toEqual(
    chosenBy.filter((_, number) => !held.has(number)),
  );
  expect(held.size).toBeGreaterThan(20);
});

test('a record names each word once', () => {
  const numbers = new Map(Array.from(chosenBy, (key, number) => [key, number]));
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
