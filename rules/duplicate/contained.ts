import {definePairRule, placeName} from '../../src/api.js';

export default definePairRule({
  id: 'duplicate/contained',
  summary: 'Flags records that stand inside a longer record, earlier in the round or in a reference.',
  why: 'A passage copied out of a long document has a low similarity to it, so near-duplicate filters let it pass, and it is trained on twice (Lee et al., arXiv:2107.06499, remove such substrings).',
  advice: 'Drop the excerpt, or keep it on purpose with an override for its source.',
  details:
    'Measured as the share of the record’s words that stand in runs of at least 6 words which the longer record has too. Found by winnowing fingerprints (Schleimer, Wilkerson, Aiken, SIGMOD 2003): two records that share 20 words in a row always share a fingerprint. Each fingerprint remembers the record that had it first, so an excerpt of a document that stands there in several versions may be missed, and so may a copy with an edit every few words. A long record that holds an earlier, shorter one is not flagged: it brings something new.\n\nOff by default, because it makes a scan about a third slower and takes most of the memory: switch it on with `duplicate/contained: warn`. Profiles hold what it needs either way.',
  since: '0.1.0',
  recommended: 'off',
  duplicates: true,
  yieldsTo: ['duplicate/exact', 'duplicate/near'],
  options: {
    words: {
      type: 'integer',
      minimum: 8,
      default: 20,
      description: 'Words that a record must have to be looked at.',
    },
    share: {
      type: 'number',
      minimum: 0.5,
      maximum: 1,
      default: 0.9,
      description: 'Least share of its words that must stand inside the other record.',
    },
  },
  messages: {
    round: '{{percent}} % of its words stand inside the earlier record `{{id}}` ({{place}})',
    reference: '{{percent}} % of its words stand inside `{{id}}` ({{place}}) of the {{role}} reference',
  },
  examples: {
    pass: [
      {label: 'too short to tell', rows: ['Down by the pier the nets were drying.', 'the nets were drying']},
    ],
    fail: [
      {
        rows: [
          'Nobody had wound the tower clock since the sexton fell ill. When the new teacher climbed up with a torch and a can of oil, she found an owl asleep behind the great wheel and decided that the hour could wait until the bird had finished with it. The village agreed, and for a month every clock was right.',
          'When the new teacher climbed up with a torch and a can of oil, she found an owl asleep behind the great wheel and decided that the hour could wait.',
        ],
      },
    ],
  },
  neighbours: ({share, words}) => [{relation: 'inside', minimum: share, words}],
  create({report}) {
    return (_, neighbours) => {
      const [first] = neighbours;
      if (first === undefined) return;
      const {id, path, line} = first.record;
      const data = {id, place: placeName({path, line}), percent: Math.floor(first.similarity * 100)};
      const related = [first];
      if (first.origin === 'round') report({messageId: 'round', data, related});
      else report({messageId: 'reference', data: {...data, role: first.origin.role}, related});
    };
  },
});
