import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
  addRecord,
  budget,
  decodeSample,
  emptySample,
  encodeSample,
  keyOfHead,
  mergeSample,
  sampledRecords,
  subtractSample,
  wordsKept,
} from '../../../rules/tail/sample.js';
import {random} from './random.js';

function sampleOf(records: readonly Uint32Array[]) {
  const sample = emptySample();
  for (const words of records) addRecord(sample, words);
  return sample;
}

/** A corpus that is several times what a sample has room for, with repeats. */
function corpus(seed: number, records: number, length = 300): Uint32Array[] {
  const next = random(seed);
  const all: Uint32Array[] = [];
  for (let index = 0; index < records; index++) {
    if (index > 10 && next() < 0.1) all.push(all[Math.floor(next() * index)]!);
    else
      all.push(
        Uint32Array.from({length: 1 + Math.floor(next() * length)}, () => Math.floor(next() * 2 ** 32)),
      );
  }
  return all;
}

/** What a sample should be, from its definition: nothing of the code that keeps it. */
function expected(records: readonly Uint32Array[]): Map<number, {words: string; records: number}> {
  const heads = records.filter(words => words.length > 0).map(words => words.slice(0, wordsKept));
  const counts = new Map<string, {key: number; room: number; records: number}>();
  for (const head of heads) {
    const known = counts.get(head.join());
    if (known) known.records++;
    else counts.set(head.join(), {key: keyOfHead(head), room: head.length + 8, records: 1});
  }
  const kept = new Map<number, {words: string; records: number}>();
  let room = 0;
  for (const [words, {key, room: own, records}] of [...counts].sort((a, b) => a[1].key - b[1].key)) {
    if (room >= budget) break;
    kept.set(key, {words, records});
    room += own;
  }
  return kept;
}

describe('a sample of records', () => {
  test('is the least keys that the budget has room for, each distinct text once', () => {
    for (const [seed, size] of [
      [1, 50],
      [2, 6000],
    ] as const) {
      const records = corpus(seed, size);
      const held = sampledRecords(sampleOf(records));
      expect(new Map(held.map(({key, words, records}) => [key, {words: words.join(), records}]))).toEqual(
        expected(records),
      );
    }
    expect(expected(corpus(2, 6000)).size).toBeLessThan(3000);
  });

  test('is the same bytes in any order and grouping, under the budget and beyond it', () => {
    const large = corpus(3, 5000, 500);
    fc.assert(
      fc.property(
        fc.array(fc.integer({min: 0, max: 3}), {minLength: large.length, maxLength: large.length}),
        fc.boolean(),
        fc.boolean(),
        (parts, few, left) => {
          const records = few ? large.slice(0, 40) : large;
          const whole = encodeSample(sampleOf(records));
          const samples = [0, 1, 2, 3].map(part =>
            sampleOf(records.filter((_, index) => parts[index] === part)),
          );
          const restored = samples.map(sample => decodeSample(encodeSample(sample)));
          if (left) for (const part of [1, 2, 3]) mergeSample(restored[0]!, restored[part]!);
          else {
            mergeSample(restored[3]!, restored[2]!);
            mergeSample(restored[1]!, restored[3]!);
            mergeSample(restored[0]!, restored[1]!);
          }
          expect(Buffer.compare(encodeSample(restored[0]!), whole)).toBe(0);
        },
      ),
      {numRuns: 12, seed: 4},
    );
  });

  test('comes back from its bytes', () => {
    const bytes = encodeSample(sampleOf(corpus(5, 100)));
    expect(encodeSample(decodeSample(bytes))).toEqual(bytes);
    // From the middle of a file, not on a boundary of eight.
    const inside = new Uint8Array(bytes.length + 3);
    inside.set(bytes, 3);
    expect(encodeSample(decodeSample(inside.subarray(3)))).toEqual(bytes);
    expect(sampledRecords(decodeSample(encodeSample(emptySample())))).toEqual([]);
  });

  test('gives up exactly the records that are taken out of it', () => {
    const records = corpus(6, 200);
    const rest = records.filter((_, index) => index % 3 === 0);
    const kept = records.filter((_, index) => index % 3 !== 0);
    const sample = sampleOf(records);
    subtractSample(sample, sampleOf(rest));
    expect(encodeSample(sample)).toEqual(encodeSample(sampleOf(kept)));
  });

  test('beyond the budget, holds only records that were kept, all of them down to one key', () => {
    const records = corpus(7, 6000);
    const sample = sampleOf(records);
    const {limit} = sampledRecords(sample) && sample;
    subtractSample(sample, sampleOf(records.slice(0, 3000)));
    const heads = records.slice(3000).map(words => words.slice(0, wordsKept));
    const down = new Set(heads.map(head => keyOfHead(head)).filter(key => key <= limit));
    expect(new Set(sampledRecords(sample).map(({key}) => key))).toEqual(down);
    expect(down.size).toBeGreaterThan(100);
  });

  test('has no record without words', () => {
    expect(sampledRecords(sampleOf([new Uint32Array(0)]))).toEqual([]);
  });
});
