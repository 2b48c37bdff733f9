import {definePairRule, notApplicable, placeName} from '../../src/api.js';

export default definePairRule({
  id: 'duplicate/near',
  summary: 'Flags records that are nearly the same as an earlier record or a reference record.',
  why: 'Near-copies waste the round and weigh one voice more than the others: deduplicated data trains better models in fewer steps (Lee et al., arXiv:2107.06499).',
  advice:
    'Keep the first of a neighbourhood; `collapse filter` does. Raise `threshold` when wanted variants are caught.',
  details:
    'Similarity is the Jaccard similarity of the multisets of neighbouring word pairs (case-folded; with a mark at the start and the end, so n words give n + 1 pairs). It means the same at every length: at 0.8 about one word in eighteen differs. Word order counts only locally: swapped sentences and re-wrapped lines stay similar. In scripts without spaces each character is a word, taken together with the two before it.\n\nCandidates come from 128-byte sketches (one-permutation hashing, arXiv:1703.04664) cut into bands; every reported pair is computed on both texts, or marked as an estimate where the text of a reference is not at hand. Up to four candidates of a record are compared, the most similar first.\n\nThe signal `novelty` is 1 minus the highest similarity found. Similarities under `floor` (or `threshold`, when `floor` is 0) are not searched for, and such a record has novelty 1.',
  since: '0.1.0',
  recommended: 'error',
  duplicates: true,
  yieldsTo: ['duplicate/exact'],
  options: {
    threshold: {
      type: 'number',
      minimum: 0.3,
      maximum: 1,
      default: 0.8,
      description: 'Least similarity that is reported.',
    },
    floor: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0,
      description:
        'Least similarity that is searched for and enters the signal `novelty`; 0: as `threshold`.',
    },
  },
  signals: {
    novelty: {description: '1 minus the highest similarity found', range: [0, 1], better: 'high'},
  },
  limits: [{signal: 'novelty', option: 'threshold', of: 'rest'}],
  messages: {
    round: 'Near-duplicate of the earlier record `{{id}}` ({{place}}), similarity {{similarity}}',
    reference: 'Near-duplicate of `{{id}}` ({{place}}) of the {{role}} reference, similarity {{similarity}}',
  },
  examples: {
    pass: [
      {
        rows: [
          'The harbour master counts the boats each morning and writes their names in a ledger.',
          'The baker counts the loaves each evening and chalks the number on a slate.',
        ],
      },
    ],
    fail: [
      {
        label: 'one word changed',
        rows: [
          'Each spring the river rises over the lower meadow and the cows are led up to the old orchard until it falls.',
          'Each spring the river rises over the lower meadow and the sheep are led up to the old orchard until it falls.',
        ],
      },
    ],
  },
  neighbours: ({threshold, floor}) => [
    {relation: 'near', minimum: floor > 0 ? Math.min(floor, threshold) : threshold},
  ],
  create({options, report, signal}) {
    return ({words}, neighbours) => {
      const [nearest] = neighbours;
      if (words === 0) return signal('novelty', notApplicable('the text has no words'));
      signal('novelty', 1 - (nearest?.similarity ?? 0));
      if (nearest === undefined || nearest.similarity < options.threshold) return;
      const {id, path, line} = nearest.record;
      const data = {id, place: placeName({path, line}), similarity: nearest.similarity};
      const related = [nearest];
      if (nearest.origin === 'round') report({messageId: 'round', data, related});
      else report({messageId: 'reference', data: {...data, role: nearest.origin.role}, related});
    };
  },
});
