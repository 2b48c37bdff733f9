import {defineGate} from '../api.js';

export default defineGate({
  scope: 'round',
  id: 'synthetic',
  summary: 'Fails a round of which too much is machine text, by style.',
  why: 'Where generations replace each other, the share of generated text decides how fast a model loses its tails (arXiv:2305.17493, arXiv:2404.01413).',
  advice:
    'Look at the sources of the round, take out those that are generated, or mix in human records. Where generated text is meant to be there, raise `maximum`.',
  details:
    'Reads `synthetic.share` of synthetic/share, which must be on, and fails when its whole 95 % interval lies above `maximum`: without samples of the suspected generator that is the lower bound. Abstains without a trusted reference, with too few records, and where the round speaks of other things than the reference.',
  since: '0.2.0',
  recommended: false,
  measures: ['synthetic.share'],
  onAbstain: 'pass',
  options: {
    maximum: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.2,
      description: 'Largest share of machine text.',
    },
  },
  judge(measures, {maximum}) {
    const {value, interval = [value, value]} = measures['synthetic.share'];
    const [low, high] = interval;
    const seen =
      high >= 1 && low === value
        ? `at least ${percent(low)} of the round is machine text by its style`
        : `${percent(value)} of the round is machine text by its style (95 %: ${percent(low)} to ${percent(high)})`;
    return {
      status: low > maximum ? 'fail' : 'pass',
      measured: low,
      limit: maximum,
      message: `${seen}; at most ${percent(maximum)} wanted`,
    };
  },
});

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
