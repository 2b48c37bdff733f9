import {compilePath, defineGroupRule, missing, notApplicable} from '../../src/api.js';
import {createExtractor} from './extract.js';
import {extractOptions, voteSignals} from './options.js';
import {countVotes, short, shownVotes, standingOf} from './votes.js';

const names = ['agreement', 'agreement.lead', 'agreement.votes'] as const;

export default defineGroupRule({
  id: 'agreement/prompt',
  summary: 'Counts the votes of the responses to one prompt, one response in each record.',
  why: 'An answer that many responses share is right more often than one that stands alone, and a system that trains on its own answers keeps the majority (Self-Questioning Language Models, arXiv:2508.03682).',
  advice: 'Switch on the gate `agreement`, so that only records with the answer of the majority stay.',
  details:
    'Records whose prompts are equal but for white space, or that have the same value at `key`, vote with their responses. How answers are read and compared, and what a vote without an answer is, see agreement/samples.\n\nThe signals speak of the record’s own answer: its share of the votes, and how far it is ahead of the strongest other. So of a prompt only the records with the winning answer pass, and of a tie none. A record without an answer is missing its signals and no gate accepts it; one whose prompt was answered once has no agreement to speak of.\n\nOff by default, because groups need a second reading of the corpus. Of a prompt the first 1,000 responses are counted; the others are missing their signals.',
  since: '0.2.0',
  recommended: 'off',
  on: 'response',
  options: {
    key: {
      type: 'string',
      default: '',
      description: 'Field path of what groups responses. Empty: the prompt.',
    },
    ...extractOptions,
  },
  signals: voteSignals,
  messages: {
    tie: 'The votes on this prompt are tied: {{votes}}. No answer can be taken for right',
    outvoted: 'Answers `{{answer}}`, which is not what most responses to this prompt say: {{votes}}',
    none: 'No answer could be read in the response. See the option `extract`',
  },
  examples: {
    pass: [
      {
        label: 'of one mind',
        rows: [
          {prompt: 'How many eels?', response: 'Three and one: 4.'},
          {prompt: 'How many  eels?', response: '<answer>4.0</answer>'},
        ],
      },
      {label: 'nobody else was asked', rows: [{prompt: 'How many eels?', response: '4'}]},
    ],
    fail: [
      {
        label: 'outvoted',
        rows: [
          {prompt: 'How many eels?', response: '4'},
          {prompt: 'How many eels?', response: '4'},
          {prompt: 'How many eels?', response: '5'},
        ],
      },
      {
        label: 'a tie',
        rows: [
          {prompt: 'How many eels?', response: '4'},
          {prompt: 'How many eels?', response: '5'},
        ],
      },
      {
        label: 'no answer',
        rows: [
          {prompt: 'How many eels?', response: '4'},
          {prompt: 'How many eels?', response: 'A few.'},
        ],
      },
    ],
  },
  key({prompt, response, fields}, {key}) {
    if (response === undefined) return undefined;
    if (key === '') return prompt?.trim().replace(/\s+/g, ' ');
    const [value] = compilePath(key)(fields);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  },
  create({options, report, signal}) {
    const read = createExtractor(options);
    return ({records}) => {
      const answers = records.map(({response}) => read(response!));
      const count = countVotes(answers);
      const [first, second] = count.answers;
      const tied = first !== undefined && first.votes === second?.votes;
      for (const [at, record] of records.entries()) {
        const answer = answers[at];
        if (records.length < 2) {
          for (const name of names) signal(record, name, notApplicable('the prompt has no other response'));
        } else if (answer === undefined) {
          for (const name of names) signal(record, name, missing('no answer could be read in the response'));
          report(record, {messageId: 'none'});
        } else {
          const {votes, share, lead} = standingOf(count, answer.key);
          signal(record, 'agreement', share);
          signal(record, 'agreement.lead', lead);
          signal(record, 'agreement.votes', votes);
          if (lead > 0) continue;
          if (tied) report(record, {messageId: 'tie', data: {votes: shownVotes(count)}});
          else
            report(record, {
              messageId: 'outvoted',
              data: {answer: short(answer.shown), votes: shownVotes(count)},
            });
        }
      }
    };
  },
});
