import {describe, expect, test} from 'vitest';
import voice from '../../../rules/homogeneity/voice.js';
import type {CorpusRule, RoundGate} from '../../../src/api.js';
import gate from '../../../src/gates/voice.js';
import {measured, random, record, zipfText} from './corpus.js';

const rule = voice as CorpusRule;

/** Texts of one Zipf law; `share` of them begin with the same words. */
function corpus(seed: number, count: number, share = 0) {
  const next = random(seed);
  return Array.from({length: count}, () =>
    record({text: `${next() < share ? 'Sure here is ' : ''}${zipfText(next, 40)}.`}),
  );
}

const status = (measures: ReturnType<typeof measured>['measures']) =>
  (gate as RoundGate).judge(measures, {rise: 0.1} as never).status;

describe('openings', () => {
  test('are counted over all texts, the most frequent first', () => {
    const {measures, tables} = measured(rule, corpus(1, 1000, 0.3));
    expect(Math.abs(measures['homogeneity.openings']!.value - 0.3)).toBeLessThan(0.06);
    const table = tables.find(({id}) => id === 'homogeneity.openings')!;
    expect(table.rows[0]![0]).toBe('sure here is');
    expect(table.rows[0]![2]).toBe((table.rows[0]![1] as number) / 1000);
    expect(Math.abs(measures['homogeneity.opening-collision']!.value - 0.09)).toBeLessThan(0.03);
  });

  test('are those of the answer, not of the prompt', () => {
    const next = random(2);
    const records = Array.from({length: 150}, () =>
      record({prompt: 'Tell me now', response: `Once upon time ${zipfText(next, 20)}`}),
    );
    const {tables} = measured(rule, records);
    expect(tables[0]!.rows[0]!.slice(0, 2)).toEqual(['once upon time', 150]);
  });

  test('repeats of one text count once', () => {
    const records = corpus(3, 200);
    const {measures} = measured(rule, [...records, ...Array.from({length: 500}, () => records[0]!)]);
    expect(measures).toEqual(measured(rule, records).measures);
  });

  test('of a sample are those of all, to its error', () => {
    const records = corpus(4, 20_000, 0.2);
    const counts = new Map<string, number>();
    for (const {text} of records) {
      const opening = text.toLowerCase().split(' ').slice(0, 3).join(' ');
      counts.set(opening, (counts.get(opening) ?? 0) + 1);
    }
    const top = [...counts.values()].sort((a, b) => b - a).slice(0, 10);
    const share = top.reduce((sum, count) => sum + count, 0) / records.length;
    const {value, interval} = measured(rule, records).measures['homogeneity.openings']!;
    expect(Math.abs(value - share)).toBeLessThan(0.03);
    expect(interval![1] - interval![0]).toBeLessThan(0.04);
  });
});

describe('held against a reference', () => {
  test('both are of equally many texts', () => {
    const [round, reference] = [corpus(5, 1500, 0.1), corpus(6, 300)];
    const {measures, tables} = measured(rule, round, reference);
    const other = measured(rule, reference, round);
    for (const name of ['homogeneity.openings', 'homogeneity.closings', 'homogeneity.frames']) {
      expect(measures[name]!.reference).toBe(other.measures[name]!.value);
    }
    expect(tables[0]!.note).toContain('300 texts');
  });

  test('halves of one corpus pass the gate, also where all of it begins alike', () => {
    for (const share of [0, 0.5]) {
      const all = corpus(7, 600, share);
      const next = random(8);
      for (let time = 0; time < 100; time++) {
        const [one, other] = [[], []] as [typeof all, typeof all];
        for (const each of all) (next() < 0.5 ? one : other).push(each);
        expect(status(measured(rule, one, other).measures)).toBe('pass');
      }
    }
  });

  test('a round in which a quarter begins alike fails', () => {
    for (let seed = 10; seed < 30; seed++) {
      expect(status(measured(rule, corpus(seed, 500, 0.25), corpus(seed + 100, 500)).measures)).toBe('fail');
    }
  });
});

test('nothing is measured of few or short texts', () => {
  expect(measured(rule, corpus(40, 99))).toEqual({measures: {}, tables: [], findings: []});
  const short = Array.from({length: 200}, (_, at) => record({text: `Only ${at} words`}));
  expect(measured(rule, short).measures).toEqual({});
  const {measures} = measured(rule, corpus(41, 200), corpus(42, 50));
  expect(measures['homogeneity.openings']!.reference).toBeUndefined();
  expect(measures['homogeneity.voice']).toBeUndefined();
});
