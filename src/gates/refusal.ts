import {defineGate} from '../api.js';

export default defineGate({
  scope: 'record',
  id: 'refusal',
  summary: 'Refuses answers that decline, or say that the sources do not hold the answer, and little else.',
  why: 'Checks of truth let refusals pass, as a refusal contradicts nothing: 37 to 53 % of what a published write-back filter accepted says that the context does not contain it (computed from the public logs of arXiv:2512.22199).',
  advice: 'Drop the record, or raise `maximum`.',
  details:
    'Reads the signal `refusal` of grounding/refusal: switch that rule on. Answers that mention a gap and go on to answer stay under the limit.',
  since: '0.2.0',
  recommended: false,
  signals: ['refusal'],
  limits: [{signal: 'refusal', option: 'maximum'}],
  else: 'reject',
  onAbstain: 'accept',
  options: {
    maximum: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.5,
      description: 'Largest share of the answer that may be spent on declining.',
    },
  },
  judge: ({refusal}, {maximum}) => ({
    pass: refusal <= maximum,
    measured: refusal,
    limit: maximum,
    message: `${(refusal * 100).toFixed(0)} % of the answer declines, at most ${maximum * 100} % allowed`,
  }),
});
