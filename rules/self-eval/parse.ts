import {compilePath, lastNumber, normalNumber} from '../../src/api.js';

export interface SelfEvalOptions {
  readonly marker: string;
  readonly end: string;
  readonly field: string;
  readonly scale: number;
  readonly line: string;
  readonly item: number;
  readonly solution: string;
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
  line: {
    type: 'string',
    default: '',
    description:
      'Name before a colon of the line of the evaluation that holds the score, as `accuracy`. Empty: all of it.',
  },
  item: {
    type: 'integer',
    minimum: -1,
    default: -1,
    description: 'Where the evaluation is a list of scores, `[1, 0]`: which of them, from 0. -1: it is none.',
  },
  scale: {type: 'number', minimum: 0.001, default: 1, description: 'Highest score that the model can give.'},
  solution: {
    type: 'string',
    default: '',
    description:
      'Field path of the right answer: the reward is then computed, 1 where the last number in `<answer>…</answer>` is the last one there. Empty: not known.',
  },
  truth: {
    type: 'string',
    default: '',
    description:
      'Field path of the reward that was computed: a number on the same scale, `true` or `false`. Empty: not known.',
  },
} as const;

/** Reads the score that a model gave itself, and the one that it deserved. */
export function createSelfEvalReader({
  marker,
  end,
  field,
  scale,
  line,
  item,
  solution,
  truth,
}: SelfEvalOptions) {
  const at = field === '' ? undefined : compilePath(field);
  const truthAt = truth === '' ? undefined : compilePath(truth);
  const solutionAt = solution === '' ? undefined : compilePath(solution);
  return (response: string, fields: Fields): SelfEval => {
    const value = lineOf(at === undefined ? segment(response, marker, end) : at(fields)[0], line);
    const place = at === undefined ? `\`${marker}\`` : `\`${field}\``;
    const known = rewardOf(truthAt?.(fields)[0], scale);
    return {
      score: scoreOf(item < 0 ? value : itemOf(value, item), scale, place),
      truth: known ?? solved(response, solutionAt?.(fields)[0]),
    };
  };
}

function segment(response: string, marker: string, end: string): string | undefined {
  const start = response.lastIndexOf(marker);
  if (start < 0) return undefined;
  const stop = end === '' ? -1 : response.indexOf(end, start + marker.length);
  return response.slice(start + marker.length, stop < 0 ? undefined : stop);
}

/** One of a list of numbers, `[1, 0]`; undefined where it is no such list. */
function itemOf(value: unknown, item: number): unknown {
  let list = value;
  try {
    if (typeof value === 'string' && value.length < 1000) list = JSON.parse(value);
  } catch {
    return undefined;
  }
  return Array.isArray(list) && typeof list[item] === 'number' ? list[item] : undefined;
}

/** Whether the answer is the solution, by their last numbers; undefined where the solution has none. */
function solved(response: string, solution: unknown): number | undefined {
  const right = valueAt(typeof solution === 'number' ? String(solution) : solution);
  if (right === undefined) return undefined;
  return valueAt(segment(response, '<answer>', '</answer>')) === right ? 1 : 0;
}

/** The last number in one spelling, compared as the votes of `agreement` are. */
function valueAt(text: unknown): string | undefined {
  const last = typeof text === 'string' ? lastNumber(text) : undefined;
  return last === undefined ? undefined : normalNumber(last);
}

/** The last line of that name; undefined where there is none. */
function lineOf(value: unknown, name: string): unknown {
  if (name === '' || typeof value !== 'string') return value;
  return value
    .split('\n')
    .map(line => line.trim())
    .findLast(line => line.startsWith(`${name}:`));
}

/** Not a part of a longer number: of `0,9` and `1e-3` the first digit is no score. */
const number = String.raw`(?<![\d.,]|\d[eE][+-]?)(-?\d{1,9}(?:\.\d{1,9})?)(?!\d|[.,]\d|[eE][+-]?\d)\s{0,4}(?:(%)|\/\s{0,4}(\d{1,9}))?`;
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
  const text = value.slice(-4000).replace(/[\u2212\u2012\u2013]/g, '-');
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
