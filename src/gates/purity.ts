import {defineGate} from '../api.js';

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

export default defineGate({
  scope: 'round',
  id: 'purity',
  summary: 'Fails the round when its record gates left a smaller share of correct records than there was.',
  why: 'A gate earns its place only by keeping correct records at a higher rate than wrong ones: the share of correct records after it is p φ / (p φ + (1 − p) ψ). One that keeps both alike only makes the round smaller, and one that prefers wrong ones does harm that grows with each generation (arXiv:2606.13732).',
  advice:
    'See which gate does it (`selection.purity-gain@gate:…`), switch it off or move its limit. To let a round through all the same: `gates: {purity: off}`.',
  details:
    'Needs a field that says whether a record is correct, named by the option `label` of selection/keep-rate, or a rule that gives the signal `correct` (agreement/samples with `truth`). Fails when the interval of purity after the gates lies wholly at or under purity before. Abstains without labels, and where nothing was refused.',
  since: '0.2.0',
  recommended: false,
  measures: ['selection.purity-gain@accepted'],
  onAbstain: 'pass',
  options: {},
  judge(measures) {
    const {value, interval} = measures['selection.purity-gain@accepted'];
    const same = 'is the same after the gates as before';
    const change = value < 0 ? `${percent(-value)} smaller` : `${percent(value)} larger`;
    return {
      status: (interval?.[1] ?? value) <= 0 ? 'fail' : 'pass',
      measured: value,
      limit: 0,
      message: `the share of correct records ${value === 0 ? same : `is ${change} after the gates than before`}`,
    };
  },
});
