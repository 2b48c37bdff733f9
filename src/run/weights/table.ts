import type {SignalDeclaration} from '../../api.js';
import type {WeightsSetting} from '../../config/config.js';
import type {TableReport} from '../../report/report.js';

export interface WeightFacts {
  readonly weights: Float64Array;
  readonly drawn: number;
  readonly clipped: number;
  readonly missing: number;
  readonly abstained: number;
  /** Effective sample sizes. */
  readonly effective: number;
  readonly unclipped: number;
}

/** What became of the weights, and what they take for granted. */
export function weightsTable(
  {signal, power, draws, repeats, of, onAbstain}: WeightsSetting,
  better: SignalDeclaration['better'],
  {weights, drawn, clipped, missing, abstained, effective, unclipped}: WeightFacts,
): TableReport {
  const records = weights.length;
  const none = weights.reduce((sum, weight) => sum + Number(weight === 0), 0);
  const term = better === 'high' ? signal : `(1 − ${signal})`;
  const planned = draws * records;
  const short =
    drawn < planned * (1 - 1e-9)
      ? drawn === 0
        ? ' **Nothing weighs anything: there is nothing to draw from.**'
        : ` The ${records - none} records that weigh anything cannot take ${draws} draws a record: fewer are drawn.`
      : '';
  return {
    id: 'gates.weights',
    title: 'Importance weights',
    note:
      `w = ${term}^${power}, clipped so that no record is expected more than ${repeats} times among ${draws} × ${records} draws, and brought to a mean of 1.${short} ` +
      'They take for granted that the signal says of these records what it says of those it was made for: where it is wrong about a kind of text, the weights thin out that kind. The effective size is that of an unweighted sample that would be as certain.',
    columns: [
      {id: 'what', title: of === 'all' ? 'Of all records' : 'Of the accepted records'},
      {id: 'number', title: 'Number'},
    ],
    rows: [
      ['weighed', records],
      ['weigh nothing', none],
      ['signal missing: weigh nothing', missing],
      [`signal does not apply: ${onAbstain === 'mean' ? 'mean of the others' : 'weigh nothing'}`, abstained],
      ['clipped', clipped],
      ['expected draws', drawn],
      ['effective sample size', effective],
      ['effective sample size without clipping', unclipped],
    ],
    rule: 'gates',
    view: of,
  };
}
