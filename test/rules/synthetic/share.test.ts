import fc from 'fast-check';
import {expect, test} from 'vitest';
import {calibrate, discoveries} from '../../../rules/synthetic/conformal.js';
import {leastShare, mixedShare} from '../../../rules/synthetic/mixture.js';
import {
  addScore,
  addTopics,
  decodeScores,
  encodeScores,
  likeness,
  mergeScores,
  noScores,
  type Scores,
  subtractScores,
} from '../../../rules/synthetic/scores.js';

/** Deterministic standard normal numbers (Box and Muller on a linear congruence). */
function normals(seed: number): () => number {
  let state = seed;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

function sample(count: number, next: () => number, shift = 0, into: Scores = noScores()): Scores {
  for (let left = count; left > 0; left--) addScore(into, next() + shift, 150, false);
  return into;
}

test('summaries merge and subtract to the bit, and survive encoding', () => {
  const records = fc.array(
    fc.record({
      score: fc.double({min: -20, max: 40, noNaN: true}),
      words: fc.integer({min: 1, max: 900}),
      answer: fc.boolean(),
    }),
    {maxLength: 30},
  );
  const of = (list: {score: number; words: number; answer: boolean}[]) => {
    const scores = noScores();
    for (const {score, words, answer} of list) {
      addScore(scores, score, words, answer);
      addTopics(scores, Uint32Array.of(words, 7 * words));
    }
    return scores;
  };
  fc.assert(
    fc.property(records, records, (one, other) => {
      const together = of([...one, ...other]);
      const merged = of(one);
      mergeScores(merged, of(other));
      expect(encodeScores(merged)).toEqual(encodeScores(together));
      expect(encodeScores(decodeScores(encodeScores(together)))).toEqual(encodeScores(together));
      subtractScores(merged, of(other));
      expect(encodeScores(merged)).toEqual(encodeScores(of(one)));
    }),
  );
});

test('of exchangeable records at most the share asked for has so small a p-value', () => {
  const next = normals(3);
  let flagged = 0;
  const rounds = 40;
  for (let round = 0; round < rounds; round++) {
    const {pValue} = calibrate(sample(500, next));
    for (let left = 500; left > 0; left--) if (pValue(next(), 150, false)!.p <= 0.05) flagged++;
  }
  // 20,000 trials, and calibration samples of 500: three standard errors are 0.0075.
  expect(flagged / (rounds * 500)).toBeLessThan(0.0575);
  expect(flagged / (rounds * 500)).toBeGreaterThan(0.03);
});

test('too small a reference gives no p-value, a length without records that of its kind', () => {
  const next = normals(4);
  expect(calibrate(sample(49, next)).pValue(3, 150, false)).toBeUndefined();
  const {pValue} = calibrate(sample(400, next));
  expect(pValue(30, 1000, false)).toEqual({p: 1 / 401, records: 400});
});

test.each([0, 0.05, 0.2, 0.5, 1])('bound and interval hold their level at a share of %f', share => {
  const next = normals(5);
  const rounds = 200;
  let bound = 0;
  let interval = 0;
  for (let at = 0; at < rounds; at++) {
    // Each record is machine text with this chance: rounds differ in how many there are.
    const round = noScores();
    for (let left = 300; left > 0; left--) {
      const isMachine = (left * 0.6180339887 + at * 0.3247) % 1 < share;
      sample(1, next, isMachine ? 2 : 0, round);
    }
    const human = sample(400, next);
    if (leastShare(round, human) <= share + 0.01) bound++;
    const mixed = mixedShare(round, human, sample(300, next, 2))!;
    if (mixed.interval[0] <= share + 0.005 && share - 0.005 <= mixed.interval[1]) interval++;
  }
  // 95 % promised; 200 draws of 95 % are under 180 once in a thousand times.
  expect(bound).toBeGreaterThanOrEqual(180);
  expect(interval).toBeGreaterThanOrEqual(180);
});

test('samples that score as people do say nothing about a share', () => {
  const next = normals(6);
  const {interval} = mixedShare(sample(300, next), sample(300, next), sample(300, next, 0.02))!;
  expect(interval[1] - interval[0]).toBeGreaterThan(0.5);
});

test('lists follow Benjamini and Hochberg, worked out by hand', () => {
  const pValues = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216].map(p => ({
    p,
    count: 1,
  }));
  // Thresholds at 5 %: 0.005, 0.01, 0.015 …: the second is the last to stand.
  expect(discoveries(pValues, 0.05)).toEqual({count: 2, limit: 0.008});
  expect(discoveries(pValues, 0.001).count).toBe(0);
});

test('two samples of one corpus are alike, whatever their size; two corpora are not', () => {
  const next = normals(8);
  const texts = (count: number, from: number) => {
    const scores = noScores();
    for (let left = count; left > 0; left--) {
      addTopics(
        scores,
        Uint32Array.from({length: 60}, () => from + Math.floor(Math.abs(next()) * 90)),
      );
    }
    return scores;
  };
  expect(likeness(texts(100, 0), texts(400, 0))).toBeGreaterThan(0.97);
  expect(likeness(texts(400, 0), texts(400, 200))).toBeLessThan(0.7);
});
