import type {OptionSchemas} from '../../src/api.js';

/** How answers are read: options of every rule of this family. */
export const extractOptions = {
  extract: {
    type: 'array',
    items: {type: 'string'},
    default: ['tag', 'boxed', 'number'],
    description:
      'Ways to read the answer, tried in this order: `tag` (the last `<answer>…</answer>`), `boxed` (the last `\\boxed{…}`), `number` (the last number), `regex`, `json`, `exact` (all of the response).',
  },
  tag: {type: 'string', default: 'answer', description: 'Name of the tag that `tag` looks for.'},
  pattern: {
    type: 'string',
    default: '',
    description:
      'Regular expression for `regex`: its first group, or all of it, of the last match in the last 1,000 characters.',
  },
  pointer: {
    type: 'string',
    default: '/answer',
    description: 'JSON Pointer (RFC 6901) for `json`, in a response that is JSON, bare or in a code fence.',
  },
} as const satisfies OptionSchemas;

/** The signals that both ways of voting give, and that the gate `agreement` reads. */
export const voteSignals = {
  agreement: {
    description:
      'Share of the votes that the answer got; responses without an answer count as votes for none',
    range: [0, 1],
    better: 'high',
  },
  'agreement.lead': {
    description:
      'Share of the votes by which the answer is ahead of the strongest other: 0 is a tie, below it was outvoted',
    range: [-1, 1],
    better: 'high',
  },
  'agreement.votes': {
    description: 'Votes that the answer got',
    range: [0, Number.POSITIVE_INFINITY],
    better: 'high',
  },
} as const;
