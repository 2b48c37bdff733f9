import {definePairRule, placeName} from '../../src/api.js';

export default definePairRule({
  id: 'contamination/benchmark',
  summary: 'Flags records that hold an item of a benchmark reference.',
  why: 'A model trained on test items is measured on what it has seen: its scores rise and mean nothing (Sainz et al., arXiv:2310.18018; Brown et al., arXiv:2005.14165, section 4).',
  advice: 'Remove the record. If the benchmark is no longer used for evaluation, drop it from `references`.',
  details:
    'A benchmark is given with `--reference benchmark=PATH` or `references: [{path, role: benchmark}]`. A record is flagged when it is nearly the same as an item (see duplicate/near), or when the item stands inside it: the share of the item’s words in runs of at least 6 words that the record has too. Items under `words` words are only compared as a whole.',
  since: '0.1.0',
  recommended: 'error',
  duplicates: false,
  options: {
    threshold: {
      type: 'number',
      minimum: 0.3,
      maximum: 1,
      default: 0.8,
      description: 'Least similarity to a whole item that is reported.',
    },
    share: {
      type: 'number',
      minimum: 0.5,
      maximum: 1,
      default: 0.8,
      description: 'Least share of an item’s words that must stand inside the record.',
    },
    words: {
      type: 'integer',
      minimum: 6,
      default: 8,
      description: 'Words that an item must have to be looked for inside records.',
    },
  },
  messages: {
    same: 'Equals the benchmark item `{{id}}` ({{place}})',
    near: 'Nearly equals the benchmark item `{{id}}` ({{place}}), similarity {{similarity}}',
    holds: 'Holds the benchmark item `{{id}}` ({{place}}): {{percent}} % of its words',
  },
  examples: {
    pass: [
      {
        rows: ['Which moon of Saturn has rivers of methane?'],
        references: {benchmark: ['Which planet has the shortest day of all planets in the solar system?']},
      },
    ],
    fail: [
      {
        label: 'an item inside a longer text',
        rows: [
          'Quiz night, round two. Which planet has the shortest day of all planets in the solar system? Answers on the back.',
        ],
        references: {benchmark: ['Which planet has the shortest day of all planets in the solar system?']},
      },
    ],
  },
  neighbours: ({threshold, share, words}) => [
    {relation: 'same', minimum: 1, round: false, roles: ['benchmark']},
    {relation: 'near', minimum: threshold, round: false, roles: ['benchmark']},
    {relation: 'holds', minimum: share, words, round: false, roles: ['benchmark']},
  ],
  create({report}) {
    return (_, neighbours) => {
      const [first] = neighbours;
      if (first === undefined) return;
      const {id, path, line} = first.record;
      const place = placeName({path, line});
      const related = [first];
      const {similarity} = first;
      if (first.relation === 'same') report({messageId: 'same', data: {id, place}, related});
      else if (first.relation === 'near') report({messageId: 'near', data: {id, place, similarity}, related});
      else report({messageId: 'holds', data: {id, place, percent: Math.floor(similarity * 100)}, related});
    };
  },
});
