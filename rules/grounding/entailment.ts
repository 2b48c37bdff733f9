import {
  type Absence,
  checkLabelMap,
  compileEach,
  defineRecordRule,
  missing,
  notApplicable,
  readLabelMap,
} from '../../src/api.js';
import {type ClaimScore, createScoreReader} from './scores.js';

const signals = ['entailment', 'entailment.mean'] as const;

export default defineRecordRule({
  id: 'grounding/entailment',
  summary: 'Reads how far the sources of an answer entail it, claim by claim, from a field or a provider.',
  why: 'A system that writes its answers back wants them borne out by what was retrieved: P(entailed) at least 0.65 in Bidirectional RAG (arXiv:2512.22199). In its published code the wrong output of the model is read, only the first sentence is looked at, and a missing scorer lets everything pass. Each of the three turns the filter off without a word.',
  advice:
    'Have every claim scored, name the labels of the model in `labels`, and switch on the gate `entailment`.',
  details:
    'Scores come from `field`, or where no field is there from the feature `entailment` of a plugin, such as collapse-gate/transformers (docs/transformers.md), which scores each sentence of the answer that has content. A field may hold one score for the whole answer or a list, one for each claim; a score is the share of entailment, an object by label, a list of `{label, score}`, or a list of numbers in the order of `labels`.\n\nThere is no default for the order of labels. A list of numbers without `labels` is missing its signal, and so is what does not add up to 1: for logits set `logits`. With `config`, the map is held against `id2label` of the model’s own config.json before anything is scanned.\n\n`entailment` is the least of all claims, `entailment.mean` their mean, `entailment.contradiction` the largest share of contradiction, where it is known. Fewer scores than sentences with `claims: sentences` is missing too: then a part of the answer was never looked at.',
  since: '0.2.0',
  recommended: 'off',
  on: 'response',
  needs: ['entailment'],
  options: {
    field: {
      type: 'array',
      items: {type: 'string'},
      default: ['entailment', 'grounding_score', 'nli'],
      description:
        'Field paths of the scores; the first that is there counts. `claims[*].score` gives one for each claim.',
    },
    labels: {
      type: 'array',
      items: {type: 'string'},
      default: [],
      description:
        'The model’s labels in the order of its outputs: `contradiction`, or `LABEL_0=contradiction`.',
    },
    logits: {type: 'boolean', default: false, description: 'Scores are logits: softmax is taken.'},
    config: {
      type: 'string',
      default: '',
      file: true,
      description:
        'config.json of the model, from the config’s folder: its `id2label` must agree with `labels`.',
    },
    claims: {
      type: 'string',
      enum: ['any', 'sentences'],
      default: 'any',
      description: 'Whether there must be a score for every sentence of the answer.',
    },
  },
  signals: {
    entailment: {description: 'Least share of entailment of a claim', range: [0, 1], better: 'high'},
    'entailment.mean': {description: 'Mean share of entailment of the claims', range: [0, 1], better: 'high'},
    'entailment.contradiction': {
      description: 'Largest share of contradiction of a claim',
      range: [0, 1],
      better: 'low',
    },
  },
  messages: {
    contradicted: 'Its sources contradict claim {{claim}} of {{claims}}: share of contradiction {{share}}',
    unread: 'Its entailment scores cannot be read: {{reason}}',
  },
  examples: {
    pass: [
      {rows: [{query: 'When?', response: 'At four.', grounding_score: 0.81}]},
      {
        label: 'by label, for two claims',
        rows: [
          {
            query: 'When?',
            response: 'At four. From the pier.',
            nli: [
              {entailment: 0.9, neutral: 0.08, contradiction: 0.02},
              {entailment: 0.7, neutral: 0.2, contradiction: 0.1},
            ],
          },
        ],
      },
    ],
    fail: [
      {
        label: 'a claim that is contradicted',
        rows: [
          {
            query: 'When?',
            response: 'At four. At five.',
            nli: [
              [0.05, 0.9, 0.05],
              [0.8, 0.1, 0.1],
            ],
          },
        ],
        options: {labels: ['contradiction', 'entailment', 'neutral']},
      },
      {
        label: 'an order that nobody stated',
        rows: [{query: 'When?', response: 'At four.', nli: [[0.8, 0.1, 0.1]]}],
      },
      {label: 'not a number', rows: [{query: 'When?', response: 'At four.', grounding_score: 'high'}]},
    ],
  },
  // A model is not asked about what the row says itself.
  asks({options}) {
    const find = finder(options.field);
    return ({fields}) => find(fields) === undefined;
  },
  create({options, report, signal, feature, has, json}) {
    const read = createScoreReader(options.labels, options.logits);
    if (options.config !== '') checkLabelMap(readLabelMap(options.labels), json(options.config));
    const find = finder(options.field);
    const fields = options.field.map(path => `\`${path}\``).join(', ');

    return record => {
      const found = find(record.fields);
      let scores: readonly ClaimScore[] | string;
      if (found !== undefined) scores = read(found.value, found.several);
      else if (has('entailment')) {
        const given = feature(record, 'entailment');
        if ('absent' in given) return absent(given);
        scores = given;
      } else return absent(missing(`there is no score at ${fields}, and no plugin gives one`));
      if (typeof scores === 'string') {
        report({messageId: 'unread', data: {reason: scores}});
        return absent(missing(scores));
      }
      const wanted = options.claims === 'sentences' ? feature(record, 'sentences').length : 0;
      if (scores.length < wanted) {
        const reason = `there are ${scores.length} scores for ${wanted} sentences`;
        report({messageId: 'unread', data: {reason}});
        return absent(missing(reason));
      }
      signal('entailment', Math.min(...scores.map(({entailment}) => entailment)));
      signal('entailment.mean', scores.reduce((sum, {entailment}) => sum + entailment, 0) / scores.length);
      const shares = scores.flatMap(({contradiction}) => contradiction ?? []);
      if (shares.length < scores.length)
        return signal(
          'entailment.contradiction',
          notApplicable('the scores do not say how far it is contradicted'),
        );
      const worst = Math.max(...shares);
      signal('entailment.contradiction', worst);
      if (worst > 0.5)
        report({
          messageId: 'contradicted',
          data: {claim: shares.indexOf(worst) + 1, claims: shares.length, share: worst},
        });
    };

    function absent(value: Absence): void {
      for (const name of [...signals, 'entailment.contradiction'] as const) signal(name, value);
    }
  },
});

/** What the first of the paths holds that leads to something. Through a list, `[*]`, that is a value for each claim. */
function finder(fields: readonly string[]) {
  const paths = fields.map(field => ({read: compileEach(field), several: field.includes('[*]')}));
  return (row: Readonly<Record<string, unknown>>) => {
    for (const {read, several} of paths) {
      const values = read(row);
      if (values.some(value => value !== undefined)) return {value: several ? values : values[0], several};
    }
    return undefined;
  };
}
