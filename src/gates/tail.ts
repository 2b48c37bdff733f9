import {defineGate} from '../api.js';

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

export default defineGate({
  scope: 'round',
  id: 'tail',
  summary: 'Refuses a round that has lost rare words of the reference.',
  why: 'What a round lacks, the next model never learns: the tails go first and do not come back (arXiv:2305.17493).',
  advice:
    'Mix in human records, accumulate rounds instead of replacing them, or sample with more variety. `tail.bands` in the report shows which words are missing: the rarest only, or common ones too.',
  details:
    'One test of one number, `tail.z`, so that its rate of false alarms is that of a single test: under -1.645 (one-sided, nominal 5 %) chance does not explain the loss. Survival must also be lower by `loss`, so that a large round does not fail over a trifle. Needs `tail/survival` and a trusted reference; abstains without.',
  since: '0.2.0',
  recommended: false,
  measures: ['tail.z', 'tail.survival'],
  onAbstain: 'pass',
  options: {
    z: {
      type: 'number',
      default: -1.645,
      maximum: 0,
      description: 'Least difference from the reference’s survival, in standard errors.',
    },
    loss: {
      type: 'number',
      default: 0.02,
      minimum: 0,
      maximum: 1,
      description: 'Least loss of survival that counts.',
    },
  },
  judge(measures, {z, loss}) {
    const {value, reference = value} = measures['tail.survival'];
    const score = measures['tail.z'].value;
    const lost = reference - value;
    const status = score < z && lost >= loss ? 'fail' : 'pass';
    const message =
      `${percent(value)} of the reference’s rare words are in the round, ${percent(reference)} would be in as many ` +
      `records of the reference (${score.toFixed(1)} standard errors)`;
    return {status, measured: score, limit: z, message};
  },
});
