import {compilePath, defineRecordRule, missing, notApplicable} from '../../src/api.js';
import {createSelfEvalReader, selfEvalOptions} from './parse.js';

export default defineRecordRule({
  id: 'self-eval/score',
  summary:
    'Reads the score that a model gave its own answer, and flags answers whose evaluation was left in.',
  why: 'Post-Completion Learning has the model judge itself behind its answer, trains on that, and cuts it off at inference (arXiv:2507.20252). A score that cannot be read says nothing, and an evaluation that is served teaches the next model to talk to itself.',
  advice: 'Cut the evaluation off what is served; drop records whose score cannot be read.',
  details:
    'The score is a number at `field`, or is read from the text behind the last `marker`: the last number that is named a score, reward, rating or confidence (`score: 0.8`, `8/10`, `80 %`), or the only number there. It is divided by `scale`. What is missing, cannot be read or is outside its scale is a missing signal, and the gate `self-eval` refuses it.\n\nWith `truth`, the reward that was computed, the signal `self-eval.gap` is the distance |r̂ − r|. Whether the score is worth anything is measured by self-eval/calibration.\n\n`served` names what a user would see; where the marker stands in it, it leaks.',
  since: '0.2.0',
  recommended: 'off',
  on: 'response',
  options: {
    ...selfEvalOptions,
    served: {
      type: 'string',
      default: '',
      description:
        'Field path of the completion that is served, which must not hold the marker. Empty: not looked at.',
    },
  },
  signals: {
    'self-eval': {
      description: 'Score that the model gave its answer, over its scale',
      range: [0, 1],
      better: 'high',
    },
    'self-eval.gap': {
      description: 'Distance of that score from the reward that was computed',
      range: [0, 1],
      better: 'low',
    },
  },
  messages: {
    unread: 'The model’s score of its answer cannot be read: {{reason}}',
    leaked: 'The marker `{{marker}}` leaks into what is served',
  },
  examples: {
    pass: [
      {rows: [{prompt: '2 + 2?', response: '4<post-completion>Right. score: 0.9</post-completion>'}]},
      {
        label: 'from a field',
        rows: [{prompt: '2 + 2?', response: '4', own: 8}],
        options: {field: 'own', scale: 10},
      },
    ],
    fail: [
      {label: 'no evaluation', rows: [{prompt: '2 + 2?', response: '4'}]},
      {label: 'no score in it', rows: [{prompt: '2 + 2?', response: '4<post-completion>Quite sure.'}]},
      {
        label: 'leaked',
        rows: [{prompt: '2 + 2?', response: '4', served: '4<post-completion>score: 1', own: 1}],
        options: {field: 'own', served: 'served'},
      },
    ],
  },
  create({options, report, signal}) {
    const read = createSelfEvalReader(options);
    const served = options.served === '' ? undefined : compilePath(options.served);
    return ({response, text, fields}) => {
      const {score, truth} = read(response ?? text, fields);
      if (typeof score === 'string') {
        report({messageId: 'unread', data: {reason: score}});
        signal('self-eval', missing(score));
        signal('self-eval.gap', missing(score));
      } else {
        signal('self-eval', score);
        const unknown =
          options.truth === '' && options.solution === ''
            ? notApplicable('neither `truth` nor `solution` is set')
            : missing(`there is no reward at \`${options.truth || options.solution}\``);
        signal('self-eval.gap', truth === undefined ? unknown : Math.abs(score - truth));
      }
      const shown = served?.(fields)[0];
      if (typeof shown === 'string' && shown.includes(options.marker))
        report({messageId: 'leaked', data: {marker: options.marker}});
    };
  },
});
