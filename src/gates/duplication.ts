import {defineGate} from '../api.js';

export default defineGate({
  scope: 'round',
  id: 'duplication',
  summary: 'Fails the round when too many of its records repeat earlier ones or a reference.',
  why: 'A generator that repeats itself has begun to collapse: what repeats is its head, what is missing is its tail (arXiv:2305.17493). Dropping the repeats hides that; this gate says it.',
  advice:
    'Look at what repeats (`collapse check --format json`), raise the sampling temperature or the variety of prompts, and generate again.',
  since: '0.1.0',
  recommended: true,
  measures: ['flagged.duplicate'],
  onAbstain: 'pass',
  options: {
    maximum: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.1,
      description: 'Largest share of records that the rules of the family `duplicate` may flag.',
    },
  },
  judge: (measures, {maximum}) => {
    const {value} = measures['flagged.duplicate'];
    const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
    return {
      status: value <= maximum ? 'pass' : 'fail',
      measured: value,
      limit: maximum,
      message: `${percent(value)} of the records repeat earlier ones or a reference, at most ${percent(maximum)} allowed`,
    };
  },
});
