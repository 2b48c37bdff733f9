import {compilePath} from '../../src/api.js';

export interface SelfEvalOptions {
  readonly marker: string;
  readonly end: string;
  readonly field: string;
  readonly scale: number;
  readonly truth: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** What a record says about itself, and what is true. */
export interface SelfEval {
  /** In [0, 1], or why there is none. */
  readonly score: number | string;
  /** In [0, 1]; undefined where it is not known. */
  readonly truth: number | undefined;
}

export const selfEvalOptions = {
  marker: {
    type: 'string',
    default: '<post-completion>',
    description: 'What the model writes between its answer and the evaluation of it.',
  },
  end: {
    type: 'string',
    default: '</post-completion>',
    description: 'What ends the evaluation. Without it the evaluation goes on to the end.',
  },
  field: {
    type: 'string',
    default: '',
    description:
      'Field path of the score, or of the text of the evaluation. Empty: what stands behind the marker.',
  },
  scale: {type: 'number', minimum: 0.001, default: 1, description: 'Highest score that the model can give.'},
  truth: {
    type: 'string',
    default: '',
    description:
      'Field path of the reward that was computed: a number on the same scale, `true` or `false`. Empty: not known.',
  },
} as const;

/** Reads the score that a model gave itself, and the one that it deserved. */
export function createSelfEvalReader({marker, end, field, scale, truth}: SelfEvalOptions) {
  const at = field === '' ? undefined : compilePath(field);
  const truthAt = truth === '' ? undefined : compilePath(truth);
  return (response: string, fields: Fields): SelfEval => {
    const value = at === undefined ? segment(response, marker, end) : at(fields)[0];
    return {
      score: scoreOf(value, scale, at === undefined ? `\`${marker}\`` : `\`${field}\``),
      truth: rewardOf(truthAt?.(fields)[0], scale),
    };
  };
}

function segment(response: string, marker: string, end: string): string | undefined {
  const start = response.lastIndexOf(marker);
  if (start < 0) return undefined;
  const stop = end === '' ? -1 : response.indexOf(end, start + marker.length);
  return response.slice(start + marker.length, stop < 0 ? undefined : stop);
}

const number = String.raw`(-?\d{1,9}(?:\.\d{1,9})?)\s{0,4}(?:(%)|\/\s{0,4}(\d{1,9}))?`;
const named = new RegExp(
  String.raw`\b(?:score|reward|confidence|rating|correctness)["']?\s{0,4}[:=]?\s{0,4}${number}`,
  'gi',
);
const any = new RegExp(number, 'g');

/** A number, or the last score that a text names; of several numbers without a name none can be told. */
function scoreOf(value: unknown, scale: number, place: string): number | string {
  if (value === undefined || value === null) return `there is nothing at ${place}`;
  if (typeof value === 'number') return within(value / scale, place);
  if (typeof value !== 'string') return `${place} holds ${typeof value}, no score`;
  const text = value.slice(-4000);
  const byName = [...text.matchAll(named)];
  const matches = byName.length > 0 ? byName : [...text.matchAll(any)];
  if (matches.length === 0) return `no score could be read at ${place}`;
  if (byName.length === 0 && matches.length > 1)
    return `${matches.length} numbers at ${place}, and none is named a score`;
  const [, digits, percent, of] = matches.at(-1)!;
  return within(Number(digits) / (percent ? 100 : of === undefined ? scale : Number(of)), place);
}

function within(value: number, place: string): number | string {
  return value >= 0 && value <= 1 ? value : `the score at ${place} is outside its scale`;
}

function rewardOf(value: unknown, scale: number): number | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value !== 'number') return undefined;
  const reward = value / scale;
  return reward >= 0 && reward <= 1 ? reward : undefined;
}
