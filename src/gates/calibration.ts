import {defineGate} from '../api.js';

export default defineGate({
  scope: 'round',
  id: 'calibration',
  summary:
    'Fails the round when the scores its records were gated on do not tell right answers from wrong ones.',
  why: 'To gate on a score that does not discriminate is to throw away answers at random, with the look of a check (arXiv:2406.07515 on selection by a model’s own taste).',
  advice: 'Take another check (a vote, a verifier, another judge), or train the score further.',
  details:
    'Reads `self-eval.auroc` of self-eval/calibration. The lower end of its 95 % interval must be above `minimum`, so few labelled answers are not enough. Abstains where no reward is known: then nobody knows whether the score is worth anything; `onAbstain: fail` makes that a failure.',
  since: '0.2.0',
  recommended: false,
  measures: ['self-eval.auroc'],
  onAbstain: 'pass',
  options: {
    minimum: {
      type: 'number',
      minimum: 0.5,
      maximum: 1,
      default: 0.5,
      description: 'What the AUROC must be above; 0.5 is chance.',
    },
  },
  judge(measures, {minimum}) {
    const {value, interval} = measures['self-eval.auroc'];
    const [low, high] = interval ?? [value, value];
    const shown = `AUROC ${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
    return low > minimum
      ? {
          status: 'pass',
          measured: value,
          limit: minimum,
          message: `the models’ own scores tell right from wrong: ${shown}`,
        }
      : {
          status: 'fail',
          measured: value,
          limit: minimum,
          message: `the models’ own scores do not surely tell right from wrong: ${shown}, more than ${minimum} wanted`,
        };
  },
});
