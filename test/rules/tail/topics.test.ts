import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {coverageOf} from '../../../rules/tail/topics/coverage.js';
import {keptByTopic} from '../../../rules/tail/topics/keep-by-topic.js';
import {
  addRecord,
  decodeSample,
  emptySample,
  encodeSample,
  mergeSample,
  sampledRecords,
  sampleSize,
  subtractSample,
  type TopicSample,
  wordsIn,
} from '../../../rules/tail/topics/sample.js';
import {findTopics, nameTopics} from '../../../rules/tail/topics/topics.js';
import {random, spread} from './random.js';

interface Text {
  readonly id: string;
  readonly text: string;
  readonly words: Uint32Array;
}

/** Texts on a few topics, each with words of its own among common ones. The id begins with the topic. */
function corpus(seed: number, topics: readonly number[], count: number): Text[] {
  const next = random(seed);
  return Array.from({length: count}, (_, index) => {
    const topic = topics[Math.floor(topics.length * next())]!;
    const ranks = Array.from({length: 25 + Math.floor(20 * next())}, () =>
      next() < 0.35 ? 1000 * (topic + 1) + Math.floor(60 * next() ** 2) : Math.floor(400 ** next()),
    );
    const text = ranks.map(rank => `w${letters(rank)}`).join(' ');
    return {id: `${topic}-${index}`, text, words: Uint32Array.from(ranks, spread)};
  });
}

const letters = (number: number) => [...String(number)].map(digit => 'abcdefghij'[Number(digit)]).join('');

function sampleOf(texts: readonly Text[]): TopicSample {
  const sample = emptySample();
  for (const {words, id, text} of texts) addRecord(sample, words, {id, text});
  return sample;
}

const bytesOf = (sample: TopicSample) => Buffer.from(encodeSample(sample)).toString('hex');

describe('the sample', () => {
  const text = fc.record({
    id: fc.string({maxLength: 4}),
    text: fc.array(fc.constantFrom('Ash', 'ash', 'elm', 'FIR'), {maxLength: 4}).map(words => words.join(' ')),
    words: fc.uint8Array({minLength: 1, maxLength: 3, max: 3}).map(words => Uint32Array.from(words, spread)),
  });
  const texts = fc.array(text, {maxLength: 12});

  test('is a monoid to the bit, whatever the order and grouping', () => {
    fc.assert(
      fc.property(texts, texts, texts, (a, b, c) => {
        const whole = bytesOf(sampleOf([...a, ...b, ...c]));
        const left = sampleOf(a);
        mergeSample(left, sampleOf(b));
        mergeSample(left, decodeSample(encodeSample(sampleOf(c))));
        const right = sampleOf(c);
        const rest = sampleOf(b);
        mergeSample(rest, sampleOf(a));
        mergeSample(right, rest);
        expect([bytesOf(left), bytesOf(right)]).toEqual([whole, whole]);
      }),
    );
  });

  test('holds the same texts beyond its size, in any order, and gives back what is taken out', () => {
    const all = corpus(1, [0, 1, 2], 3 * sampleSize);
    const whole = sampleOf(all);
    const parts = emptySample();
    for (let at = all.length; at > 0; at -= 700)
      mergeSample(parts, sampleOf(all.slice(Math.max(0, at - 700), at)));
    expect(bytesOf(parts)).toBe(bytesOf(whole));
    expect(sampledRecords(whole).length).toBe(sampleSize);
    subtractSample(parts, sampleOf(all.slice(0, 1000)));
    const gone = new Set(all.slice(0, 1000).map(({id}) => id));
    const left = sampledRecords(whole).filter(({id}) => !gone.has(id));
    expect(sampledRecords(parts).map(({id}) => id)).toEqual(left.map(({id}) => id));
  });

  test('names topics by letters only, whatever the text holds', () => {
    expect(wordsIn('\u001b[31mRed\u202eder <b onload=x>a 12ab, der')).toEqual([
      'ab',
      'der',
      'mred',
      'onload',
    ]);
    expect(wordsIn('猫が好き')).toEqual(['好き', '猫が']);
  });
});

describe('topics', () => {
  test('are those that texts were written on', () => {
    const texts = corpus(2, [0, 1, 2, 3, 4], 640);
    const records = sampledRecords(sampleOf(texts));
    const topics = findTopics(records);
    const assigned = topics.of(records);
    const clusters = Array.from({length: topics.count}, () => new Map<string, number>());
    for (const [index, {id}] of records.entries()) {
      const cluster = clusters[assigned[index]!];
      cluster?.set(id[0]!, (cluster.get(id[0]!) ?? 0) + 1);
    }
    // Purity: the share of texts that are of their cluster's commonest topic.
    const pure = clusters.reduce((sum, of) => sum + Math.max(0, ...of.values()), 0);
    expect(pure / records.length).toBeGreaterThan(0.95);
    for (const [cluster, {words, example}] of nameTopics(records, assigned, topics.count).entries()) {
      const [[topic] = ['']] = [...clusters[cluster]!].sort((a, b) => b[1] - a[1]);
      // The words of topic 2 begin with "wd", as its ranks begin with 3.
      for (const word of words.split(', ')) expect(word[1]).toBe('abcdefghij'[Number(topic) + 1]);
      expect(example[0]).toBe(topic);
    }
  });

  test('of the same kind of text are not called halved, and one that is gone is called lost', () => {
    let alarms = 0;
    for (let seed = 10; seed < 30; seed++) {
      const reference = sampleOf(corpus(seed, [0, 1, 2, 3], 700));
      const {topics} = coverageOf(sampleOf(corpus(seed + 100, [0, 1, 2, 3], 400)), reference)!;
      alarms += topics.filter(({status}) => status === 'halved' || status === 'lost').length;
      const without = coverageOf(sampleOf(corpus(seed + 100, [0, 1, 3], 400)), reference)!;
      const lost = without.topics.filter(({status}) => status === 'lost' || status === 'halved');
      expect(lost.length).toBeGreaterThan(0);
      expect(lost.every(({example}) => example.startsWith('2-'))).toBe(true);
    }
    expect(alarms).toBe(0);
  });

  test('are none in a handful of texts', () => {
    expect(coverageOf(sampleOf(corpus(1, [0, 1], 50)), sampleOf(corpus(2, [0, 1], 90)))).toBeUndefined();
  });
});

test('what gates let through of each topic is that of its texts', () => {
  const texts = corpus(3, [0, 1, 2], 600);
  const kept = texts.filter(({id}, index) => (id.startsWith('1') ? index % 5 === 0 : index % 2 === 0));
  const {topics, all} = keptByTopic(sampleOf(texts), sampleOf(kept), 50);
  expect(all).toEqual({before: texts.length, after: kept.length});
  // A topic may be found in several parts.
  const bias = 0.2 / (kept.length / texts.length);
  for (const {example, ratio, ratioInterval} of topics) {
    expect(ratio).toBeGreaterThan(example.startsWith('1-') ? bias - 0.2 : 0.8);
    expect(ratio).toBeLessThan(example.startsWith('1-') ? bias + 0.2 : 1.6);
    expect(ratioInterval[0]).toBeLessThan(ratio);
  }
  expect(topics[0]!.example.startsWith('1-')).toBe(true);
});
