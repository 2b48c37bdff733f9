import {defineGate} from '../api.js';

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

export default defineGate({
  scope: 'round',
  id: 'format',
  summary:
    'Fails the round when its answers run into one structural format, or formats of the reference are lost.',
  why: 'A format that wins suppresses the others within one training run, and which one wins depends on the scale of the model, not on what is right (arXiv:2504.07912).',
  advice:
    'Look at the table `format.shares`: add records of the formats that are missing, or ask for them in the prompts. When the reference is of another kind than the round should be, hold it against one of the same kind.',
  details:
    'Fails when `format.rise`, the share of the most frequent format less that of the reference, exceeds `step` with its whole 95 % interval, or when `format.suppressed` exceeds `suppressed`. Both are measured on what was accepted, and leave out what a small round or reference could show by chance. Off by default: a round may well be meant to have other formats than the reference.',
  since: '0.2.0',
  recommended: false,
  measures: ['format.rise@accepted', 'format.suppressed@accepted'],
  onAbstain: 'pass',
  options: {
    step: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.1,
      description: 'How much the share of the most frequent format may exceed that of the reference.',
    },
    suppressed: {
      type: 'integer',
      minimum: 0,
      default: 0,
      description: 'Formats of the reference that may have lost more than half of their share.',
    },
  },
  judge(measures, options) {
    const {value, interval} = measures['format.rise@accepted'];
    const lost = measures['format.suppressed@accepted'].value;
    const least = interval?.[0] ?? value;
    if (lost > options.suppressed) {
      return {
        status: 'fail',
        measured: lost,
        limit: options.suppressed,
        message: `${lost} ${lost === 1 ? 'format' : 'formats'} of the reference lost more than half of the share, at most ${options.suppressed} allowed`,
      };
    }
    return {
      status: least > options.step ? 'fail' : 'pass',
      measured: value,
      limit: options.step,
      message: `the most frequent format has ${percent(Math.abs(value))} ${value < 0 ? 'less' : 'more'} of the answers than in the reference (${percent(options.step)} more allowed)`,
    };
  },
});
