import {defineGate} from '../api.js';

export default defineGate({
  scope: 'record',
  id: 'agreement',
  summary: 'Accepts only answers that won the vote of several responses to their prompt.',
  why: 'Self-training without a check on truth collapses; the vote of the model’s own answers is the check that Self-Questioning Language Models train on (arXiv:2508.03682). On public solutions of GSM8K by four models, the answers that all four share are right in 95.7 % and 12.4 % of the questions have one; three of four: 88.5 % and 30.9 %; two of four: 71.4 % and 60.0 %.',
  advice:
    'Sample more answers to the prompt, or lower `minimum`. Answers of models that learnt from each other agree without being right: keep a labelled probe set.',
  details:
    'Reads the signals of agreement/samples (several responses in one record) or agreement/prompt (one response a record); switch one of them on. `agreement` is the share of all votes that the answer got, and responses without an answer vote for nothing. A tie is refused, and so is an answer that was outvoted, whatever `minimum` is.\n\nTwo uses ask for opposite things of a unanimous vote. For truth, `unanimous: require` keeps only what all agree on. For a curriculum, `unanimous: drop` leaves out what is too easy to learn from, as the reward of the proposer does in arXiv:2508.03682: more than one vote and not all.',
  since: '0.2.0',
  recommended: false,
  signals: ['agreement', 'agreement.lead', 'agreement.votes'],
  limits: [{signal: 'agreement', option: 'minimum'}],
  else: 'reject',
  onAbstain: 'quarantine',
  options: {
    minimum: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.5,
      description: 'Least share of the votes.',
    },
    votes: {
      type: 'integer',
      minimum: 1,
      default: 2,
      description: 'Least number of votes.',
    },
    unanimous: {
      type: 'string',
      enum: ['allow', 'require', 'drop'],
      default: 'allow',
      description: 'What becomes of an answer that got every vote, or did not: `require` it, `drop` it.',
    },
  },
  judge(signals, {minimum, votes, unanimous}) {
    const {agreement: measured} = signals;
    const percent = `${(measured * 100).toFixed(0)} % of the votes`;
    const refuse = (message: string, limit = minimum) => ({pass: false, measured, limit, message});
    // Shares such as 2/3 are not exact.
    if (measured < minimum - 1e-9) return refuse(`${percent}, at least ${minimum * 100} % wanted`);
    if (signals['agreement.lead'] === 0) return refuse(`a tie: another answer has ${percent} too`);
    if (signals['agreement.lead'] < 0) return refuse(`outvoted: another answer has more than its ${percent}`);
    if (signals['agreement.votes'] < votes)
      return refuse(
        `${signals['agreement.votes']} ${signals['agreement.votes'] === 1 ? 'vote' : 'votes'}, at least ${votes} wanted`,
      );
    if (unanimous === 'require' && measured < 1) return refuse(`${percent}, and all are wanted`, 1);
    if (unanimous === 'drop' && measured === 1) return refuse('all votes agree: nothing to learn from it', 1);
    return {pass: true, measured, limit: minimum};
  },
});
