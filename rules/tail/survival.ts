import {type Cell, defineCorpusRule, type MeasureValue, type Table} from '../../src/api.js';
import type {Estimate} from './rarefaction.js';
import {
  countRecord,
  createSpectrum,
  decodeSpectrum,
  encodeSpectrum,
  mergeSpectra,
  type Spectrum,
  subtractSpectra,
} from './spectrum.js';
import {bandOf, rateOf, survive, surviveGates, tailOf} from './survive.js';

const z95 = 1.959964;

function interval({value, variance}: Estimate, low = 0): [number, number] {
  const reach = z95 * Math.sqrt(variance);
  return [Math.max(low, value - reach), Math.min(1, value + reach)];
}

/** How often types stand in the first half of the reference, from rare to common. */
const bands: readonly (readonly [title: string, low: number, high: number])[] = [
  ['once', 1, 1],
  ['twice', 2, 2],
  ['3 to 5 times', 3, 5],
  ['6 to 20 times', 6, 20],
  ['21 to 100 times', 21, 100],
  ['more often', 101, Number.POSITIVE_INFINITY],
];

function bandTable(round: Spectrum, reference: Spectrum): Table {
  const rows = bands.flatMap(([title, low, high]): Cell[][] => {
    const keys = bandOf(reference.words, low, high);
    const survival = survive('words', keys, round, reference);
    if (survival === undefined) return [];
    const share = interval(survival.round);
    return [[title, keys.length, survival.round.value, share, survival.reference.value]];
  });
  return {
    id: 'tail.bands',
    title: 'Words that survive, by how often they stand in the reference',
    note: 'Words are grouped by how often one half of the reference has them; shown is the share that the round has too, and beside it the share that the other half of the reference has, both drawn down to the same number of records.',
    columns: [
      {id: 'band', title: 'In the reference'},
      {id: 'words', title: 'Words looked at'},
      {id: 'survival', title: 'In the round', unit: 'share'},
      {id: 'interval', title: '95 % interval', unit: 'share'},
      {id: 'reference', title: 'In the other half', unit: 'share'},
    ],
    rows,
    picture: {kind: 'bars', label: 'band', value: 'survival', interval: 'interval', reference: 'reference'},
  };
}

export default defineCorpusRule({
  id: 'tail/survival',
  summary: 'Measures how much of the rare vocabulary of the reference the round still has.',
  why: 'Models that train on what models wrote lose the rare words first, and of the measures tried rare-word survival sees it most reliably (arXiv:2305.17493).',
  advice:
    'Mix in human records (accumulate rather than replace), or look at `tail.survival.change` for the gate that removes the rare ones.',
  details:
    'The tail is made of the rarest words of one half of the reference that together are about 5 % of its tokens, in whole classes of frequency. Its survival is the share of them that the round has. The other half of the reference, which had no say in the choice, tells what an honest sample would have: both are drawn down to the same number of records by exact rarefaction over records (Hurlbert 1971), since text is bursty. Intervals are from a jackknife over 16 groups of records. `tail.z` is the difference over its standard error: under about -1.9 the round has lost words that chance does not explain. Words are sampled by their hash when there are more than 32,768. It sees words, not meanings, and needs at least 64 records on each side; a round about other things has other rare words, and that too is a loss to it.',
  since: '0.2.0',
  recommended: 'warn',
  version: 1,
  views: ['all', 'accepted'],
  options: {
    share: {
      type: 'number',
      default: 0.05,
      minimum: 0.001,
      maximum: 0.5,
      description: 'Share of the tokens of the reference that its tail makes up.',
    },
  },
  measures: {
    'tail.survival': {
      description: 'Share of the reference’s rare words that the round has, at matched size.',
      unit: 'share',
    },
    'tail.rate': {
      description: 'Share of the words of the round that are rare in the reference.',
      unit: 'share',
    },
    'tail.pair-survival': {
      description: 'Survival of the reference’s rare pairs of neighbouring words.',
      unit: 'share',
    },
    'tail.z': 'Survival less that of the reference, in standard errors.',
    'tail.survival.change': {description: 'What the gates did to survival, at matched size.', unit: 'share'},
  },
  init: createSpectrum,
  observe(spectrum, record, {feature}) {
    countRecord(spectrum, feature(record, 'wordHashes'));
  },
  merge: mergeSpectra,
  subtract: subtractSpectra,
  measure(round, reference, {options, table}): Record<string, MeasureValue> {
    if (reference === undefined) return {};
    const {keys} = tailOf(reference.words, options.share);
    const words = survive('words', keys, round, reference);
    if (words === undefined) return {};
    table(bandTable(round, reference));
    const pairs = survive('pairs', tailOf(reference.pairs, options.share).keys, round, reference);
    const error = Math.sqrt(words.round.variance + words.reference.variance);
    return {
      'tail.survival': {
        value: words.round.value,
        interval: interval(words.round),
        reference: words.reference.value,
      },
      'tail.rate': {value: rateOf(keys, round), reference: rateOf(keys, reference)},
      'tail.z': {value: error === 0 ? 0 : (words.round.value - words.reference.value) / error},
      ...(pairs && {
        'tail.pair-survival': {
          value: pairs.round.value,
          interval: interval(pairs.round),
          reference: pairs.reference.value,
        },
      }),
    };
  },
  compare({before, after, reference}, {options}): Record<string, MeasureValue> {
    if (reference === undefined) return {};
    const gates = surviveGates(tailOf(reference.words, options.share).keys, before, after);
    if (gates === undefined) return {};
    const value = gates.after.value - gates.before.value;
    const variance = gates.after.variance + gates.before.variance;
    return {'tail.survival.change': {value, interval: interval({value, variance, freedom: 0}, -1)}};
  },
  encode: encodeSpectrum,
  decode: decodeSpectrum,
});
