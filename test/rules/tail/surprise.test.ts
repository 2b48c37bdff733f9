import {describe, expect, test} from 'vitest';
import {trainNgrams} from '../../../rules/tail/ngrams.js';
import {kindOf, predictorOf, surpriseOf} from '../../../rules/tail/predictor.js';
import {addRecord, emptySample, keyOfHead} from '../../../rules/tail/sample.js';
import {chanceOfFew, shareAbove} from '../../../rules/tail/share-above.js';
import surpriseRule from '../../../rules/tail/surprise.js';
import surprisingRule from '../../../rules/tail/surprising.js';
import type {
  CorpusRecord,
  CorpusRule,
  MeasureValue,
  RecordRule,
  SignalValue,
  Table,
} from '../../../src/api.js';
import {random} from './random.js';

/** Words with a Zipf law and a little order: each draws from its own part of the vocabulary half of the time. */
function text(next: () => number, words: number, types = 5000): Uint32Array {
  let last = 0;
  return Uint32Array.from({length: words}, () => {
    const rank = Math.floor(types ** next());
    last = next() < 0.5 ? rank : (last * 31 + Math.floor(5 * next())) % 5000;
    return (last * 2654435761 + 7) >>> 0;
  });
}

const texts = (seed: number, count: number, types?: number) => {
  const next = random(seed);
  return Array.from({length: count}, () => text(next, 5 + Math.floor(60 * next()), types));
};

/** Witten and Bell's interpolation as the paper has it, with lists of words as keys. */
function plainModel(corpus: readonly Uint32Array[]) {
  const after = new Map<string, Map<number, number>>();
  for (const words of corpus) {
    const padded = [-1, -1, ...words];
    for (let index = 2; index < padded.length; index++) {
      for (const order of [0, 1, 2]) {
        const context = padded.slice(index - order, index).join();
        if (!after.has(context)) after.set(context, new Map());
        const counts = after.get(context)!;
        counts.set(padded[index]!, (counts.get(padded[index]!) ?? 0) + 1);
      }
    }
  }
  const probability = (context: readonly number[], word: number): number => {
    const shorter = context.length === 0 ? 2 ** -20 : probability(context.slice(1), word);
    const counts = after.get(context.join());
    if (counts === undefined) return shorter;
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    return ((counts.get(word) ?? 0) + counts.size * shorter) / (total + counts.size);
  };
  return (words: Uint32Array) => {
    const padded = [-1, -1, ...words];
    const bits = [...words].map(
      (word, index) => -Math.log2(probability(padded.slice(index, index + 2), word)),
    );
    return bits.reduce((sum, bit) => sum + bit, 0) / words.length;
  };
}

describe('the trigram model', () => {
  test('gives the bits of Witten and Bell’s formula', () => {
    const corpus = texts(1, 200, 300);
    const plain = plainModel(corpus);
    const model = trainNgrams(corpus);
    for (const words of [...texts(2, 50, 300), ...texts(3, 20, 5000), corpus[0]!]) {
      expect(model.bitsPerWord(words)).toBeCloseTo(plain(words), 9);
    }
    expect(model.tokens).toBe(corpus.reduce((sum, words) => sum + words.length, 0));
  });

  test('gives finite bits to what it never saw, and NaN to nothing', () => {
    const model = trainNgrams(texts(1, 50));
    expect(model.bitsPerWord(Uint32Array.of(1, 2, 3))).toBeGreaterThan(20);
    expect(model.bitsPerWord(Uint32Array.of(1, 2, 3))).toBeLessThan(100);
    expect(trainNgrams([]).bitsPerWord(Uint32Array.of(1))).toBeNaN();
    expect(model.bitsPerWord(new Uint32Array(0))).toBeNaN();
  });
});

describe('the share above a percentile', () => {
  test('is the nominal one on average, and its interval holds it, whatever the two sizes', () => {
    const next = random(5);
    for (const [held, round, nominal] of [
      [60, 400, 0.1],
      [500, 200, 0.05],
      [400, 1000, 0.01],
    ] as const) {
      const runs = 400;
      let sum = 0;
      let covered = 0;
      for (let run = 0; run < runs; run++) {
        const draw = (count: number) => Float64Array.from({length: count}, next).sort();
        const kind = () => ({values: draw(round / 2), heldOut: draw(held)});
        const {value, interval} = shareAbove([kind(), kind()], nominal);
        sum += value;
        if (interval![0] <= nominal && nominal <= interval![1]) covered++;
      }
      // Split conformal prediction: floor((n + 1) nominal) / (n + 1) exactly; 4 standard errors of the mean.
      const exact = (held + 1 - Math.ceil((held + 1) * (1 - nominal) - 1e-9)) / (held + 1);
      const error = Math.sqrt((nominal * (1 / held + 1 / round)) / runs);
      expect(Math.abs(sum / runs - exact)).toBeLessThan(4 * error);
      expect(covered / runs).toBeGreaterThan(0.93);
    }
  });

  test('is not measured where too few were held out', () => {
    const values = (count: number) => Float64Array.from({length: count}, (_, index) => index);
    const of = (held: number, nominal: number) => {
      const kind = {values: values(50), heldOut: values(held)};
      return [shareAbove([kind, kind], nominal).value, chanceOfFew([kind, kind], nominal)];
    };
    expect(of(8, 0.1)).toEqual([Number.NaN, Number.NaN]);
    expect(of(9, 0.1)[0]).toBeCloseTo(41 / 50);
    expect(of(98, 0.01)).toEqual([Number.NaN, Number.NaN]);
  });

  test('has a chance that is right whatever the distribution', () => {
    const next = random(6);
    const runs = 2000;
    const draw = (count: number) => Float64Array.from({length: count}, () => next() ** 4).sort();
    const below = [0.01, 0.05, 0.2, 0.5].map(level => ({level, count: 0}));
    for (let run = 0; run < runs; run++) {
      const chance = chanceOfFew(
        [
          {values: draw(300), heldOut: draw(150)},
          {values: draw(280), heldOut: draw(170)},
        ],
        0.1,
      );
      for (const each of below) if (chance <= each.level) each.count++;
    }
    // Chances are those of whole numbers, so a little less; 4 standard errors above is too often.
    for (const {level, count} of below) {
      const error = Math.sqrt(level * (1 - level) * runs);
      expect(count).toBeLessThan(level * runs + 4 * error);
      expect(count).toBeGreaterThan(0.8 * level * runs - 4 * error);
    }
  });
});

const corpusRule = surpriseRule as CorpusRule;
const recordRule = surprisingRule as RecordRule;
const record = {} as CorpusRecord;

function summaryOf(all: readonly Uint32Array[]): unknown {
  const summary = corpusRule.init();
  for (const words of all) corpusRule.observe(summary, record, {options: {}, feature: () => words as never});
  return summary;
}

function measure(round: readonly Uint32Array[], reference?: readonly Uint32Array[]) {
  const tables: Table[] = [];
  const context = {
    options: {},
    view: 'all',
    report: () => {},
    table: (table: Table) => tables.push(table),
  } as const;
  const measures = corpusRule.measure(summaryOf(round), reference && summaryOf(reference), context) as Record<
    string,
    Required<MeasureValue>
  >;
  return {measures, tables};
}

describe('tail/surprise', () => {
  test('finds a round of the same kind at its nominal shares', () => {
    const {measures, tables} = measure(texts(11, 1500), texts(12, 3000));
    for (const [name, nominal] of [
      ['surprise.above90', 0.1],
      ['surprise.above95', 0.05],
      ['surprise.above99', 0.01],
    ] as const) {
      const {value, interval, reference} = measures[name]!;
      expect(reference).toBeCloseTo(nominal, 12);
      expect(Math.abs(value - nominal)).toBeLessThan(0.03);
      expect(interval[0]).toBeLessThanOrEqual(nominal);
      expect(interval[1]).toBeGreaterThanOrEqual(nominal);
    }
    expect(measures['surprise.mean']!.value).toBeCloseTo(measures['surprise.mean']!.reference, 0);
    const [table] = tables;
    const shares = table!.rows.map(row => row[2] as number);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    for (const share of shares) expect(Math.abs(share - 0.1)).toBeLessThan(0.06);
  });

  test('misses the surprising records where the round has lost them', () => {
    // The same law, drawn anew from a fiftieth of the vocabulary: what is left is likely under the reference.
    const {measures} = measure(texts(13, 1500, 100), texts(12, 3000));
    expect(measures['surprise.above90']!.interval[1]).toBeLessThan(0.1);
    expect(measures['surprise.mean']!.value).toBeLessThan(measures['surprise.mean']!.reference - 0.5);
  });

  test('finds too many of them in noise', () => {
    const next = random(14);
    const noise = texts(15, 500).map(words => words.map(() => Math.floor(next() * 2 ** 32)));
    expect(measure(noise, texts(12, 3000)).measures['surprise.above99']!.interval[0]).toBeGreaterThan(0.5);
  });

  test('finds nothing missing in the reference itself, which half of the model was made of', () => {
    const own = texts(12, 3000);
    const {measures} = measure(own, own);
    expect(measures['surprise.above90']!.value).toBeCloseTo(0.1, 2);
    expect(measures['surprise.p']!.value).toBeGreaterThan(0.2);
  });

  test('measures nothing without a reference, without records, and beside a handful of records', () => {
    expect(measure(texts(1, 50)).measures).toEqual({});
    expect(measure([], texts(1, 500)).measures).toEqual({});
    expect(measure(texts(1, 50), texts(2, 8)).measures).toEqual({});
  });
});

describe('tail/surprising', () => {
  function signalsOf(words: Uint32Array, reference: unknown, maximum = 1) {
    const signals: Record<string, SignalValue> = {};
    const reports: unknown[] = [];
    const run = recordRule.create({
      options: {maximum} as never,
      reference: rule => (rule === 'tail/surprise' ? reference : undefined),
      feature: () => words as never,
      signal: (name: string, value: SignalValue) => {
        signals[name] = value;
      },
      report: finding => reports.push(finding),
    });
    run(record);
    return {signals, reports};
  }

  test('gives the bits of the model and the place among the held-out records', () => {
    const reference = emptySample();
    for (const words of texts(12, 3000)) addRecord(reference, words);
    const predictor = predictorOf(reference)!;
    const places = texts(16, 400).map(words => {
      const {signals} = signalsOf(words, reference);
      const {model, heldOut} = predictor.kinds[kindOf(keyOfHead(words))];
      expect(signals.surprise).toBe(model.bitsPerWord(words));
      expect(signals['surprise-percentile']).toBe(surpriseOf(predictor, words).percentile);
      const below = [...heldOut].filter(bits => bits < (signals.surprise as number)).length;
      expect(signals['surprise-percentile']).toBeCloseTo(below / heldOut.length, 2);
      return signals['surprise-percentile'] as number;
    });
    // Of text of the same kind percentiles are uniform: their mean is 1/2, give or take 3 standard errors.
    const mean = places.reduce((sum, place) => sum + place, 0) / places.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(
      3 * Math.sqrt(1 / 12) * Math.sqrt(1 / 400 + 1 / predictor.kinds[0].heldOut.length),
    );
  });

  test('reports what is beyond the maximum, and by default nothing', () => {
    const reference = summaryOf(texts(12, 1000));
    const noise = Uint32Array.from({length: 30}, (_, index) => 977 * index + 5);
    expect(signalsOf(noise, reference).reports).toEqual([]);
    expect(signalsOf(noise, reference, 0.99).reports).toEqual([
      {messageId: 'surprising', data: {bits: expect.any(Number), percent: 100}},
    ]);
  });

  test('abstains, and says why', () => {
    const some = Uint32Array.of(1, 2, 3);
    const reason = (words: Uint32Array, reference: unknown) => {
      const {signals} = signalsOf(words, reference);
      expect(signals['surprise-percentile']).toEqual(signals.surprise);
      return signals.surprise;
    };
    const absent = (text: string) => ({absent: 'not-applicable', reason: expect.stringContaining(text)});
    expect(reason(some, undefined)).toEqual(absent('no trusted reference'));
    expect(reason(some, summaryOf(texts(1, 8)))).toEqual(absent('too few'));
    expect(reason(new Uint32Array(0), summaryOf(texts(1, 500)))).toEqual(absent('no words'));
  });
});
