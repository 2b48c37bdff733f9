import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {alone} from '../../../src/detector/own/alone.js';
import {areaInterval, areaOf, rateOf} from '../../../src/detector/own/curve.js';
import {figuresOf, rateWithInterval} from '../../../src/detector/own/figures.js';
import {groupByPassages, sameness} from '../../../src/detector/own/passages.js';
import {randomNumbers} from '../../../src/detector/train/random.js';

const scores = fc.array(fc.integer({min: 0, max: 20}), {minLength: 2, maxLength: 30});

describe('area under the curve', () => {
  it('is the share of pairs in order, ties half', () => {
    fc.assert(
      fc.property(scores, scores, (human, machine) => {
        let sum = 0;
        for (const h of human) for (const m of machine) sum += m > h ? 1 : m === h ? 0.5 : 0;
        expect(areaOf(human, machine)).toBeCloseTo(sum / human.length / machine.length, 12);
      }),
    );
  });

  it('has an interval that holds it, and nearly always the true one', () => {
    // Two normal distributions one deviation apart: the true area is the normal distribution's at 1 / sqrt(2).
    const truth = 0.76025;
    const random = randomNumbers(5);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    let held = 0;
    const rounds = 400;
    for (let round = 0; round < rounds; round++) {
      const human = Array.from({length: 60}, normal);
      const machine = Array.from({length: 40}, () => normal() + 1);
      const [low, high] = areaInterval(human, machine);
      const area = areaOf(human, machine);
      expect(low <= area && area <= high).toBe(true);
      if (low <= truth && truth <= high) held++;
    }
    // 95 % of 400, less four standard deviations.
    expect(held).toBeGreaterThan(0.95 * rounds - 4 * Math.sqrt(rounds * 0.95 * 0.05));
  });

  it('of sets without overlap is 1 with room below', () => {
    const [low, high] = areaInterval([1, 2, 3, 4], [5, 6, 7, 8]);
    expect(high).toBe(1);
    expect(low).toBe(0.25);
  });
});

describe('share found at a rate of false positives', () => {
  it('flags at most that share of human records', () => {
    fc.assert(
      fc.property(scores, scores, fc.double({min: 0, max: 0.99, noNaN: true}), (human, machine, fpr) => {
        const found = rateOf(human, machine, fpr);
        const threshold = [...human].sort((a, b) => b - a)[Math.floor(fpr * human.length)]!;
        expect(human.filter(score => score > threshold).length).toBeLessThanOrEqual(fpr * human.length);
        expect(found).toBe(machine.filter(score => score > threshold).length / machine.length);
      }),
    );
  });

  it('has an interval that nearly always holds the true one', () => {
    // Uniform human scores, machine ones above 0.99 in 60 of 100 cases.
    const random = randomNumbers(9);
    const rounds = 300;
    let held = 0;
    for (let round = 0; round < rounds; round++) {
      const human = Array.from({length: 600}, random);
      const machine = Array.from({length: 300}, () =>
        random() < 0.6 ? 0.99 + 0.01 * random() : 0.99 * random(),
      );
      const {rate, interval} = rateWithInterval(human, machine, 0.01);
      expect(interval[0] <= rate && rate <= interval[1]).toBe(true);
      if (interval[0] <= 0.6 && 0.6 <= interval[1]) held++;
    }
    expect(held / rounds).toBeGreaterThan(0.95 - 4 * Math.sqrt((0.95 * 0.05) / rounds));
  });

  it('is not given for fewer than 500 human records, nor anything for fewer than 30', () => {
    const records = (human: number, machine: number, words: number) =>
      Array.from({length: human + machine}, (_, at) => ({
        machine: at >= human,
        words,
        judged: (at % 97) / 97,
      }));
    expect(figuresOf(records(499, 100, 60)).map(({words, rate}) => [words, rate])).toEqual([
      ['all', null],
      ['50 to 100', null],
    ]);
    expect(figuresOf(records(500, 100, 60))[1]!.rate).not.toBeNull();
    expect(figuresOf([...records(500, 100, 60), ...records(29, 100, 500)]).map(({words}) => words)).toEqual([
      'all',
      '50 to 100',
    ]);
  });
});

describe('one number alone', () => {
  const half = (index: number) => index & 1;

  it('tells sets apart whether it is higher, lower or in between', () => {
    const random = randomNumbers(1);
    const spread = Float64Array.from({length: 400}, random);
    for (const machine of [spread.map(x => x + 2), spread.map(x => x - 2), spread.map(x => 0.45 + x / 10)])
      expect(alone(spread, machine, half)!.area).toBeGreaterThan(0.9);
    expect(alone(spread, Float64Array.from({length: 400}, random), half)!.area).toBeLessThan(0.6);
  });

  it('says nothing of what few records tell', () => {
    const silent = new Float64Array(400).fill(Number.NaN);
    silent.fill(1, 0, 60);
    expect(alone(silent, new Float64Array(400), half)).toBeUndefined();
  });
});

describe('texts that share passages', () => {
  const words = (from: number, count: number) =>
    Array.from({length: count}, (_, at) => `w${((from + at) * 7919) % 5003}`).join(' ');

  it('are in one group, copies are named, and other texts are not', () => {
    const texts = [words(0, 120), `${words(3000, 40)} ${words(30, 80)}`, words(1000, 120), words(0, 120)];
    const {groups, copies} = groupByPassages(texts);
    expect(groups[0]).toBe(groups[1]);
    expect(groups[2]).not.toBe(groups[0]);
    expect(copies).toContainEqual([0, 3]);
    expect(copies.flat()).not.toContain(2);
  });

  it('are not those that share a stock phrase of many', () => {
    const stock = words(4000, 40);
    const texts = Array.from({length: 60}, (_, at) => `${stock} ${words(at * 60, 60)}`);
    expect(new Set(groupByPassages(texts).groups).size).toBe(60);
  });

  it('are the same but for marks and case', () => {
    expect(sameness('“The Keeper” slept…')).toBe(sameness('the keeper, slept'));
    expect(sameness('the keeper slept')).not.toBe(sameness('the keepers lept'));
  });
});
