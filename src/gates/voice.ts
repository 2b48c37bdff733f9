import {defineGate} from '../api.js';

export default defineGate({
  scope: 'round',
  id: 'voice',
  summary: 'Fails the round when many more of its texts begin, end or are built alike than in the reference.',
  why: 'The same openings, closings and sentence frames over many subjects are one voice, and what a model is trained on it repeats (arXiv:2510.22954, arXiv:2305.17493).',
  advice:
    'Look at the tables of openings, closings and frames. Ask for other forms, mix in other sources, or drop part of the records with the most frequent ones. A reference of another kind of text (stories for answers) is no measure: name one that fits.',
  details:
    'Reads `homogeneity.voice`, the largest rise over the trusted references of three shares: texts with one of the ten most frequent openings, closings, frames. Fails when its whole 95 % interval is above `rise`. Without a reference it abstains.',
  since: '0.2.0',
  recommended: false,
  measures: ['homogeneity.voice'],
  onAbstain: 'pass',
  options: {
    rise: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.1,
      description: 'How far a share may be above that of the trusted references.',
    },
  },
  judge: (measures, {rise}) => {
    const {value, interval} = measures['homogeneity.voice'];
    const points = (share: number) => `${(Math.abs(share) * 100).toFixed(1)} points`;
    const side = value < 0 ? 'below' : 'above';
    return {
      status: (interval?.[0] ?? value) > rise ? 'fail' : 'pass',
      measured: value,
      limit: rise,
      message: `texts with a frequent opening, closing or frame are ${points(value)} ${side} the references, at most ${points(rise)} above allowed`,
    };
  },
});
