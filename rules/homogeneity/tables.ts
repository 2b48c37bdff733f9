import type {Cell, Table} from '../../src/api.js';
import type {AnswerSample} from './answers.js';
import {jackknifeMean} from './jackknife.js';
import {type acrossCorpora, mean, type PromptLikeness} from './likeness.js';

/** Rows of a table are few, and a picture with more squares cannot be read. */
const modelLimit = 13;
const theReference = '(reference)';
const nameOf = (generator: string) => (generator === '' ? '(unnamed)' : generator);

/** Models by how many sampled answers they gave, the most first. */
function busiest(sample: AnswerSample): [generator: string, answers: number][] {
  const counts = new Map<string, number>();
  for (const answers of sample.prompts.values()) {
    for (const {generator, count} of answers) counts.set(generator, (counts.get(generator) ?? 0) + count);
  }
  const byName = (one: string, other: string) => (one < other ? -1 : 1);
  return [...counts].sort(([one, few], [other, many]) => many - few || byName(one, other));
}

function collect(lists: readonly (readonly [string, number])[]): Map<string, number[]> {
  const collected = new Map<string, number[]>();
  for (const [name, value] of lists) {
    const list = collected.get(name);
    if (list === undefined) collected.set(name, [value]);
    else list.push(value);
  }
  return collected;
}

/** Cosines of a model with the reference's answers to the same prompts: one mean for each prompt. */
function toReference(shared: ReturnType<typeof acrossCorpora>): Map<string, number[]> {
  return collect(
    shared.flatMap(answers =>
      [...collect(answers.map(({model, value}) => [model, value] as const))].map(
        ([model, values]) => [model, mean(values)] as const,
      ),
    ),
  );
}

/** The matrix of models, and each model by itself. */
export function modelTables(
  sample: AnswerSample,
  prompts: readonly PromptLikeness[],
  shared: ReturnType<typeof acrossCorpora>,
): Table[] {
  if (prompts.length === 0) return [];
  const intra = collect(prompts.flatMap(({intra}) => [...intra]));
  const inter = collect(prompts.flatMap(({inter}) => [...inter]));
  const human = toReference(shared);
  const models = busiest(sample);
  const shown = models.slice(0, modelLimit).map(([generator]) => generator);
  const left = models.length - shown.length;
  const valuesOf = (one: string, other: string) =>
    one === other ? intra.get(one) : inter.get([one, other].sort().join('\n'));
  const rows: Cell[][] = shown.flatMap(one =>
    shown.map(other => [nameOf(one), nameOf(other), ...summaryOf(valuesOf(one, other))]),
  );
  for (const model of human.size === 0 ? [] : shown) {
    rows.push([theReference, nameOf(model), ...summaryOf(human.get(model))]);
  }
  const more = left > 0 ? ` The ${modelLimit} models with the most answers; ${left} more are left out.` : '';
  const matrix: Table[] = [
    {
      id: 'homogeneity.models',
      title: 'How alike models answer the same prompt',
      note: `Mean cosine of answers to one prompt, over prompts; on the diagonal answers of one model to itself.${more}`,
      columns: [
        {id: 'model', title: 'Model'},
        {id: 'other', title: 'Other model'},
        {id: 'cosine', title: 'Cosine', unit: 'share'},
        {id: 'prompts', title: 'Prompts'},
      ],
      rows,
      picture: {kind: 'matrix', row: 'model', column: 'other', value: 'cosine'},
    },
  ];
  if (intra.size === 0) return matrix;
  return [
    ...matrix,
    {
      id: 'homogeneity.voices',
      title: 'How alike each model answers one prompt',
      note: `Mean cosine of two answers of one model to one prompt. A model that answered each prompt once has none.${more}`,
      columns: [
        {id: 'model', title: 'Model'},
        {id: 'intra', title: 'Cosine', unit: 'share'},
        {id: 'interval', title: '95 %', unit: 'share'},
        {id: 'prompts', title: 'Prompts'},
        {id: 'answers', title: 'Answers sampled'},
      ],
      rows: models.slice(0, modelLimit).map(([generator, answers]) => {
        const values = intra.get(generator) ?? [];
        const {value, interval} = jackknifeMean(values);
        const known = Number.isFinite(value);
        const [only] = summaryOf(values);
        return [nameOf(generator), known ? value : only!, known ? interval : null, values.length, answers];
      }),
      picture: {kind: 'bars', label: 'model', value: 'intra', interval: 'interval'},
    },
  ];
}

function summaryOf(values: readonly number[] = []): [Cell, number] {
  const value = mean(values);
  return [Number.isFinite(value) ? value : null, values.length];
}
