import {defineGate} from '../api.js';

const least = {
  type: 'number',
  minimum: 0,
  maximum: 1,
} as const;

export default defineGate({
  scope: 'record',
  id: 'entailment',
  summary: 'Accepts only answers that their sources entail, claim by claim.',
  why: 'Bidirectional RAG writes an answer back when P(entailed by the sources) is at least 0.65 (arXiv:2512.22199): what the sources do not bear out is what a model made up.',
  advice: 'Drop the record or correct the claim. Look at grounding/entailment for what was read.',
  details:
    'Reads the signals of grounding/entailment: switch that rule on. `over: least` wants every claim entailed, `mean` the answer as a whole. With `mode: entailed` that share must reach `minimum`. With `mode: not-contradicted` no claim may be contradicted by `contradiction` or more, for answers that say more than their sources do. It needs scores that know contradiction; the signal `entailment.contradiction` counts as 1 where they do not.',
  since: '0.2.0',
  recommended: false,
  signals: ['entailment', 'entailment.mean'],
  optionalSignals: ['entailment.contradiction'],
  limits: [
    {signal: 'entailment', option: 'minimum', when: {mode: 'entailed', over: 'least'}},
    {signal: 'entailment.mean', option: 'minimum', when: {mode: 'entailed', over: 'mean'}},
    {
      signal: 'entailment.contradiction',
      option: 'contradiction',
      inclusive: true,
      when: {mode: 'not-contradicted'},
    },
  ],
  else: 'reject',
  onAbstain: 'quarantine',
  options: {
    mode: {
      type: 'string',
      enum: ['entailed', 'not-contradicted'],
      default: 'entailed',
      description: 'What is wanted of the claims.',
    },
    over: {
      type: 'string',
      enum: ['least', 'mean'],
      default: 'least',
      description: 'Every claim, or their mean.',
    },
    minimum: {
      ...least,
      default: 0.65,
      description: 'Least share of entailment. The default is that of arXiv:2512.22199.',
    },
    contradiction: {
      ...least,
      default: 0.5,
      description: 'Share of contradiction that refuses, in the mode `not-contradicted`.',
    },
  },
  judge(signals, {mode, over, minimum, contradiction}) {
    if (mode === 'not-contradicted') {
      const measured = signals['entailment.contradiction'] ?? 1;
      const message = `a claim is contradicted with ${measured.toFixed(2)}, less than ${contradiction} wanted`;
      return {pass: measured < contradiction, measured, limit: contradiction, message};
    }
    const measured = signals[over === 'least' ? 'entailment' : 'entailment.mean'];
    const what = over === 'least' ? 'a claim is entailed' : 'its claims are entailed';
    const message = `${what} with ${Math.floor(measured * 1000) / 1000}, at least ${minimum} wanted`;
    return {pass: measured >= minimum, measured, limit: minimum, message};
  },
});
