import {definePairRule, placeName} from '../../src/api.js';

export default definePairRule({
  id: 'duplicate/exact',
  summary: 'Flags records whose text equals an earlier record or a reference record.',
  why: 'Each repeat is trained on again: models then memorise it and leak it word for word (Lee et al., arXiv:2107.06499), and a round looks larger than what it teaches.',
  advice: 'Drop the repeat; `collapse filter` keeps the first and moves the rest to rejected.',
  details:
    'Texts are compared after Unicode normalisation (NFC), with white space collapsed and invisible characters left out; case and punctuation count. The first of equal records stays, in order of path and position, unless it failed a gate itself.',
  since: '0.1.0',
  recommended: 'error',
  duplicates: true,
  options: {},
  messages: {
    round: 'Same text as the earlier record `{{id}}` ({{place}})',
    reference: 'Same text as `{{id}}` ({{place}}) of the {{role}} reference',
  },
  examples: {
    pass: [{rows: ['The heron waited by the weir.', 'The heron waited by the mill.']}],
    fail: [
      {rows: ['The heron waited by the weir.', 'The  heron waited\nby the weir. ']},
      {
        label: 'against a reference',
        rows: ['Rain fell on the tin roof.'],
        references: {trusted: ['Rain fell on the tin roof.']},
      },
    ],
  },
  neighbours: () => [{relation: 'same', minimum: 1}],
  create({report}) {
    return (_, neighbours) => {
      const [first] = neighbours;
      if (first === undefined) return;
      const {id, path, line} = first.record;
      const place = placeName({path, line});
      if (first.origin === 'round') report({messageId: 'round', data: {id, place}, related: [first]});
      else report({messageId: 'reference', data: {id, place, role: first.origin.role}, related: [first]});
    };
  },
});
