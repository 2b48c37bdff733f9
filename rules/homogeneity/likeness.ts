import {type Answer, type AnswerSample, inOrder} from './answers.js';
import {cosine, type Unit, unitOf} from './vectors.js';

/** What the answers to one prompt have in common. Cosines are means over pairs; NaN where there is no pair. */
export interface PromptLikeness {
  readonly key: number;
  /** Over all pairs of answers. */
  readonly same: number;
  /** By model: pairs of its own answers. */
  readonly intra: ReadonlyMap<string, number>;
  /** By pair of models, the lesser name first, joined by a line break. */
  readonly inter: ReadonlyMap<string, number>;
  /** Share of answers that are word for word the answer of another model; NaN with one model. */
  readonly copied: number;
  /** Distinct models among the nearest answers, and how many chance would give; NaN where it says nothing. */
  readonly sources: number;
  readonly chance: number;
  /** The answer that stands for the prompt when prompts are compared. */
  readonly first: Unit;
}

class Mean {
  sum = 0;
  weight = 0;
  /** What cannot be compared (two kinds of vectors) does not count. */
  add(value: number, weight: number): void {
    if (!Number.isFinite(value)) return;
    this.sum += value * weight;
    this.weight += weight;
  }
  get value(): number {
    return this.weight === 0 ? Number.NaN : this.sum / this.weight;
  }
}

function add(means: Map<string, Mean>, name: string, value: number, weight: number): void {
  let mean = means.get(name);
  if (mean === undefined) {
    mean = new Mean();
    means.set(name, mean);
  }
  mean.add(value, weight);
}

const values = (means: ReadonlyMap<string, Mean>) =>
  new Map([...means].map(([name, mean]) => [name, mean.value] as const));

export function mean(of: Iterable<number>): number {
  const all = [...of].filter(Number.isFinite);
  return all.reduce((sum, value) => sum + value, 0) / all.length;
}

/** Pairs of an answer and its own copies: they are alike, and have one model. */
const copiesOf = ({count}: Answer) => (count * (count - 1)) / 2;

function likenessOf(key: number, answers: readonly Answer[], nearest: number): PromptLikeness | undefined {
  if (answers.length === 0 || answers.length + copiesOf(answers[0]!) < 2) return undefined;
  const units = answers.map(({vector}) => unitOf(vector));
  const table = units.map((one, at) => units.map((other, to) => (to < at ? cosine(one, other) : Number.NaN)));
  const all = new Mean();
  const intra = new Map<string, Mean>();
  const inter = new Map<string, Mean>();
  for (const [at, one] of answers.entries()) {
    all.add(1, copiesOf(one));
    if (one.count > 1) add(intra, one.generator, 1, copiesOf(one));
    for (const [to, other] of answers.slice(0, at).entries()) {
      const value = table[at]![to]!;
      const weight = one.count * other.count;
      all.add(value, weight);
      if (one.generator === other.generator) add(intra, one.generator, value, weight);
      else add(inter, [one.generator, other.generator].sort().join('\n'), value, weight);
    }
  }
  return {
    key,
    same: all.value,
    intra: values(intra),
    inter: values(inter),
    copied: inter.size === 0 ? Number.NaN : copiedShare(answers),
    ...sourcesOf(answers, (at, to) => table[Math.max(at, to)]![Math.min(at, to)]!, nearest),
    first: units[0]!,
  };
}

function copiedShare(answers: readonly Answer[]): number {
  const makers = new Map<number, Set<string>>();
  for (const {words, generator} of answers)
    makers.set(words, (makers.get(words) ?? new Set()).add(generator));
  const share = new Mean();
  for (const {words, count} of answers) share.add(makers.get(words)!.size > 1 ? 1 : 0, count);
  return share.value;
}

/**
 * Distinct models among the answers nearest to each answer (unique-source-models@N, arXiv:2510.22954). Chance
 * is what answers that carry no trace of their model would give. It says nothing where each model answered once
 * or there are no more than N others.
 */
function sourcesOf(
  answers: readonly Answer[],
  cosineAt: (at: number, to: number) => number,
  nearest: number,
): Pick<PromptLikeness, 'sources' | 'chance'> {
  const totals = new Map<string, number>();
  for (const {generator} of answers) totals.set(generator, (totals.get(generator) ?? 0) + 1);
  const others = answers.length - 1;
  if (totals.size < 2 || totals.size === answers.length || others <= nearest)
    return {sources: Number.NaN, chance: Number.NaN};
  const sources = new Mean();
  const chance = new Mean();
  for (const [at, {generator}] of answers.entries()) {
    const near = answers
      .map((other, to) => ({name: other.generator, to}))
      .filter(({to}) => to !== at)
      .sort((one, other) => cosineAt(at, other.to) - cosineAt(at, one.to) || one.to - other.to)
      .slice(0, nearest);
    sources.add(new Set(near.map(({name}) => name)).size, 1);
    let expected = 0;
    for (const [name, total] of totals) {
      expected += 1 - noneDrawn(others, name === generator ? total - 1 : total, nearest);
    }
    chance.add(expected, 1);
  }
  return {sources: sources.value, chance: chance.value};
}

/** Probability that `draws` of `all` things, without putting back, meet none of `marked`. */
function noneDrawn(all: number, marked: number, draws: number): number {
  let probability = 1;
  for (let drawn = 0; drawn < draws; drawn++) {
    probability *= Math.max(0, all - marked - drawn) / (all - drawn);
  }
  return probability;
}

/** All prompts of a sample that have two answers or more, by rising key. */
export function likenesses(sample: AnswerSample, nearest: number): PromptLikeness[] {
  return inOrder(sample).flatMap(([key, answers]) => likenessOf(key, answers, nearest) ?? []);
}

/** Answers to other prompts that one is compared with, to learn how alike answers are that share no prompt. */
const others = 8;

/**
 * For each prompt, the sum of cosines to other prompts and how many those are. Each is compared with the next
 * ones by hash, which is as good as drawn at random; a pair is in the sums of both.
 */
export function acrossPrompts(
  prompts: readonly Pick<PromptLikeness, 'first'>[],
): [sum: number, pairs: number][] {
  const sums = prompts.map(() => new Mean());
  const steps = Math.min(others, Math.floor((prompts.length - 1) / 2));
  for (const [at, {first}] of prompts.entries()) {
    for (let step = 1; step <= steps; step++) {
      const to = (at + step) % prompts.length;
      const value = cosine(first, prompts[to]!.first);
      sums[at]!.add(value, 1);
      sums[to]!.add(value, 1);
    }
  }
  return sums.map(({sum, weight}) => [sum, weight]);
}

/** Cosines of the answers of two corpora to the same prompt, by prompt that both have. */
export function acrossCorpora(one: AnswerSample, other: AnswerSample): {model: string; value: number}[][] {
  return inOrder(one).flatMap(([key, answers]) => {
    const there = other.prompts.get(key)?.map(({vector}) => unitOf(vector));
    if (there === undefined) return [];
    return [
      answers.map(({generator, vector}) => {
        const unit = unitOf(vector);
        return {model: generator, value: mean(there.map(each => cosine(unit, each)))};
      }),
    ];
  });
}
