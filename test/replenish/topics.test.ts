import {expect, test} from 'vitest';
import {createTextAnalyser} from '../../src/features/text.js';
import {
  addRecord,
  emptySample,
  hasTopics,
  sampleWith,
  topicChoice,
  topicJudge,
} from '../../src/replenish/topics.js';
import {corpus, topicOf} from '../run/damaged.js';

const analyser = createTextAnalyser();
const wordsOf = (text: string) => {
  analyser.read(text);
  return analyser.words().slice();
};

function sampleOf(texts: readonly string[]) {
  const sample = emptySample();
  for (const [index, text] of texts.entries()) addRecord(sample, wordsOf(text), {id: `r${index}`, text});
  return sample;
}

const reference = corpus(1, 1200);
const whole = corpus(2, 600);
const without = whole.filter(text => topicOf(text) !== 3);

test('wants the topic that is gone, up to its share, and knows its texts', () => {
  const choice = topicChoice(sampleOf(without), sampleOf(reference), without.length, 60);
  expect(choice.wanted).toHaveLength(1);
  const {records} = choice.wanted[0]!;
  // One of eight topics, of a round of some 525 that may grow by 60.
  expect(records).toBeGreaterThan(55);
  expect(records).toBeLessThan(95);
  const taken = reference.filter(text => choice.of(wordsOf(text)) === 0);
  const right = taken.filter(text => topicOf(text) === 3);
  expect(right.length / taken.length).toBeGreaterThan(0.9);
  expect(right.length / reference.filter(text => topicOf(text) === 3).length).toBeGreaterThan(0.8);
});

test('wants nothing for a round that has all topics, and where there are too few texts for any', () => {
  expect(topicChoice(sampleOf(whole), sampleOf(reference), 600, 60).wanted).toEqual([]);
  const few = sampleOf(reference.slice(0, 50));
  expect(topicChoice(sampleOf(without), few, 525, 60).wanted).toEqual([]);
  expect(topicJudge(sampleOf(without), few)).toBeUndefined();
});

test('is judged by topics of the other half of the reference', () => {
  const round = sampleOf(without);
  const judge = topicJudge(round, sampleOf(reference))!;
  expect(judge.before).toMatchObject({lost: 1, halved: 0});
  expect(judge.before.worst!.share).toBeLessThan(0.1);
  expect(hasTopics(judge.before)).toBe(false);
  const missing = reference.filter(text => topicOf(text) === 3).map(wordsOf);
  // A third of its share is not enough, two thirds are.
  expect(hasTopics(judge.after(sampleWith(round, missing.slice(0, 25))))).toBe(false);
  const mended = judge.after(sampleWith(round, missing.slice(0, 50)));
  expect(hasTopics(mended)).toBe(true);
  expect(mended).toMatchObject({lost: 0, halved: 0});
  // The round itself is as it was.
  expect(judge.after(round)).toEqual(judge.before);
});
