import {compileEach, compilePath, defineRecordRule, missing, notApplicable} from '../../src/api.js';
import {type Answer, answerFrom, createExtractor} from './extract.js';
import {extractOptions, voteSignals} from './options.js';
import {countVotes, short, shownVotes, standingOf} from './votes.js';

export default defineRecordRule({
  id: 'agreement/samples',
  summary: 'Counts the votes of several responses to one prompt that stand in one record.',
  why: 'An answer that a model gives again and again is right more often than one it gives once: systems that train on their own answers take the majority as the truth (Self-Questioning Language Models, arXiv:2508.03682). On public solutions of GSM8K by four models, 56.3 % of the best model’s answers are right, 71.4 % of those that two of four share, 95.7 % of those that all share.',
  advice: 'Switch on the gate `agreement`, or sample more answers to the prompt.',
  details:
    'Each value that a path of `samples` leads to is one vote. The answer is read out of it (see `extract`) and put in one spelling: numbers by value, so 1,000 = 1000 = 1.0e3 and 1/2 = 0.5, text without regard to case, white space and a final stop. A value that is no text, or in which no answer can be read, is a vote for nothing: it counts among the votes and never wins. So does a sample that `votes` asks for and the record lacks.\n\nThe signals speak of the answer with the most votes. A record with fewer than two votes has no agreement to speak of: the gate does as its `onAbstain` says. One in which no answer could be read at all is missing its signal, and no gate accepts it.\n\nWhere the record holds the truth, name it in `truth`: the signal `correct` then says whether the winning answer is right, and the report tells what the gates do to the share of right answers. Agreement is no proof: models that learnt from each other are wrong together, and the accuracy of votes falls from round to round of self-training while agreement rises.\n\nFor records that hold one response each, see agreement/prompt. Where both are on, one that has nothing to count leaves the say to the other; where both count, the worse number of each signal holds.',
  since: '0.2.0',
  recommended: 'off',
  on: 'response',
  options: {
    samples: {
      type: 'array',
      items: {type: 'string'},
      default: ['samples[*]'],
      description: 'Field paths of the responses: `samples[*].text`, or one path for each.',
    },
    votes: {
      type: 'integer',
      minimum: 0,
      default: 0,
      description:
        'Votes that every record should have; those it lacks count as votes for nothing. 0: as many as it has.',
    },
    truth: {
      type: 'string',
      default: '',
      description: 'Field path of the right answer, read as the responses are. Empty: not known.',
    },
    ...extractOptions,
  },
  signals: {
    ...voteSignals,
    correct: {description: 'Whether the answer is the right one', range: [0, 1], better: 'high'},
  },
  messages: {
    tie: 'The votes are tied: {{votes}}. No answer can be taken for right; sample more, or drop the prompt',
    none: 'No answer could be read in any of the {{count}} responses. See the option `extract`',
    wrong: 'The votes went to `{{answer}}`, the right answer is `{{truth}}`: {{votes}}',
  },
  examples: {
    pass: [
      {
        label: 'spellings of one number',
        rows: [{text: 'Nets in 8 sheds of 125?', samples: ['So 1,000 nets.', 'A: 1000', '\\boxed{1.0e3}']}],
      },
    ],
    fail: [
      {
        label: 'a tie',
        rows: [{text: 'How many eels?', samples: ['A: 3', 'A: 4', 'A: 3', 'A: 4']}],
      },
      {
        label: 'no answer at all',
        rows: [{text: 'How many eels?', samples: ['Many.', 'Who knows?']}],
      },
      {
        label: 'agreed and wrong',
        rows: [{text: 'How many eels?', samples: ['A: 3', 'A: 3'], eels: 4}],
        options: {truth: 'eels'},
      },
    ],
  },
  create({options, report, signal}) {
    const read = createExtractor(options);
    const paths = options.samples.map(compileEach);
    const truthAt = options.truth === '' ? undefined : compilePath(options.truth);
    const textOf = (value: unknown) => (typeof value === 'number' ? String(value) : value);
    const vote = (value: unknown): Answer | undefined => {
      const text = textOf(value);
      return typeof text === 'string' ? read(text) : undefined;
    };

    function absent(reason: string, known: boolean): void {
      const value = known ? missing(reason) : notApplicable(reason);
      for (const name of ['agreement', 'agreement.lead', 'agreement.votes'] as const) signal(name, value);
      if (truthAt !== undefined) signal('correct', notApplicable('no answer won'));
    }

    return ({fields}) => {
      // A single path that leads nowhere is a response that is not there, `[*]` of no list is no response.
      const found = paths.flatMap((path, at) => {
        const values = path(fields);
        return values.length === 0 && !options.samples[at]!.includes('[*]') ? [undefined] : values;
      });
      while (found.length < options.votes) found.push(undefined);
      if (found.length < 2)
        return absent(`the record has ${found.length === 0 ? 'no' : 'one'} response to count`, false);
      const count = countVotes(found.map(vote));
      const [first, second] = count.answers;
      if (first === undefined) {
        report({messageId: 'none', data: {count: count.total}});
        return absent('no answer could be read in any response', true);
      }
      const {votes, share, lead} = standingOf(count, first.answer.key);
      signal('agreement', share);
      signal('agreement.lead', lead);
      signal('agreement.votes', votes);
      const tied = second !== undefined && lead === 0;
      if (tied) report({messageId: 'tie', data: {votes: shownVotes(count)}});
      if (truthAt === undefined) return;
      if (tied) return signal('correct', notApplicable('the votes are tied: no answer won'));
      const truth = truthOf(textOf(truthAt(fields)[0]), read);
      if (truth === undefined)
        return signal('correct', notApplicable(`no answer could be read in \`${options.truth}\``));
      const right = truth.key === first.answer.key;
      signal('correct', right ? 1 : 0);
      if (right) return;
      const data = {answer: short(first.answer.shown), truth: short(truth.shown), votes: shownVotes(count)};
      report({messageId: 'wrong', data});
    };
  },
});

/** The right answer is read as a response is; where it is nothing but the answer, that is it. */
function truthOf(value: unknown, read: (text: string) => Answer | undefined): Answer | undefined {
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  return read(value) ?? answerFrom(value.trim());
}
