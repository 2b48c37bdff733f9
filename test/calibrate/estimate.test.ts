import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {wilson} from '../../rules/statistics/proportions.js';
import {type Labelled, stepsOf} from '../../src/calibrate/estimate.js';
import {randomNumbers} from '../../src/detector/train/random.js';

const labelled = fc.array(
  fc.record({
    bad: fc.boolean(),
    score: fc.option(fc.integer({min: 0, max: 9}), {nil: undefined}),
    stratum: fc.constant(0),
  }),
  {minLength: 1, maxLength: 40},
);

describe('what each limit would do', () => {
  it('counts flagged records, with the intervals of Wilson where all are drawn alike', () => {
    fc.assert(
      fc.property(labelled, records => {
        for (const step of stepsOf(records, [1000])) {
          const above = records.filter(({score}) => score !== undefined && score >= step.score);
          const hit = above.filter(({bad}) => bad).length;
          const bad = records.filter(one => one.bad).length;
          const good = records.length - bad;
          const wrong = above.length - hit;
          expect(step.flagged).toBe(above.length);
          expect(step.precision.value).toBeCloseTo(hit / above.length, 12);
          expect(step.precision.interval).toEqual(wilson(hit, above.length));
          if (bad > 0) expect(step.recall.value).toBeCloseTo(hit / bad, 12);
          if (good > 0) expect(step.fpr.value).toBeCloseTo(wrong / good, 12);
          expect(step.expectedFpr).toBeCloseTo((wrong + 1) / (good + 1), 12);
        }
      }),
    );
  });

  it('weighs strata by how many records each stands for', () => {
    // 10 of 100 flagged records were reviewed, and 10 of 900 others.
    const of = (count: number, one: Labelled) => Array.from({length: count}, () => one);
    const records = [
      ...of(8, {bad: true, score: 9, stratum: 0}),
      ...of(2, {bad: false, score: 8, stratum: 0}),
      ...of(1, {bad: true, score: 3, stratum: 1}),
      ...of(9, {bad: false, score: 2, stratum: 1}),
    ];
    const [first, second] = stepsOf(records, [100, 900]);
    // 80 bad records flagged, 90 not; 20 good ones flagged of 830.
    expect(first!.recall.value).toBeCloseTo(80 / 170, 12);
    expect(first!.fpr.value).toBe(0);
    expect(second!.precision.value).toBeCloseTo(0.8, 12);
    expect(second!.fpr.value).toBeCloseTo(20 / 830, 12);
    // One good record more, of those that stand for 90.
    expect(second!.expectedFpr).toBeCloseTo((20 + 90) / (830 + 90), 12);
  });

  it('holds the true recall and share of false positives of a stratified sample', () => {
    const random = randomNumbers(4);
    const rounds = 150;
    const held = {recall: 0, fpr: 0, precision: 0};
    // 300 flagged records, 70 % bad, two thirds of the bad and a tenth of the good score high; 2,700 others, 5 % bad.
    const truth = {
      recall: (300 * 0.7 * (2 / 3)) / (300 * 0.7 + 2700 * 0.05),
      fpr: (300 * 0.3 * 0.1) / (300 * 0.3 + 2700 * 0.95),
      precision: (0.7 * (2 / 3)) / (0.7 * (2 / 3) + 0.3 * 0.1),
    };
    for (let round = 0; round < rounds; round++) {
      const records = Array.from({length: 120}, (_, at): Labelled => {
        const stratum = at < 60 ? 0 : 1;
        const bad = random() < (stratum === 0 ? 0.7 : 0.05);
        const high = stratum === 0 && random() < (bad ? 2 / 3 : 0.1);
        return {bad, score: high ? 1 : 0, stratum};
      });
      const [step] = stepsOf(records, [300, 2700]);
      for (const key of ['recall', 'fpr', 'precision'] as const) {
        const [low, high] = step![key].interval;
        if (low <= truth[key] && truth[key] <= high) held[key]++;
      }
    }
    const least = 0.95 - 4 * Math.sqrt((0.95 * 0.05) / rounds);
    for (const count of Object.values(held)) expect(count / rounds).toBeGreaterThan(least);
  });
});
