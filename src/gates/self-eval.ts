import {defineGate} from '../api.js';

export default defineGate({
  scope: 'record',
  id: 'self-eval',
  summary:
    'Accepts only answers that their own model scored high enough, and near enough to what was computed.',
  why: 'Post-Completion Learning trains on answers whose predicted and computed reward agree (arXiv:2507.20252).',
  advice:
    'Drop the record. Before you rely on this gate, look at self-eval/calibration and switch on the gate `calibration`.',
  details:
    'Reads the signals of self-eval/score: switch that rule on. A score that is absent or cannot be read never passes. The gap |r̂ − r| is held against `gap` where a reward was computed.',
  since: '0.2.0',
  recommended: false,
  signals: ['self-eval'],
  optionalSignals: ['self-eval.gap'],
  limits: [
    {signal: 'self-eval', option: 'minimum'},
    {signal: 'self-eval.gap', option: 'gap'},
  ],
  else: 'reject',
  onAbstain: 'quarantine',
  options: {
    minimum: {type: 'number', minimum: 0, maximum: 1, default: 0.5, description: 'Least score.'},
    gap: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.2,
      description: 'Largest distance of the score from the reward that was computed.',
    },
  },
  judge(signals, {minimum, gap}) {
    const score = signals['self-eval'];
    const off = signals['self-eval.gap'];
    const shown = (value: number) => String(Math.round(value * 1000) / 1000);
    if (score < minimum)
      return {
        pass: false,
        measured: score,
        limit: minimum,
        message: `scored itself ${shown(score)}, at least ${minimum} wanted`,
      };
    // Differences of decimal fractions are not exact.
    if (off !== undefined && off > gap + 1e-9)
      return {
        pass: false,
        measured: off,
        limit: gap,
        message: `its score is ${shown(off)} off the computed reward, at most ${gap} allowed`,
      };
    return {pass: true, measured: score, limit: minimum};
  },
});
