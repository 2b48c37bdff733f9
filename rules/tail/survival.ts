import {defineCorpusRule, type MeasureValue} from '../../src/api.js';
import {keptFor, keptOf} from '../statistics/kept.js';
import {bandTable} from './bands.js';
import {rateOf} from './rate.js';
import {
  countRecord,
  createSpectrum,
  decodeSpectrum,
  encodeSpectrum,
  mergeSpectra,
  type Spectrum,
  subtractSpectra,
} from './spectrum.js';
import {
  chanceOf,
  chanceOfWorst,
  changeOfSurvival,
  choicesOf,
  intervalOf,
  type Survival,
  survive,
  tailOf,
} from './survive.js';

const measured = ({round, reference}: Survival): MeasureValue => ({
  value: round.value,
  interval: intervalOf(round),
  reference: reference.value,
});

/** The types that are looked for: the reference alone has a say in that. */
const chosenOf = keptOf((reference: Spectrum, share: number) => {
  const [ofWords, ofPairs] = [choicesOf(reference.words), choicesOf(reference.pairs)];
  const {keys, most} = tailOf(ofWords, share);
  const next = tailOf(ofWords, 2 * share, most).keys;
  return {ofWords, ofPairs, keys, next, pairs: tailOf(ofPairs, share).keys};
});

/** What is measured of a round, and the tables of its bands. */
const measuredOf = keptFor((round: Spectrum, reference: Spectrum, share: number) => {
  const {ofWords, ofPairs, keys, ...chosen} = chosenOf(reference, share);
  const words = survive('words', keys, round, reference);
  if (words === undefined) return {measures: {}, tables: []};
  const next = survive('words', chosen.next, round, reference);
  const pairs = survive('pairs', chosen.pairs, round, reference);
  const limit = Math.min(round.words.limit, reference.words.limit);
  const rate = rateOf(keys, round, limit);
  // Rare words are what is lost first: theirs is half of the test.
  const tests = [
    {survival: words, weight: 2},
    {survival: next, weight: 1},
    {survival: pairs, weight: 1},
  ].flatMap(({survival, weight}) => (survival ? [{chance: chanceOf(survival), weight}] : []));
  const measures: Record<string, MeasureValue> = {
    'tail.survival': measured(words),
    ...(next && {'tail.next-survival': measured(next)}),
    ...(pairs && {'tail.pair-survival': measured(pairs)}),
    'tail.rate': {
      value: rate.value,
      interval: intervalOf(rate),
      reference: rateOf(keys, reference, limit).value,
    },
    'tail.p': {value: chanceOfWorst(tests)},
  };
  const tables = [
    bandTable('words', ofWords, round, reference),
    bandTable('pairs', ofPairs, round, reference),
  ];
  return {measures, tables};
});

export default defineCorpusRule({
  id: 'tail/survival',
  summary: 'Measures how much of the rare vocabulary of the reference the round still has.',
  why: 'Models that train on what models wrote lose the rare words first, and of the measures tried rare-word survival sees it most reliably (arXiv:2305.17493).',
  advice:
    'Mix in human records (accumulate rather than replace), or look at `tail.survival.change` for the gate that removes the rare ones.',
  details:
    'The tail is made of the rarest words that together are about 5 % of the tokens of three eighths of the reference, in whole classes of frequency. Its survival is the share of them that so many records hold. The other five eighths of the reference, which had no say in the choice, tell what honest records would hold: of the round the same part, by content, is looked at, so records that both share cannot flatter it. Both are drawn down to the same number of records, three quarters of the smaller side, by exact rarefaction over records (Hurlbert 1971), since text is bursty. Intervals are from a jackknife over 20 groups of records. `tail.p` is the chance that records of the reference would have lost as much, by the worst of three tests: of these words (which has half of the false alarms), of the next rarest (about 10 % of the tokens), and of the rarest pairs of neighbouring words. Types are sampled by their hash when there are more than 32,768 of a kind. In scripts that do not separate words each character counts with the two before it. It sees words, not meanings, and needs about 100 records on each side; a round about other things has other rare words, and that too is a loss to it.',
  since: '0.2.0',
  recommended: 'warn',
  version: 2,
  sampled: true,
  views: ['all', 'accepted'],
  options: {
    share: {
      type: 'number',
      default: 0.05,
      minimum: 0.001,
      maximum: 0.3,
      description: 'Share of the tokens of the reference that its tail makes up.',
    },
  },
  messages: {
    narrowed:
      'The gate {{gate}} costs rare words: what it lets through by itself has {{drop}} % fewer of the reference’s than as many records from before it (95 %: {{least}} to {{most}} %)',
  },
  measures: {
    'tail.survival': {
      description: 'Share of the reference’s rare words that the round has, at matched size.',
      unit: 'share',
    },
    'tail.next-survival': {
      description: 'The same of the next rarest words, twice as many of the tokens.',
      unit: 'share',
    },
    'tail.pair-survival': {
      description: 'The same of the reference’s rare pairs of neighbouring words.',
      unit: 'share',
    },
    'tail.rate': {
      description: 'Share of the words of the round that are rare in the reference.',
      unit: 'share',
    },
    'tail.p': {
      description:
        'Chance that records of the reference have lost as much as the round, by the worst of the three.',
      unit: 'share',
    },
    'tail.survival.change': {description: 'What the gates did to survival, at matched size.', unit: 'share'},
  },
  init: createSpectrum,
  observe(spectrum, record, {feature}) {
    countRecord(spectrum, feature(record, 'wordHashes'));
  },
  merge: mergeSpectra,
  subtract: subtractSpectra,
  prepare: (reference, {options}) => chosenOf(reference, options.share),
  measure(round, reference, {options: {share}, table}): Record<string, MeasureValue> {
    if (reference === undefined) return {};
    const {measures, tables} = measuredOf(round, reference, share);
    for (const each of tables) table(each);
    return measures;
  },
  compare({before, after, reference, gate}, {options, report}): Record<string, MeasureValue> {
    if (reference === undefined) return {};
    const {keys} = chosenOf(reference, options.share);
    const change = changeOfSurvival(keys, before, after);
    if (change === undefined) return {};
    const interval = intervalOf(change, -1);
    // Of all gates together the one that did it is what a person wants to know.
    if (gate !== undefined && interval[1] < 0) {
      const percent = (share: number) => (-100 * share).toFixed(1);
      const [low, high] = interval;
      report({
        messageId: 'narrowed',
        data: {gate, drop: percent(change.value), least: percent(high), most: percent(low)},
      });
    }
    return {'tail.survival.change': {value: change.value, interval}};
  },
  encode: encodeSpectrum,
  decode: decodeSpectrum,
});
