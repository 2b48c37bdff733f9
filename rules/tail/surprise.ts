import {defineCorpusRule} from '../../src/api.js';
import {keptFor} from '../statistics/kept.js';
import {countBelow, heldOutOf, kindOf, predictorOf} from './predictor.js';
import {
  addRecord,
  decodeSample,
  emptySample,
  encodeSample,
  mergeSample,
  type RecordSample,
  sampledRecords,
  subtractSample,
} from './sample.js';
import {type Compared, chanceOfFew, shareAbove} from './share-above.js';

const percentiles = [90, 95, 99] as const;

const above = (percent: number) =>
  ({
    description: `Share of distinct records that are more surprising than ${percent} % of the reference: ${100 - percent} % of human text.`,
    unit: 'share',
  }) as const;

/** Surprises of the round's sample and of the reference's, by kind and all together. */
const surprisesOf = keptFor((sample: RecordSample, reference: RecordSample) => {
  const predictor = predictorOf(reference);
  const records = sampledRecords(sample);
  if (predictor === undefined || records.length === 0) return undefined;
  const ofKind = (kind: 0 | 1): Compared => {
    const {model, heldOut} = predictor.kinds[kind];
    const own = records.filter(({key}) => kindOf(key) === kind);
    return {values: Float64Array.from(own, ({words}) => model.bitsPerWord(words)).sort(), heldOut};
  };
  const kinds = [ofKind(0), ofKind(1)] as const;
  const surprises = Float64Array.from(kinds.flatMap(({values}) => [...values])).sort();
  return {kinds, surprises, heldOut: heldOutOf(predictor)};
});

export default defineCorpusRule({
  id: 'tail/surprise',
  summary: 'Measures how much of the round is as surprising as the most surprising part of the reference.',
  why: 'Models write what is likely: the surprising records are the tail that a loop loses first (arXiv:2305.17493), and keeping them slows the loss without knowing who wrote them (arXiv:2410.12341). Far more of them than in the reference is another kind of text, or noise.',
  advice:
    'Too few surprising records: raise the sampling temperature or mix in human ones (`collapse replenish`). Too many: switch on `tail/surprising` to see which they are.',
  details:
    'Keeps a sample of the records as word hashes, by content hash: the first 256 words of each distinct text, up to 1 MiB. Each half of the reference’s sample makes a word trigram model (interpolated, Witten and Bell 1991) that scores the other half, and the texts of the round that belong to it by their hash; so a round of the same kind of text has 10, 5 and 1 % above the percentiles whatever the models are worth, and no model scores a text that it was made of. The measures are those of the round’s own sample. Their intervals hold the chance of both samples; a percentile that the held-out records are too few for is not measured. `surprise.p` is the chance that as many records of the reference have so few above its 90 % (exact, beta-binomial). It cannot tell rare from wrong, and texts of another subject or of very different length are surprising for that alone: compare like with like.',
  since: '0.2.0',
  recommended: 'warn',
  version: 1,
  sampled: true,
  views: ['all', 'accepted'],
  options: {},
  measures: {
    'surprise.mean': {description: 'Mean surprise of a record, in bits per word.', unit: 'bits'},
    'surprise.above90': above(90),
    'surprise.above95': above(95),
    'surprise.above99': above(99),
    'surprise.p': {
      description: 'Chance that records of the reference are as rarely above its 90 %.',
      unit: 'share',
    },
  },
  init: emptySample,
  observe(sample, record, {feature}) {
    addRecord(sample, feature(record, 'wordHashes'));
  },
  merge: mergeSample,
  subtract: subtractSample,
  prepare: predictorOf,
  measure(sample, reference, {table}) {
    const compared = reference && surprisesOf(sample, reference);
    if (compared === undefined) return {};
    const {kinds, surprises, heldOut} = compared;
    table(deciles(heldOut, surprises));
    const shares = percentiles.map(percent => {
      const nominal = (100 - percent) / 100;
      return [`surprise.above${percent}`, {...shareAbove(kinds, nominal), reference: nominal}];
    });
    return {
      'surprise.mean': {...meanOf(surprises), reference: meanOf(heldOut).value},
      ...Object.fromEntries(shares),
      'surprise.p': {value: chanceOfFew(kinds, 0.1)},
    };
  },
  encode: encodeSample,
  decode: decodeSample,
});

function meanOf(values: Float64Array) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const spread = 1.96 * Math.sqrt(squares / Math.max(1, values.length - 1) / values.length);
  return {value: mean, interval: [mean - spread, mean + spread] as const};
}

/** How the round's records spread over the tenths of the reference. */
function deciles(heldOut: Float64Array, surprises: Float64Array) {
  const limits = Array.from(
    {length: 9},
    (_, tenth) => heldOut[Math.floor(((tenth + 1) * heldOut.length) / 10)]!,
  );
  const ends = [0, ...limits.map(limit => countBelow(surprises, limit)), surprises.length];
  return {
    id: 'tail.surprise',
    title: 'Surprise of the round’s records, by tenths of the reference',
    note: 'The reference’s records in order of surprise, cut into ten equal parts: of a round of the same kind of text each holds 10 %. Fewer on the right: the surprising records are gone.',
    columns: [
      {id: 'tenth', title: 'Tenth of the reference'},
      {id: 'from', title: 'From bits per word', unit: 'bits'},
      {id: 'share', title: 'Share of the round', unit: 'share'},
      {id: 'reference', title: 'Share of the reference', unit: 'share'},
    ],
    rows: ends
      .slice(1)
      .map((end, tenth) => [
        `${tenth + 1}`,
        tenth === 0 ? null : limits[tenth - 1]!,
        (end - ends[tenth]!) / surprises.length,
        0.1,
      ]),
    picture: {kind: 'bars', label: 'tenth', value: 'share', reference: 'reference'},
  } as const;
}
