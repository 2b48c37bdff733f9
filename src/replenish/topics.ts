import {type Coverage, coverageOf, halved, type TopicCoverage} from '../../rules/tail/topics/coverage.js';
import {
  addRecord,
  emptySample,
  mergeSample,
  type TopicSample,
  wordsKept,
} from '../../rules/tail/topics/sample.js';

export {addRecord, emptySample, type TopicSample} from '../../rules/tail/topics/sample.js';

/** A topic of the reference of which the round has less than half of its share. */
export interface WantedTopic {
  /** Its typical words. */
  readonly words: string;
  /** How many records of it bring a round that grows by the budget to its whole share: fewer may do. */
  readonly records: number;
}

/** Topics by which records are chosen. */
export interface TopicChoice {
  readonly wanted: readonly WantedTopic[];
  /** Index in `wanted` of the topic of a text, given by the hashes of its words; undefined for others. */
  of(words: Uint32Array): number | undefined;
}

/**
 * The topics that surely lost more than half of their share, as tail/topics finds them, but on the half of the
 * reference's sample that tail/topics counts on: those that judge the mix were not known to the choice.
 */
export function topicChoice(
  round: TopicSample,
  reference: TopicSample,
  records: number,
  budget: number,
): TopicChoice {
  const coverage = coverageOf(round, reference, 'odd');
  if (coverage === undefined) return {wanted: [], of: () => undefined};
  const short = coverage.topics.filter(isShort);
  const wanted = short.map(({words, there, here}) => ({
    words,
    records: Math.ceil((there / coverage.there) * (records + budget) - (here / coverage.here) * records),
  }));
  const indexes = new Map(short.map(({topic}, index) => [topic, index]));
  return {
    wanted,
    of: words => indexes.get(coverage.of([{words: words.subarray(0, wordsKept)}])[0]!),
  };
}

/** A round with more records, given by the hashes of their words. */
export function sampleWith(round: TopicSample, records: readonly Uint32Array[]): TopicSample {
  const mix = emptySample();
  for (const words of records) addRecord(mix, words, {id: '', text: ''});
  mergeSample(mix, {
    ...round,
    entries: new Map([...round.entries].map(([key, entry]) => [key, {...entry}])),
  });
  return mix;
}

/** What a round has of the reference's topics, as tail/topics counts them. */
export interface TopicState {
  readonly topics: number;
  /** Of which less than a tenth is surely left. */
  readonly lost: number;
  /** Of which surely more than half is gone, the lost ones besides. */
  readonly halved: number;
  /** Of the topics that were lost or halved, the one with the least of its share: 1 is all of it. */
  readonly worst: {readonly words: string; readonly share: number} | null;
}

/** Topics of the reference by which a round and what becomes of it are judged. */
export interface TopicJudge {
  readonly before: TopicState;
  after(mix: TopicSample): TopicState;
}

/** Undefined where the reference has too few texts for topics. */
export function topicJudge(round: TopicSample, reference: TopicSample): TopicJudge | undefined {
  const coverage = coverageOf(round, reference);
  if (coverage === undefined) return undefined;
  const short = new Set(coverage.topics.filter(isShort).map(({topic}) => topic));
  const stateOf = ({topics, here, there}: Coverage): TopicState => {
    const shares = topics
      .filter(({topic}) => short.has(topic))
      .map(topic => ({words: topic.words, share: topic.here / here / (topic.there / there)}));
    const count = (wanted: string) => topics.filter(({status}) => status === wanted).length;
    const [worst = null] = shares.sort((one, other) => one.share - other.share);
    return {topics: topics.length, lost: count('lost'), halved: count('halved'), worst};
  };
  return {before: stateOf(coverage), after: mix => stateOf(coverageOf(mix, reference)!)};
}

/** Whether each topic that was lost or halved has half of its share. */
export function hasTopics({worst}: TopicState): boolean {
  return worst === null || worst.share >= halved;
}

function isShort({status}: TopicCoverage): boolean {
  return status === 'lost' || status === 'halved';
}
