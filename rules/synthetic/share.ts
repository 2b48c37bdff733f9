import {defineCorpusRule} from '../../src/api.js';
import {discoveries, pValuesOf} from './conformal.js';
import {leastShare, mixedShare} from './mixture.js';
import {
  addScore,
  addTopics,
  decodeScores,
  encodeScores,
  likeness,
  mergeScores,
  mixedTopics,
  noScores,
  requireSame,
  type Scores,
  scored,
  subtractScores,
} from './scores.js';

/** Bounds of fewer records say little. */
const leastRecords = 100;
const leastReference = 200;
const rates = [0.01, 0.05, 0.1, 0.2];

export default defineCorpusRule({
  id: 'synthetic/share',
  summary: 'Measures how much of a round is machine text, by the style of the reference’s human text.',
  why: 'Of one record style says little, of a thousand much: what a loop collapses from is the share of generated text in its rounds (arXiv:2305.17493), and a share can be bounded where no record can be named.',
  advice:
    'Name samples of the suspected generator (`--machine samples.jsonl`): then the share is estimated, with an interval on both sides. Look at the sources of the round first, not at single records.',
  details:
    'Needs a trusted reference that people wrote, of at least 200 records that the detector speaks of, and 100 such records in the round. `synthetic.share` is a **lower bound** at 95 % confidence from human text alone: where more of the round than of the reference scores high, the rest of the difference is something else. It says nothing of machine text that scores as human text does, so 0 does not mean that there is none.\n\nWith samples of the suspected generator, `synthetic.share` is an **estimate** with a two-sided 95 % interval: the round is taken as a mixture of the reference and of the samples.\n\nBoth take it that the human part of the round is of the reference’s kind: human text of another domain scores differently for that alone. `synthetic.likeness` says how alike the words of the round are to those of the reference (or of its mixture with the samples), and under `minLikeness` nothing is claimed. Without samples that is so of rounds that are mostly machine text, too: a bound is for those that machine text has crept into. The table lists how many records can be named when a share of 1, 5, 10 or 20 % of the list may be human (false discovery rate: Benjamini and Hochberg on conformal p-values, arXiv:2104.08279); the limit is the `fpr` of synthetic/style that gives this list.\n\nThe profile keeps the scores of the reference by length and kind, and synthetic/style holds records against them.',
  since: '0.2.0',
  recommended: 'off',
  version: 1,
  views: ['all', 'accepted'],
  options: {
    minLikeness: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.995,
      description: 'Likeness of the words of round and reference under which no share is claimed.',
    },
    weights: {
      type: 'string',
      file: true,
      default: '',
      description:
        'A detector that `collapse train` wrote, the same as of synthetic/style; empty for the one of the package.',
    },
  },
  messages: {
    differs:
      'The words of the round are not those of the reference (likeness {{likeness}}, at least {{wanted}} wanted): it is of another domain, or much of it is machine text. Which of the two cannot be told without samples of the generator (`--machine`)',
    unexplained:
      'The words of the round are not those of a mixture of the reference and the samples (likeness {{likeness}}, at least {{wanted}} wanted): the share of machine text cannot be told',
  },
  measures: {
    'synthetic.share': {
      description:
        'Share of machine text: a lower bound at 95 %, or an estimate where samples of the generator are given.',
      unit: 'share',
    },
    'synthetic.likeness': 'How alike the words of round and reference are, from 0 to 1.',
    'synthetic.listable': {
      description: 'Records that can be listed as machine text with one in ten of them expected to be human.',
      unit: 'count',
    },
  },
  init: noScores,
  observe(scores, record, {options: {weights}, feature, detector}) {
    const {read, mark} = detector(weights);
    requireSame(scores, mark, 'the records before');
    scores.detector = mark;
    const style = read(record);
    addTopics(scores, feature(record, 'wordHashes'));
    if ('abstains' in style) scores.abstained++;
    else {
      const answer = record.response !== undefined || record.chosen !== undefined;
      addScore(scores, style.score, feature(record, 'wordCount'), answer);
    }
  },
  merge: mergeScores,
  subtract: subtractScores,
  measure(round, human, {options: {minLikeness}, machine, view, report, table}) {
    for (const other of [human, machine as Scores | undefined])
      if (other !== undefined) requireSame(other, round.detector, 'the reference');
    if (human === undefined || scored(round) < leastRecords || scored(human) < leastReference) return {};
    const suspected = machine as Scores | undefined;
    const estimate = suspected && mixedShare(round, human, suspected);
    // With samples the round need not be like the reference, but like a mixture of both.
    const explained = suspected && estimate ? mixedTopics(human, suspected, estimate.value || 0) : human;
    const alike = likeness(round, explained);
    const known = {'synthetic.likeness': {value: alike}};
    if (alike < minLikeness) {
      const data = {likeness: alike.toFixed(3), wanted: minLikeness.toFixed(3)};
      if (view === 'all') report({messageId: estimate ? 'unexplained' : 'differs', data});
      return known;
    }
    const listed = lists(round, human);
    table({
      id: 'synthetic.lists',
      title: 'Records that can be named as machine text, by the share of the list that may be human',
      note: 'A list of so many records at the top of the signal `synthetic`; the limit is the `fpr` of synthetic/style that gives it.',
      columns: [
        {id: 'human', title: 'Of the list human, at most', unit: 'share'},
        {id: 'records', title: 'Records'},
        {id: 'limit', title: '`fpr`'},
      ],
      rows: listed.map(({rate, count, limit}) => [rate, count, count === 0 ? null : limit]),
    });
    const listable = {value: listed.find(({rate}) => rate === 0.1)!.count};
    const least = leastShare(round, human);
    const share = estimate ?? {value: least, interval: [least, 1] as const};
    return {...known, 'synthetic.share': share, 'synthetic.listable': listable};
  },
  encode: encodeScores,
  decode: decodeScores,
});

function lists(round: Scores, human: Scores) {
  const pValues = pValuesOf(round, human);
  return rates.map(rate => ({rate, ...discoveries(pValues, rate)}));
}
