import {defineGate} from '../api.js';

export default defineGate({
  scope: 'record',
  id: 'support',
  summary: 'Accepts only answers whose words, numbers and names stand in their sources.',
  why: 'What is written back into a corpus must be borne out by it, or each round builds on what a model made up (arXiv:2512.22199). This is the check that needs no model.',
  advice:
    'Look at the findings of grounding/support; drop the record, correct it, or let a model judge: gate `entailment`.',
  details:
    'Reads the signals of grounding/support: switch that rule on. It knows words and not meaning; what it is worth is measured in docs/filters.md.',
  since: '0.2.0',
  recommended: false,
  signals: ['support', 'support.mismatches'],
  limits: [
    {signal: 'support', option: 'minimum'},
    {signal: 'support.mismatches', option: 'mismatches'},
  ],
  else: 'quarantine',
  onAbstain: 'quarantine',
  options: {
    minimum: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.5,
      description: 'Least support that every claim of the answer must have.',
    },
    mismatches: {
      type: 'integer',
      minimum: 0,
      default: 0,
      description: 'Mismatches (numbers, units, names, negations) that an answer may have.',
    },
  },
  judge({support, 'support.mismatches': found}, {minimum, mismatches}) {
    if (found > mismatches) {
      const message = `${found} ${found === 1 ? 'mismatch' : 'mismatches'} with its sources, at most ${mismatches} allowed`;
      return {pass: false, measured: found, limit: mismatches, message};
    }
    const message = `${(support * 100).toFixed(0)} % of a claim stands in its sources, at least ${minimum * 100} % wanted`;
    return {pass: support >= minimum, measured: support, limit: minimum, message};
  },
});
