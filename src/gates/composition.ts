import {defineGate} from '../api.js';

const regimes = ['auto', 'replace', 'partial', 'accumulate'] as const;

export default defineGate({
  scope: 'round',
  id: 'composition',
  summary: 'Fails a round of which too small a share is declared human, where it replaces earlier data.',
  why: 'Trained on nothing but its own output a model collapses; with a tenth of real data kept in each generation the loss was minor (arXiv:2305.17493). Where each round is added to all data before it, the error stays bounded, whatever the share (arXiv:2404.01413).',
  advice:
    'Mix human records in (`collapse replenish` finds those that the round lacks most), or train on all earlier rounds and the reference too and say `regime: accumulate`.',
  details:
    'Reads the shares that composition/origins measures, as records declare them; what is undeclared does not count as human. The regime says what the model is trained on. `replace`: this round alone, model-generated. `partial`: this round, in which real data is kept. `accumulate`: this round and all that came before, the real data included; then the share is reported and fails nothing. `auto`: `accumulate` where there is a reference in the role `previous`, else `partial` where some record is declared human, else `replace`. Where synthetic/share is on and finds that at least a share of the round is machine text by style, no more than the rest counts as human, whatever is declared. Abstains where no record declares anything.',
  since: '0.2.0',
  recommended: false,
  measures: ['composition.human', 'composition.model', 'composition.undeclared', 'references.previous'],
  optionalMeasures: ['synthetic.share'],
  onAbstain: 'pass',
  options: {
    minimum: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.1,
      description: 'Least share of records that are declared human. The default is that of arXiv:2305.17493.',
    },
    regime: {
      type: 'string',
      enum: regimes,
      default: 'auto',
      description: 'What the next model is trained on: see above.',
    },
  },
  judge: (measures, {minimum, regime: wanted}) => {
    const declared = measures['composition.human'].value;
    // Where style says that more is machine text than the records declare, style counts.
    const machine = measures['synthetic.share']?.interval?.[0] ?? measures['synthetic.share']?.value ?? 0;
    const human = Math.min(declared, 1 - machine);
    const derived =
      measures['references.previous'].value > 0 ? 'accumulate' : human > 0 ? 'partial' : 'replace';
    const regime = wanted === 'auto' ? derived : wanted;
    const shares =
      `${percent(declared)} of the records are declared human, ` +
      `${percent(measures['composition.model'].value)} model-generated, ` +
      `${percent(measures['composition.undeclared'].value)} neither` +
      (human < declared ? `; by style at least ${percent(machine)} are machine text` : '');
    if (regime === 'accumulate') {
      return {status: 'pass', measured: human, message: `${shares}; added to all earlier data (accumulate)`};
    }
    return {
      status: human >= minimum ? 'pass' : 'fail',
      measured: human,
      limit: minimum,
      message: `${shares}; at least ${percent(minimum)} human wanted where earlier data is not kept (${regime})`,
    };
  },
});

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
