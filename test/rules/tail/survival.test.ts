import fc from 'fast-check';
import {expect, test} from 'vitest';
import {chanceOfSurvival, survivalOf} from '../../../rules/tail/rarefaction.js';
import {
  countRecord,
  createSpectrum,
  decodeSpectrum,
  encodeSpectrum,
  mergeSpectra,
  type Spectrum,
  subtractSpectra,
} from '../../../rules/tail/spectrum.js';
import survival from '../../../rules/tail/survival.js';
import {tailOf} from '../../../rules/tail/survive.js';
import {each, groups, mixType} from '../../../rules/tail/types.js';
import tail from '../../../src/gates/tail.js';

function random(seed: number) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Records of Zipf words; each record keeps to a few words of its own, as texts do. */
function corpus(seed: number, records: number, types = 4000): Uint32Array[] {
  const next = random(seed);
  const draw = () => Math.floor(types ** next());
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
  const held = [
    [1, 0],
    [0, 0],
    [2, 3],
    [0, 1],
  ];
  expect(survivalOf(held, [5, 5], 10).value).toBeCloseTo(3 / 4, 12);
});

test('counts and tail are those of a plain count over words', () => {
  const records = corpus(1, 400);
  const spectrum = spectrumOf(records);
  const plain = new Map<number, number>();
  for (const record of records)
    for (const word of new Set(record)) plain.set(mixType(word), (plain.get(mixType(word)) ?? 0) + 1);
  const counted = each(spectrum.words).map(([key, at]) => {
    let held = 0;
    for (let group = 0; group < groups; group++) held += spectrum.words.counts[at + group]!;
    return [key, held];
  });
  expect(counted).toEqual([...plain].sort(([a], [b]) => a - b));
  const {keys} = tailOf(spectrum.words, 0.05);
  expect(keys.length).toBeGreaterThan(50);
});

const recordArbitrary = fc.uint8Array({minLength: 1, maxLength: 20}).map(words => Uint32Array.from(words));
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
    Uint32Array.from({length: 200}, (_, index) => at * 200 + index),
  );
  const spectrum = spectrumOf(records);
  expect(spectrum.words.limit).toBeLessThan(2 ** 32);
  expect(spectrum.words.used).toBeLessThanOrEqual(1 << 15);
  const merged = spectrumOf(records.slice(250));
  mergeSpectra(merged, spectrumOf(records.slice(0, 250)));
  expect(Buffer.compare(encodeSpectrum(merged), encodeSpectrum(spectrum))).toBe(0);
});

test('halves of one corpus agree, and a round that lost a fifth of its words does not', () => {
  let alarms = 0;
  let seen = 0;
  for (let seed = 0; seed < 40; seed++) {
    const records = corpus(seed + 10, 1200);
    const [round, reference] = [records.slice(0, 600), records.slice(600)];
    if (measure(round, reference)['tail.z']!.value < -1.645) alarms++;
    const cut = round.map(record => record.filter(word => mixType(word + seed) > 0.2 * 2 ** 32));
    if (measure(cut, reference)['tail.z']!.value < -1.645) seen++;
  }
  // Of 40 at 5 %, more than 6 come once in a hundred times.
  expect(alarms).toBeLessThanOrEqual(6);
  expect(seen).toBe(40);
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
  const common = kept.map(record => record.filter(word => word < 300));
  expect(change(common).interval![1]).toBeLessThan(-0.05);
});

test.each([
  [-3, 0.5, 0.6, 'fail'],
  [-3, 0.59, 0.6, 'pass'],
  [-1, 0.5, 0.6, 'pass'],
])('z %d and survival %d of %d: %s', (z, value, reference, status) => {
  const measures = {'tail.z': {value: z}, 'tail.survival': {value, reference}};
  expect(
    (tail as {judge: (m: unknown, o: unknown) => {status: string}}).judge(measures, {z: -1.645, loss: 0.02})
      .status,
  ).toBe(status);
});
