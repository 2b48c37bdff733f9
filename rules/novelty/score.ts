import {compilePath, defineRecordRule, missing} from '../../src/api.js';

export default defineRecordRule({
  id: 'novelty/score',
  summary: 'Reads how new a record is in meaning, as the system that wrote it measured.',
  why: 'A paraphrase shares few words with what it repeats: likeness of words calls it new. Bidirectional RAG measures novelty as 1 less the highest cosine of embeddings to its corpus (arXiv:2512.22199).',
  advice: 'Have the system write its score, or the highest cosine, into the row.',
  details:
    'A number from 0 to 1 at `field`, or with `similarity` 1 less it. What is absent or no such number is missing, and the gate `novelty` refuses it. It says nothing of records earlier in the same round, which duplicate/near does.',
  since: '0.2.0',
  recommended: 'off',
  options: {
    field: {
      type: 'array',
      items: {type: 'string'},
      default: ['novelty_score'],
      description: 'Field paths of the score; the first that is there counts.',
    },
    similarity: {
      type: 'boolean',
      default: false,
      description: 'The field holds a similarity: novelty is 1 less it.',
    },
  },
  signals: {
    'novelty.semantic': {
      description: 'Distance in meaning to what is already there',
      range: [0, 1],
      better: 'high',
    },
  },
  messages: {unread: 'How new it is in meaning cannot be read: {{reason}}'},
  examples: {
    pass: [{rows: [{text: 'The ferry has stopped.', novelty_score: 0.4}]}],
    fail: [{label: 'out of range', rows: [{text: 'The ferry has stopped.', novelty_score: 4}]}],
  },
  create({options, report, signal}) {
    const paths = options.field.map(compilePath);
    return ({fields}) => {
      const found = paths.map(path => path(fields)).find(values => values.length > 0) ?? [];
      // Of several none can be told to be the score.
      const value = found.length > 1 ? found.join(', ') : found[0];
      if (typeof value === 'number' && value >= 0 && value <= 1)
        return signal('novelty.semantic', options.similarity ? 1 - value : value);
      const reason =
        value === undefined
          ? 'no field holds it'
          : `\`${String(value).slice(0, 20)}\` is no number from 0 to 1`;
      signal('novelty.semantic', missing(reason));
      if (value !== undefined) report({messageId: 'unread', data: {reason}});
    };
  },
});
