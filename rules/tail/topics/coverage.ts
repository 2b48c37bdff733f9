import {binomialBelow} from '../../statistics/binomial.js';
import {sampledRecords, type TopicRecord, type TopicSample} from './sample.js';
import {findTopics, nameTopics, type TopicName, type Topics} from './topics.js';

export type CoverageStatus = 'lost' | 'halved' | 'less' | 'kept' | 'unclear';

/** What the round has of a topic of the reference. */
export interface TopicCoverage extends TopicName {
  /** Its number among all clusters, as `Coverage.of` gives it. */
  readonly topic: number;
  /** Texts of the topic, among those of the reference that it was not found on, and of the round. */
  readonly there: number;
  readonly here: number;
  readonly status: CoverageStatus;
}

export interface Coverage {
  readonly topics: readonly TopicCoverage[];
  /** Texts that were counted, of the reference and of the round. */
  readonly there: number;
  readonly here: number;
  /** The topic of other texts. */
  readonly of: Topics['of'];
}

/** Part of its share of the reference that a topic must keep; with under `lostPart` of it, it is lost. */
export const halved = 0.5;
const lostPart = 0.1;
/** For all topics together: chance that one which kept just half of its share is called halved. */
const level = 0.05;

/**
 * How much of the reference's topics a round has. Topics are found on one half of the reference's sample and
 * counted on the other: on its own half a topic is always more frequent than on texts that it was not fitted to.
 * By the other half as `foundOn` there are other topics, which know nothing of the first ones.
 */
export function coverageOf(
  sample: TopicSample,
  reference: TopicSample,
  foundOn: 'even' | 'odd' = 'even',
  known = topicsOf(reference, foundOn),
): Coverage | undefined {
  const round = sampledRecords(sample);
  if (known === undefined || round.length === 0) return;
  const {topics, names, there, counted} = known;
  const here = sizes(topics.of(round), topics.count);
  const looked = names
    .map((name, topic) => ({...name, topic, there: there[topic]!, here: here[topic]!}))
    .filter(topic => topic.there > 0);
  const odds = round.length / counted;
  return {
    topics: looked.map(topic => ({...topic, status: statusOf(topic, odds, level / looked.length)})),
    there: counted,
    here: round.length,
    of: topics.of,
  };
}

/** What `coverageOf` needs of the reference alone: most of its work. Undefined for too few texts. */
export function topicsOf(reference: TopicSample, foundOn: 'even' | 'odd' = 'even') {
  const all = sampledRecords(reference);
  // The lowest bit of a key says nothing about its rank, by which texts were sampled.
  const isKnown = ({key}: TopicRecord) => (key % 2 === 0) === (foundOn === 'even');
  const known = all.filter(isKnown);
  const counted = all.filter(record => !isKnown(record));
  const topics = findTopics(known);
  if (topics.count === 0 || counted.length === 0) return;
  const names = nameTopics(known, topics.of(known), topics.count);
  return {topics, names, there: sizes(topics.of(counted), topics.count), counted: counted.length};
}

export function sizes(topics: Int32Array, count: number): number[] {
  const numbers = new Array<number>(count).fill(0);
  for (const topic of topics) if (topic >= 0) numbers[topic]!++;
  return numbers;
}

/**
 * Exact and conditional: where a topic has just half of its share left, a text of it is one of the round, and
 * not of the reference, with a known probability, whatever that share is.
 */
function statusOf({there, here}: {there: number; here: number}, odds: number, alpha: number): CoverageStatus {
  const total = there + here;
  const probability = (halved * odds) / (halved * odds + 1);
  if (binomialBelow(here, total, probability) < alpha) {
    return here < lostPart * odds * there ? 'lost' : 'halved';
  }
  if (1 - binomialBelow(here - 1, total, probability) < alpha) return 'kept';
  return here < halved * odds * there ? 'less' : 'unclear';
}
