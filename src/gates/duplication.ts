import {defineGate, type MeasureValue} from '../api.js';

/** Of 95 % intervals, as they are made for `flagged.duplicate`. */
const z95 = 1.959964;

export default defineGate({
  scope: 'round',
  id: 'duplication',
  summary: 'Fails the round when too many of its records repeat earlier ones or a reference.',
  why: 'A generator that repeats itself has begun to collapse: what repeats is its head, what is missing is its tail (arXiv:2305.17493). Dropping the repeats hides that; this gate says it.',
  advice:
    'Look at what repeats (`collapse check --format json`), raise the sampling temperature or the variety of prompts, and generate again.',
  details:
    'A single repeat says nothing of a generator: a change of two records, one of them a repeat, passes. The repeat is a finding all the same, and at level error it is rejected.',
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
    repeats: {
      type: 'integer',
      minimum: 1,
      default: 2,
      description: 'Fewest repeats that can fail a round, however few records it has.',
    },
  },
  judge: (measures, {maximum, repeats}) => {
    const {value, interval} = measures['flagged.duplicate'];
    const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
    return {
      status: value <= maximum || countOf(value, interval) < repeats ? 'pass' : 'fail',
      measured: value,
      limit: maximum,
      message: `${percent(value)} of the records repeat earlier ones or a reference, at most ${percent(maximum)} allowed`,
    };
  },
});

/**
 * How many records a share is made of. Its interval is Wilson's: the product of both ends is value² / (1 + z² / n),
 * which gives the number n of records exactly.
 */
function countOf(value: number, interval: MeasureValue['interval']): number {
  if (interval === undefined) return Number.POSITIVE_INFINITY;
  const [low, high] = interval;
  const records = z95 ** 2 / (value ** 2 / (low * high) - 1);
  return Math.round(value * records);
}
