import {compilePath, defineRecordRule, missing} from '../../src/api.js';

export default defineRecordRule({
  id: 'detector/score',
  summary: 'Reads how likely a detector of yours holds a record for machine text.',
  why: 'Resampling a round by the score of a detector of machine text keeps a model from collapsing where its own text is mixed with that of people (arXiv:2502.15654). A score that is lost on the way looks like human text to a system that does not ask.',
  advice: 'Have the detector write its score into every row, or name the field where it stands.',
  details:
    'A number from 0 (human) to 1 (machine) at `field`; with `human` it is the share of human text, and 1 less it is taken. What is absent or no such number is missing: the gate `detector` refuses it, and `--weights` gives it no weight. For a detector that comes with the package see synthetic/style.',
  since: '0.2.0',
  recommended: 'off',
  options: {
    field: {
      type: 'array',
      items: {type: 'string'},
      default: ['cls_confidence'],
      description: 'Field paths of the score; the first that is there counts.',
    },
    human: {
      type: 'boolean',
      default: false,
      description: 'The score says how likely a person wrote it: 1 less it is taken.',
    },
  },
  signals: {
    detector: {
      description: 'How likely a machine wrote it, by the detector of the data',
      range: [0, 1],
      better: 'low',
    },
  },
  messages: {unread: 'The score of the detector cannot be read: {{reason}}'},
  examples: {
    pass: [{rows: [{text: 'The ferry has stopped.', cls_confidence: 0.12}]}],
    fail: [
      {label: 'no share', rows: [{text: 'The ferry has stopped.', cls_confidence: 12}]},
      {label: 'a word', rows: [{text: 'The ferry has stopped.', cls_confidence: 'human'}]},
    ],
  },
  create({options, report, signal}) {
    const paths = options.field.map(compilePath);
    const fields = options.field.map(path => `\`${path}\``).join(', ');
    return ({fields: row}) => {
      const found = paths.map(path => path(row)).find(values => values.length > 0) ?? [];
      // Of several none can be told to be the score.
      const value = found.length > 1 ? found.join(', ') : found[0];
      if (typeof value === 'number' && value >= 0 && value <= 1)
        return signal('detector', options.human ? 1 - value : value);
      if (value === undefined) return signal('detector', missing(`there is no score at ${fields}`));
      const reason = `\`${String(value).slice(0, 20)}\` is no number from 0 to 1`;
      signal('detector', missing(reason));
      report({messageId: 'unread', data: {reason}});
    };
  },
});
