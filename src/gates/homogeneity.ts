import {defineGate} from '../api.js';

export default defineGate({
  scope: 'round',
  id: 'homogeneity',
  summary: 'Fails the round when answers to the same prompt are too much alike.',
  why: 'Models answer open prompts alike, each with itself and with one another (Artificial Hivemind, arXiv:2510.22954): ten answers that say one thing teach one thing, ten times.',
  advice:
    'Look at the table of models: leave out models that add no voice of their own, raise the temperature, ask for different answers, or keep fewer answers to each prompt.',
  details:
    'Reads `homogeneity.sameness`: 0 is how alike answers to different prompts are, 1 the same words. When the trusted references hold several answers to a prompt, their sameness is the measure to go by: the gate fails when the round’s is more than `rise` above it. In any case it fails above `maximum`. Either must be exceeded by the whole 95 % interval. There is no published limit for likeness of words: the default refuses only answers that are nearly copies of each other. It abstains when fewer than 8 prompts have several answers.',
  since: '0.2.0',
  recommended: false,
  measures: ['homogeneity.sameness'],
  onAbstain: 'pass',
  options: {
    maximum: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.8,
      description: 'Largest sameness of answers to one prompt.',
    },
    rise: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.15,
      description: 'How far it may be above that of the trusted references, where they have one.',
    },
  },
  judge: (measures, {maximum, rise}) => {
    const {value, interval, reference} = measures['homogeneity.sameness'];
    const limit = reference === undefined ? maximum : Math.min(maximum, reference + rise);
    const from =
      limit < maximum
        ? `, at most ${limit.toFixed(2)} allowed (the references have ${reference!.toFixed(2)})`
        : `, at most ${limit.toFixed(2)} allowed`;
    return {
      status: (interval?.[0] ?? value) > limit ? 'fail' : 'pass',
      measured: value,
      limit,
      message: `sameness of answers to one prompt is ${value.toFixed(2)}${from}`,
    };
  },
});
