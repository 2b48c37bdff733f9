import {defineGate} from '../api.js';

export default defineGate({
  scope: 'record',
  id: 'detector',
  summary: 'Accepts only records that a detector of machine text has scored, and not too high.',
  why: 'A model that is trained on what a detector holds for human text keeps more of the tails than one that is trained on everything (arXiv:2502.15654). A hard limit also takes out people who write plainly: weights (`--weights`) are the gentler way, and the one of the paper.',
  advice: 'Score the record, or raise `maximum` and weigh records instead.',
  details:
    'Reads the signal of detector/score: switch that rule on. With `maximum: 1` it only refuses what has no score.',
  since: '0.2.0',
  recommended: false,
  signals: ['detector'],
  limits: [{signal: 'detector', option: 'maximum'}],
  else: 'reject',
  onAbstain: 'quarantine',
  options: {
    maximum: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 1,
      description: 'Largest share of machine text that the detector may see in a record.',
    },
  },
  judge({detector: measured}, {maximum}) {
    return {
      pass: measured <= maximum,
      measured,
      limit: maximum,
      message: `the detector says ${Math.ceil(measured * 1000) / 1000}, at most ${maximum} wanted`,
    };
  },
});
