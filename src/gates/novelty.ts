import {defineGate} from '../api.js';

export default defineGate({
  scope: 'record',
  id: 'novelty',
  summary: 'Accepts only records that differ enough from the references and from what was accepted before.',
  why: 'Answers written back into a corpus that already holds them add weight, not knowledge: without a novelty check 21 % of what a write-back system accepted were near-duplicates of each other (computed from the public logs of arXiv:2512.22199).',
  advice: 'Drop the record, or lower `minimum`.',
  details:
    'Reads the signal `novelty` of duplicate/near: 1 minus the highest similarity found. That rule must be on and search far enough down: its `floor` (or `threshold`) must not exceed 1 - `minimum`.\n\nWhere novelty/score is on, the novelty in meaning that a row gives is held against `semantic` too; where novelty/semantic is on, that to the nearest embedding of the reference.',
  since: '0.1.0',
  recommended: false,
  signals: ['novelty'],
  optionalSignals: ['novelty.semantic', 'novelty.embedding'],
  limits: [
    {signal: 'novelty', option: 'minimum'},
    {signal: 'novelty.embedding', option: 'semantic', inclusive: true},
    {signal: 'novelty.semantic', option: 'semantic', inclusive: true},
  ],
  else: 'reject',
  onAbstain: 'quarantine',
  options: {
    minimum: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.1,
      description: 'Least novelty. The default is that of arXiv:2512.22199.',
    },
    semantic: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.1,
      description: 'What the novelty in meaning must be above, where it is known.',
    },
  },
  judge({novelty, 'novelty.semantic': given, 'novelty.embedding': computed}, {minimum, semantic}) {
    const meaning = Math.min(given ?? 1, computed ?? 1);
    if (!(meaning > semantic)) {
      const message = `novelty in meaning ${Math.floor(meaning * 1000) / 1000}, more than ${semantic} wanted`;
      return {pass: false, measured: meaning, limit: semantic, message};
    }
    return {
      pass: novelty >= minimum,
      measured: novelty,
      limit: minimum,
      message: `novelty ${novelty.toFixed(2)}, at least ${minimum} wanted`,
    };
  },
});
