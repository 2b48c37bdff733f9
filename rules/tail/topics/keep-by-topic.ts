import type {Cell, Table} from '../../../src/api.js';
import {type KeepRatio, type Kept, keepRatio, zOfMany} from '../../statistics/keep-rates.js';
import {sizes} from './coverage.js';
import {sampledRecords, type TopicSample} from './sample.js';
import {findTopics, nameTopics, type TopicName} from './topics.js';

export interface TopicKept extends TopicName, Kept, KeepRatio {}

export interface KeptByTopic {
  /** Topics that are large enough to be judged, the least kept first. */
  readonly topics: readonly TopicKept[];
  readonly all: Kept;
}

/**
 * What gates let through of the topics of a round. They are clusters of the round itself: who is kept has no
 * part in them, and a topic that no reference has can be lost as well.
 */
export function keptByTopic(before: TopicSample, after: TopicSample, least: number): KeptByTopic {
  const records = sampledRecords(before);
  // The texts after are some of those before: down to the same key, both samples hold all there are.
  const left = records.filter(({key}) => after.entries.has(key));
  const all = {before: records.length, after: left.length};
  const topics = findTopics(records);
  const assigned = topics.of(records);
  const [large, small] = [sizes(assigned, topics.count), sizes(topics.of(left), topics.count)];
  const judged = nameTopics(records, assigned, topics.count)
    .map((name, topic) => ({...name, before: large[topic]!, after: small[topic]!}))
    .filter(topic => topic.before >= least);
  const z = zOfMany(judged.length);
  const rated = judged.map(topic => ({...topic, ...keepRatio(topic, all, z)}));
  return {topics: rated.sort((a, b) => a.ratio - b.ratio || b.before - a.before), all};
}

export function keptTable({topics, all}: KeptByTopic, by: string): Table {
  const mean = all.after / all.before;
  return {
    id: 'selection.topics',
    title: `Topics of the round, and what ${by} let through of them`,
    note: 'Clusters of the round’s distinct texts by their words. The mark is the mean of all records: a topic far under it is being filtered out. Its interval holds for all topics at once.',
    columns: [
      {id: 'topic', title: 'Typical words'},
      {id: 'records', title: 'Texts in the sample'},
      {id: 'rate', title: 'Let through', unit: 'share'},
      {id: 'interval', title: '95 % interval', unit: 'share'},
      {id: 'mean', title: 'Of all records', unit: 'share'},
      {id: 'example', title: 'Example'},
    ],
    rows: topics.map(({words, before, rate, interval, example}): Cell[] => [
      words,
      before,
      rate,
      interval,
      mean,
      example,
    ]),
    picture: {kind: 'bars', label: 'topic', value: 'rate', interval: 'interval', reference: 'mean'},
  };
}
