import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {chanceOfSurvival, survivalOf} from '../../../rules/tail/rarefaction.js';
import {
  countRecord,
  createSpectrum,
  decodeSpectrum,
  encodeSpectrum,
  groupOf,
  mergeSpectra,
  type Spectrum,
  subtractSpectra,
} from '../../../rules/tail/spectrum.js';
import survival from '../../../rules/tail/survival.js';
import {choicesOf, tailOf} from '../../../rules/tail/survive.js';
import {
  choosing,
  chosenTokens,
  firstGroup,
  judgedTokens,
  judging,
  keysOf,
  placeOf,
  wordKey,
} from '../../../rules/tail/types.js';
import type {RoundGate} from '../../../src/api.js';
import {createTextAnalyser} from '../../../src/features/text.js';
import tail from '../../../src/gates/tail.js';
import {random, spread} from './random.js';

/** Records of Zipf words; each record keeps to a few words of its own, as texts do. */
function corpus(seed: number, records: number, types = 4000): Uint32Array[] {
  const next = random(seed);
  const draw = () => spread(Math.floor(types ** next()));
  return Array.from({length: records}, () => {
    const own = Array.from({length: 3}, draw);
    return Uint32Array.from({length: 30}, () => (next() < 0.2 ? own[Math.floor(next() * 3)]! : draw()));
  });
}

function spectrumOf(records: readonly Uint32Array[]): Spectrum {
  const spectrum = createSpectrum();
  for (const record of records) countRecord(spectrum, record);
  return spectrum;
}

const context = {options: {share: 0.05}, view: 'all', report() {}, table() {}} as never;
const measure = (round: readonly Uint32Array[], reference: readonly Uint32Array[]) =>
  survival.measure(spectrumOf(round), spectrumOf(reference), context);

test('rarefaction is the share of all draws that hold the type', () => {
  // Every way of drawing 3 of 7 records, of which 2 hold it.
  let draws = 0;
  let hits = 0;
  for (let set = 0; set < 128; set++) {
    const bits = [...set.toString(2)].filter(bit => bit === '1').length;
    if (bits !== 3) continue;
    draws++;
    if ((set & 3) !== 0) hits++;
  }
  expect(chanceOfSurvival(7, 2, 3)).toBeCloseTo(hits / draws, 12);
  expect(chanceOfSurvival(7, 0, 3)).toBe(0);
  expect(chanceOfSurvival(7, 5, 3)).toBe(1);
  expect(chanceOfSurvival(7, 1, 7)).toBe(1);
});

test('where nothing is drawn down, survival is the share of types that are there', () => {
  const held = Uint32Array.of(1, 0, 0, 0, 2, 3, 0, 1);
  expect(survivalOf(held, [5, 5], 10).value).toBeCloseTo(3 / 4, 12);
});

test('counts and tail are those of a plain count over words', () => {
  const records = corpus(1, 400);
  const spectrum = spectrumOf(records);
  const plain = new Map<number, {held: number; chosen: number; judged: number}>();
  for (const record of records) {
    const judges = groupOf(record) >= choosing;
    for (const word of record) {
      const key = wordKey(word);
      const counts = plain.get(key) ?? {held: 0, chosen: 0, judged: 0};
      plain.set(key, counts);
      if (judges) counts.judged++;
      else counts.chosen++;
    }
    if (judges) for (const word of new Set(record)) plain.get(wordKey(word))!.held++;
  }
  const {words} = spectrum;
  const counted = Array.from(keysOf(words), key => {
    const counts = words.counts.subarray(placeOf(words, key));
    const held = counts.subarray(firstGroup, firstGroup + judging).reduce((sum, count) => sum + count, 0);
    return [key, {held, chosen: counts[chosenTokens], judged: counts[judgedTokens]}];
  });
  expect(counted).toEqual([...plain].sort(([a], [b]) => a - b));
  const choices = choicesOf(spectrum.words);
  const {keys: tail, most} = tailOf(choices, 0.05);
  const {keys: next} = tailOf(choices, 0.1, most);
  expect(tail.length).toBeGreaterThan(50);
  expect(next.length).toBeGreaterThan(20);
  expect(new Set([...tail, ...next]).size).toBe(tail.length + next.length);
});

const recordArbitrary = fc
  .uint8Array({minLength: 1, maxLength: 20})
  .map(words => Uint32Array.from(words, spread));
const corpusArbitrary = fc.array(recordArbitrary, {maxLength: 20});

test('a monoid, to the bit, and what was added can be taken out', () => {
  const bytes = (spectrum: Spectrum) => Buffer.from(encodeSpectrum(spectrum)).toString('hex');
  fc.assert(
    fc.property(corpusArbitrary, corpusArbitrary, corpusArbitrary, (a, b, c) => {
      const whole = bytes(spectrumOf([...a, ...b, ...c]));
      const left = spectrumOf(a);
      mergeSpectra(left, spectrumOf(b));
      mergeSpectra(left, decodeSpectrum(encodeSpectrum(spectrumOf(c))));
      const right = spectrumOf(c);
      const tail = spectrumOf(b);
      mergeSpectra(right, tail);
      mergeSpectra(right, spectrumOf(a));
      expect([bytes(left), bytes(right)]).toEqual([whole, whole]);
      subtractSpectra(left, spectrumOf(b));
      expect(bytes(left)).toBe(bytes(spectrumOf([...a, ...c])));
    }),
  );
});

test('a full table keeps the same sample in any order', () => {
  const records = Array.from({length: 400}, (_, at) =>
    Uint32Array.from({length: 200}, (_, index) => spread(at * 200 + index)),
  );
  const spectrum = spectrumOf(records);
  expect(spectrum.words.limit).toBeLessThan(2 ** 32);
  expect(spectrum.words.used).toBeLessThanOrEqual(1 << 15);
  const merged = spectrumOf(records.slice(250));
  mergeSpectra(merged, spectrumOf(records.slice(0, 250)));
  expect(Buffer.compare(encodeSpectrum(merged), encodeSpectrum(spectrum))).toBe(0);
});

test('a round that has records of the reference is not flattered by those that chose the tail', () => {
  const records = corpus(7, 1500);
  const chose = records.filter(record => groupOf(record) < choosing);
  const judged = records.filter(record => groupOf(record) >= choosing);
  const fresh = corpus(8, 700);
  expect(measure([...fresh, ...chose], records)).toEqual(measure(fresh, records));
  // The reference itself has lost nothing, and nothing more than that.
  const {'tail.survival': own, 'tail.rate': rate} = measure(judged, records);
  expect(own!.value).toBe(own!.reference);
  expect(rate!.value).toBe(rate!.reference);
});

test('the variance is that of many samples, of rare types and of common ones', () => {
  const next = random(3);
  const [types, runs, records] = [400, 300, 200];
  for (const often of [0.005, 0.02, 0.05]) {
    const values: number[] = [];
    let claimed = 0;
    for (let run = 0; run < runs; run++) {
      const sizes = new Float64Array(judging);
      const held = new Uint32Array(types * judging);
      for (let record = 0; record < records; record++) {
        const group = Math.floor(next() * judging);
        sizes[group]!++;
        // Types come in bursts: some records have four times as many.
        const chance = next() < 0.2 ? 2.5 * often : 0.625 * often;
        for (let type = 0; type < types; type++) if (next() < chance) held[type * judging + group]!++;
      }
      const {value, variance} = survivalOf(held, sizes, records / 2);
      values.push(value);
      claimed += variance / runs;
    }
    const mean = values.reduce((sum, value) => sum + value, 0) / runs;
    const seen = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (runs - 1);
    // A variance of 300 values is known to 8 %: within three times of that.
    expect(claimed / seen).toBeGreaterThan(0.76);
    expect(claimed / seen).toBeLessThan(1.3);
  }
});

test('a variance is never under nothing, however few types it rests on', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.integer({min: 0, max: 3}), {minLength: 5, maxLength: 5}), {
        minLength: 1,
        maxLength: 4,
      }),
      fc.integer({min: 1, max: 15}),
      (held, drawn) => {
        const {variance} = survivalOf(Uint32Array.from(held.flat()), [4, 4, 4, 4, 4], drawn);
        expect(variance).toBeGreaterThanOrEqual(0);
      },
    ),
    {seed: 1, numRuns: 500},
  );
});

test('too little says nothing', () => {
  expect(measure(corpus(1, 20), corpus(2, 500))).toEqual({});
  expect(survival.measure(spectrumOf(corpus(1, 500)), undefined, context)).toEqual({});
});

test('the gates are compared at the same size', () => {
  const records = corpus(3, 2000);
  const reference = spectrumOf(records.slice(1000));
  const before = records.slice(0, 1000);
  const kept = before.filter((_, at) => at % 2 === 0);
  const change = (after: readonly Uint32Array[]) =>
    survival.compare!(
      {before: spectrumOf(before), after: spectrumOf(after), gate: undefined, reference},
      context,
    )['tail.survival.change']!;
  expect(Math.abs(change(kept).value)).toBeLessThan(0.03);
  const known = new Set(Array.from({length: 300}, (_, rank) => spread(rank)));
  const common = kept.map(record => record.filter(word => known.has(word)));
  expect(change(common).interval![1]).toBeLessThan(-0.05);
});

test('scripts without spaces have rare characters in their company, and lose them too', () => {
  const next = random(9);
  const analyser = createTextAnalyser();
  // Phrases of four words, of two characters each.
  const word = (rank: number) => String.fromCodePoint(0x4e00 + rank, 0x6e00 + (spread(rank) % 4000));
  const phrase = (rank: number) => [1, 2, 3, 4].map(at => word(spread(5 * rank + at) % 3000)).join('');
  const corpusOf = (records: number, isKnown: (rank: number) => boolean) =>
    Array.from({length: records}, () => {
      const ranks = Array.from({length: 12}, () => Math.floor(3000 ** next())).filter(isKnown);
      analyser.read(`${ranks.map(phrase).join('')}\u3002`);
      return analyser.words().slice();
    });
  const all = () => true;
  const reference = corpusOf(900, all);
  expect(measure(corpusOf(500, all), reference)['tail.p']!.value).toBeGreaterThan(0.05);
  const half = corpusOf(500, rank => spread(rank) % 2 === 0);
  expect(measure(half, reference)['tail.p']!.value).toBeLessThan(0.001);
});

describe('the gate', () => {
  const options = {alpha: 0.05, loss: 0, topics: 0};
  const measures = (p: number, survival: number, surprise?: number, halved?: number) => ({
    'tail.p@accepted': {value: p},
    'tail.survival@accepted': {value: survival, reference: 0.4},
    ...(surprise !== undefined && {
      'surprise.p@accepted': {value: surprise},
      'surprise.above90@accepted': {value: 0.04, reference: 0.1},
    }),
    ...(halved !== undefined && {'tail.topics-halved@accepted': {value: halved}}),
  });
  const judge = (of: object, more = {}) =>
    (tail as RoundGate).judge(of as never, {...options, ...more} as never);

  test.each([
    ['a sure loss of words', measures(0.01, 0.3), {}, 'fail'],
    ['what chance explains', measures(0.2, 0.39, 0.5), {}, 'pass'],
    ['less than may be missing', measures(0.01, 0.38), {loss: 0.1}, 'pass'],
    ['a loss of surprise alone', measures(0.6, 0.41, 0.001), {}, 'fail'],
    ['a chance that four tests share', measures(0.045, 0.38, 0.5), {}, 'pass'],
    ['a topic that is halved', measures(0.6, 0.41, 0.5, 0.1), {}, 'fail'],
    ['as many of them as may be', measures(0.6, 0.41, 0.5, 0.1), {topics: 0.1}, 'pass'],
  ])('%s', (_, of, more, status) => {
    expect(judge(of, more).status).toBe(status);
  });

  test('alarms at its level when the tests are independent', () => {
    const next = random(10);
    let failed = 0;
    const runs = 20_000;
    for (let run = 0; run < runs; run++) if (judge(measures(next(), 0.3, next())).status === 'fail') failed++;
    // Four standard errors of 5 % of 20,000.
    expect(Math.abs(failed / runs - 0.05)).toBeLessThan(4 * Math.sqrt((0.05 * 0.95) / runs));
  });
});
