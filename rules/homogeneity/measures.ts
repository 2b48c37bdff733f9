import type {MeasureValue} from '../../src/api.js';
import {type AnswerSample, comparable} from './answers.js';
import {jackknife, jackknifeMean, totalOf} from './jackknife.js';
import {acrossCorpora, acrossPrompts, likenesses, mean, type PromptLikeness} from './likeness.js';

export interface LikenessOptions {
  readonly nearest: number;
  readonly embedding: string;
  readonly provider: boolean;
  readonly mark: number;
}

/**
 * Where answers to different prompts are nearly the same, what is left to be more alike by is next to nothing, and
 * a share of it is noise: then sameness is not measured.
 */
export const leastRoom = 0.1;
const notMeasurable = {value: Number.NaN, interval: [Number.NaN, Number.NaN] as const};

/** On the scale of -1 to 1. */
function bounded({value, interval}: ReturnType<typeof jackknife>): ReturnType<typeof jackknife> {
  const within = (number: number) => Math.min(1, Math.max(-1, number));
  return {value: within(value), interval: [within(interval[0]), within(interval[1])]};
}

type Estimates = Record<string, Pick<MeasureValue, 'value' | 'interval'>>;

function estimates(
  prompts: readonly PromptLikeness[],
  {embedding, provider, mark}: LikenessOptions,
): Estimates {
  const intra = prompts.map(prompt => mean(prompt.intra.values()));
  const across = acrossPrompts(prompts);
  // Every pair of prompts is in two sums.
  const pairs = totalOf(across).map(sum => sum / 2);
  const total = [...pairs, prompts.reduce((sum, {same}) => sum + same, 0), prompts.length];
  const other = ([sum, pairs]: readonly number[]) => sum! / pairs!;
  const mixed = prompts.filter(({chance}) => Number.isFinite(chance));
  return {
    'homogeneity.intra': jackknifeMean(intra),
    'homogeneity.inter': jackknifeMean(prompts.map(({inter}) => mean(inter.values()))),
    'homogeneity.other-prompts': jackknife(across, other, pairs),
    'homogeneity.sameness':
      1 - other(total) < leastRoom
        ? notMeasurable
        : bounded(
            jackknife(
              prompts.map(({same}, at) => [...across[at]!, same, 1]),
              ([sum, pairs, same, count]) => {
                const base = other([sum!, pairs!]);
                return (same! / count! - base) / (1 - base);
              },
              total,
            ),
          ),
    'homogeneity.copied': jackknifeMean(prompts.map(({copied}) => copied)),
    'homogeneity.source-models': jackknifeMean(mixed.map(({sources}) => sources)),
    'homogeneity.mixing': jackknife(
      mixed.map(({sources, chance}) => [sources, chance]),
      ([sources, chance]) => sources! / chance!,
    ),
    ...((embedding !== '' || provider) && {
      'homogeneity.high-intra': jackknifeMean(
        intra.map(value => (Number.isFinite(value) ? Number(value > mark) : value)),
      ),
    }),
  };
}

/** All measures that can be had, with the reference's own beside them, and what they were made from. */
export function likenessMeasures(
  sample: AnswerSample,
  reference: AnswerSample | undefined,
  options: LikenessOptions,
): {
  measures: Record<string, MeasureValue>;
  prompts: PromptLikeness[];
  shared: ReturnType<typeof acrossCorpora>;
} {
  const prompts = likenesses(sample, options.nearest);
  const usable = reference !== undefined && comparable(sample, reference);
  const beside = usable ? estimates(likenesses(reference, options.nearest), options) : {};
  const shared = usable ? acrossCorpora(sample, reference) : [];
  const own: Estimates = {
    ...estimates(prompts, options),
    'homogeneity.to-reference': jackknifeMean(shared.map(answers => mean(answers.map(({value}) => value)))),
  };
  const found = Object.entries(own).filter(([, {value}]) => Number.isFinite(value));
  const measures = found.map(([name, estimate]): [string, MeasureValue] => {
    const reference = beside[name]?.value ?? Number.NaN;
    return [name, Number.isFinite(reference) ? {...estimate, reference} : estimate];
  });
  return {measures: Object.fromEntries(measures), prompts, shared};
}
