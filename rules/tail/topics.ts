import {defineCorpusRule, type Table} from '../../src/api.js';
import {leastRatio} from '../statistics/keep-rates.js';
import {keptFor, keptOf} from '../statistics/kept.js';
import {type Coverage, coverageOf, topicsOf} from './topics/coverage.js';
import {keptByTopic, keptTable} from './topics/keep-by-topic.js';
import {
  addRecord,
  decodeSample,
  emptySample,
  encodeSample,
  mergeSample,
  subtractSample,
  type TopicSample,
} from './topics/sample.js';

const topicsFor = keptOf((reference: TopicSample) => topicsOf(reference));
const coverageFor = keptFor((sample: TopicSample, reference: TopicSample) =>
  coverageOf(sample, reference, 'even', topicsFor(reference)),
);

export default defineCorpusRule({
  id: 'tail/topics',
  summary:
    'Flags topics of the reference that a round has lost, and measures which topics the gates filter out.',
  why: 'What becomes rare in one generation is not sampled in the next: the tails of the distribution go first (arXiv:2305.17493). A filter can do it faster than no filter at all: keeping what is closest to a partial reference collapsed a model that was stable without it (arXiv:2606.13732).',
  advice:
    'Add records on the topics that are missing (`collapse replenish`), or ask for them in the prompts. When it is a gate that drops a topic (`selection.worst-topic`), look at the table `selection.topics` of each gate and change that gate.',
  details:
    'Topics are clusters by words, found without a model: the first 192 words of a sample of 2,048 distinct texts (by content hash), tf-idf, the 16 directions in which they vary most (latent semantic analysis), spherical k-means, one cluster for 64 texts and 24 at most. They have no names; their typical words stand for them.\n\n`tail.topics-lost` and `tail.topics-halved` (the lost ones included): share of the reference’s topics. Topics are found on one half of the reference’s sample and counted on the other, as a cluster is always larger on the texts it was fitted to. Halved means that at half of its share so few texts would have a chance under 5 %, divided by the number of topics (exact conditional binomial test); lost, that less than a tenth of the share is left besides. The interval goes from what is so shown to all that is not shown to be kept: a small round leaves it open.\n\nWhere record gates refused something: `selection.worst-topic` is the least keep-rate of a topic over that of all records, 1 without bias, with an interval that holds for all topics at once. These are topics of the round’s own distinct records, of at least `records` texts of the sample. It is measured for all gates together (`@accepted`) and for each one alone (`@gate:…`).\n\nA gate that takes from all topics alike what is unusual in each is not seen here, but by the survival of rare words.',
  since: '0.2.0',
  recommended: 'warn',
  version: 1,
  sampled: true,
  views: ['all', 'accepted'],
  options: {
    records: {
      type: 'integer',
      minimum: 1,
      default: 50,
      description: 'Texts that a topic of the round must have for its keep-rate to be judged.',
    },
  },
  messages: {
    lost: 'Topics of the reference are missing: {{lost}} of {{topics}} lost, {{halved}} more with less than half of their share, first of all `{{words}}` with {{here}} of {{round}} texts, {{there}} of {{counted}} in the reference',
  },
  measures: {
    'tail.topics-lost': {
      description: 'Share of the reference’s topics of which less than a tenth is surely left.',
      unit: 'share',
    },
    'tail.topics-halved': {
      description:
        'Share of the reference’s topics that have surely lost more than half, lost ones included.',
      unit: 'share',
    },
    'selection.worst-topic':
      'Least keep-rate of a topic over that of all records: 1 when gates let all topics through alike.',
  },
  init: emptySample,
  observe(sample, record, {feature}) {
    addRecord(sample, feature(record, 'wordHashes'), record);
  },
  merge: mergeSample,
  subtract: subtractSample,
  prepare: topicsFor,
  measure(sample, reference, {view, report, table}) {
    const coverage = reference && coverageFor(sample, reference);
    if (coverage === undefined) return {};
    const {topics, here, there} = coverage;
    const count = (...statuses: string[]) => topics.filter(({status}) => statuses.includes(status)).length;
    const [lost, halved, open] = [count('lost'), count('halved'), count('less', 'unclear')];
    table(coverageTable(coverage));
    const [worst] = [...topics].sort((a, b) => a.here / a.there - b.here / b.there);
    if (view === 'accepted' && lost + halved > 0 && worst !== undefined) {
      const data = {words: worst.words, here: worst.here, there: worst.there, round: here, counted: there};
      report({messageId: 'lost', data: {...data, lost, halved, topics: topics.length}});
    }
    const share = (some: number) => ({
      value: some / topics.length,
      interval: [some / topics.length, (lost + halved + open) / topics.length] as const,
      reference: 0,
    });
    return {'tail.topics-lost': share(lost), 'tail.topics-halved': share(lost + halved)};
  },
  compare({before, after, gate}, {options, table}) {
    const kept = keptByTopic(before, after, options.records);
    const worst = leastRatio(kept.topics);
    // Where nothing was let through, no topic fared better than another.
    if (worst === undefined || kept.all.after === 0) return {};
    table(keptTable(kept, gate === undefined ? 'all gates together' : `the gate ${gate}`));
    return {'selection.worst-topic': worst};
  },
  encode: encodeSample,
  decode: decodeSample,
});

function coverageTable({topics, here, there}: Coverage): Table {
  const rows = [...topics].sort((a, b) => a.here / a.there - b.here / b.there || b.there - a.there);
  return {
    id: 'tail.topics',
    title: 'Topics of the reference in the round',
    note: 'Clusters of the reference by their words, the most missing first. `lost`: less than a tenth of its share is left; `halved`: less than half; `kept`: at least half, each surely; `less` and `unclear`: under or over half, too few texts to be sure. The mark is the share in the reference.',
    columns: [
      {id: 'topic', title: 'Typical words'},
      {id: 'share', title: 'Share of the round', unit: 'share'},
      {id: 'reference', title: 'Share of the reference', unit: 'share'},
      {id: 'status', title: 'Status'},
      {id: 'example', title: 'Example in the reference'},
    ],
    rows: rows.map(({words, status, example, ...topic}) => [
      words,
      topic.here / here,
      topic.there / there,
      status,
      example,
    ]),
    picture: {kind: 'bars', label: 'topic', value: 'share', reference: 'reference'},
  };
}
