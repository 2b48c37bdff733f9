import {describe, expect, test} from 'vitest';
import models from '../../../rules/homogeneity/models.js';
import {foldWord} from '../../../rules/homogeneity/text.js';
import type {CorpusRecord, CorpusRule} from '../../../src/api.js';
import {measured, random, record, zipfText} from './corpus.js';

const rule = models as CorpusRule;

/** Answers that share a stock of sentences per prompt, so that likeness lies between 0 and 1. */
function corpus(seed: number, prompts: number, answers: readonly string[], stock = 4): CorpusRecord[] {
  const next = random(seed);
  return Array.from({length: prompts}, (_, prompt) => {
    const sentences = Array.from({length: stock}, () => zipfText(next, 12));
    return answers.map((model, at) =>
      record({
        id: `${prompt}/${at}`,
        prompt: `Question ${prompt} of ${seed}?`,
        response: `${sentences[Math.floor(next() * stock)]}. ${zipfText(next, 5 + Math.floor(20 * next()))}`,
        model,
      }),
    );
  }).flat();
}

/** Cosine over maps of strings, words found by a regular expression. */
function naiveCosine(one: string, other: string): number {
  const counts = (text: string) => {
    const found = new Map<string, number>();
    for (const [word] of [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].slice(0, 128)) {
      found.set(foldWord(word), (found.get(foldWord(word)) ?? 0) + 1);
    }
    return new Map([...found].map(([word, count]) => [word, 1 + Math.log(count)]));
  };
  const [here, there] = [counts(one), counts(other)];
  const product = (a: Map<string, number>, b: Map<string, number>) =>
    [...a].reduce((sum, [word, weight]) => sum + weight * (b.get(word) ?? 0), 0);
  return product(here, there) / Math.sqrt(product(here, here) * product(there, there));
}

const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;

function byPrompt(records: readonly CorpusRecord[]): CorpusRecord[][] {
  const groups = new Map<string, CorpusRecord[]>();
  for (const each of records) groups.set(each.prompt!, [...(groups.get(each.prompt!) ?? []), each]);
  return [...groups.values()];
}

/** Mean over prompts of the means over models, or pairs of models, of the cosines that `wanted` picks. */
function naive(records: readonly CorpusRecord[], wanted: (one: string, other: string) => boolean): number {
  return mean(
    byPrompt(records).map(group => {
      const cells = new Map<string, number[]>();
      for (const [at, one] of group.entries()) {
        for (const other of group.slice(0, at)) {
          const [a, b] = [one.generator!, other.generator!].sort() as [string, string];
          if (!wanted(a, b)) continue;
          cells.set(`${a} ${b}`, [
            ...(cells.get(`${a} ${b}`) ?? []),
            naiveCosine(one.response!, other.response!),
          ]);
        }
      }
      return mean([...cells.values()].map(mean));
    }),
  );
}

const three = ['ada', 'ada', 'ada', 'bo', 'bo', 'cy'];

describe('likeness', () => {
  const records = corpus(1, 40, three);
  const {measures, tables} = measured(rule, records);

  test('within and across models is that of naive cosines', () => {
    expect(measures['homogeneity.intra']!.value).toBeCloseTo(
      naive(records, (a, b) => a === b),
      10,
    );
    expect(measures['homogeneity.inter']!.value).toBeCloseTo(
      naive(records, (a, b) => a !== b),
      10,
    );
  });

  test('of other prompts is near that of all pairs of other prompts', () => {
    const firsts = byPrompt(records);
    const all = firsts.flatMap((group, at) =>
      firsts.slice(0, at).flatMap(other => naiveCosine(group[0]!.response!, other[1]!.response!)),
    );
    expect(Math.abs(measures['homogeneity.other-prompts']!.value - mean(all))).toBeLessThan(0.02);
  });

  test('the interval of a mean over prompts is that of its standard error', () => {
    const perPrompt = byPrompt(records).map(group => naive(group, (a, b) => a !== b));
    const middle = mean(perPrompt);
    const spread = perPrompt.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (perPrompt.length - 1);
    const half = 1.959963984540054 * Math.sqrt(spread / perPrompt.length);
    const [low, high] = measures['homogeneity.inter']!.interval!;
    expect(low).toBeCloseTo(middle - half, 10);
    expect(high).toBeCloseTo(middle + half, 10);
  });

  test('is shown by model, the same from both sides', () => {
    const [matrix, voices] = tables;
    const cell = (one: string, other: string) =>
      matrix!.rows.find(([model, beside]) => model === one && beside === other);
    expect(matrix!.rows).toHaveLength(9);
    expect(cell('ada', 'bo')).toEqual(['ada', 'bo', ...cell('bo', 'ada')!.slice(2)]);
    expect(cell('ada', 'bo')![2]).toBeCloseTo(
      naive(records, (a, b) => a === 'ada' && b === 'bo'),
      10,
    );
    expect(cell('cy', 'cy')!.slice(2)).toEqual([null, 0]);
    expect(voices!.rows.map(([model, , , prompts, answers]) => [model, prompts, answers])).toEqual([
      ['ada', 40, 120],
      ['bo', 40, 80],
      ['cy', 0, 40],
    ]);
  });
});

test('models that answered each prompt once have no table of their own', () => {
  const {tables} = measured(rule, corpus(12, 10, ['ada', 'bo']));
  expect(tables.map(({id}) => id)).toEqual(['homogeneity.models']);
});

describe('sameness', () => {
  const answers = (seed: number, same: boolean) => {
    const next = random(seed);
    return Array.from({length: 60}, (_, prompt) => {
      const once = zipfText(next, 30);
      return ['ada', 'bo', 'cy'].map(model =>
        record({prompt: `p${prompt}`, response: same ? once : zipfText(next, 30), model}),
      );
    }).flat();
  };

  test('is 1 for copies', () => {
    expect(measured(rule, answers(2, true)).measures['homogeneity.sameness']!.value).toBeCloseTo(1, 10);
  });

  test('is bounded, and not measured where answers to different prompts are as good as the same', () => {
    const common = 'the ferry left the old pier at noon with nine crates of eels and no passengers on board';
    const answers = (words: (prompt: number, model: number) => string) =>
      Array.from({length: 40}, (_, prompt) =>
        ['ada', 'bo'].map((model, at) => record({prompt: `p${prompt}`, response: words(prompt, at), model})),
      ).flat();
    const said = (round: ReturnType<typeof answers>) => measured(rule, round);
    // The same to every prompt, but for a word: what is left to be more alike by is noise.
    const one = said(answers((prompt, model) => `${common} ${'xyz'[(prompt + model) % 3]}`));
    expect(one.measures['homogeneity.other-prompts']!.value).toBeGreaterThan(0.9);
    expect(one.measures).not.toHaveProperty('homogeneity.sameness');
    expect(one.findings).toContain('alike');
    // Half of the words in common: it is measured, and cannot leave its scale.
    const half = said(
      answers((prompt, model) => `${common.slice(0, 40)} ${prompt} p${prompt}${model} q${prompt}`),
    );
    const {value, interval} = half.measures['homogeneity.sameness']!;
    for (const number of [value, ...interval!]) expect(Math.abs(number)).toBeLessThanOrEqual(1);
    expect(half.findings).not.toContain('alike');
  });

  test('is 0, to its interval, for answers that share no more than answers to other prompts', () => {
    let held = 0;
    for (let seed = 0; seed < 100; seed++) {
      const [low, high] = measured(rule, answers(seed, false)).measures['homogeneity.sameness']!.interval!;
      expect(high - low).toBeLessThan(0.1);
      if (low <= 0 && 0 <= high) held++;
    }
    expect(held).toBeGreaterThanOrEqual(88);
  });

  test('intervals hold the value of the whole in about 95 of 100 samples', () => {
    const whole = corpus(3, 4000, ['ada', 'ada', 'bo']);
    const groups = byPrompt(whole);
    const truth = mean(groups.map(group => naive(group, (a, b) => a !== b)));
    let held = 0;
    for (let at = 0; at < 200; at++) {
      const sample = groups.slice(at * 20, at * 20 + 20).flat();
      const [low, high] = measured(rule, sample).measures['homogeneity.inter']!.interval!;
      if (low <= truth && truth <= high) held++;
    }
    // 20 prompts and a normal quantile: a little under 95 %.
    expect(held / 200).toBeGreaterThan(0.89);
    expect(held / 200).toBeLessThan(0.99);
  });
});

describe('copies', () => {
  const same = (prompt: number) => `The ferry to the skerry leaves at ${prompt} past the hour.`;
  const records = Array.from({length: 20}, (_, prompt) => [
    record({prompt: `p${prompt}`, response: same(prompt), model: 'ada'}),
    record({prompt: `p${prompt}`, response: same(prompt).toUpperCase(), model: 'bo'}),
    record({prompt: `p${prompt}`, response: 'No one knows.', model: 'cy'}),
    record({prompt: `p${prompt}`, response: 'No one knows!', model: 'cy'}),
  ]).flat();

  test('are answers that another model gave word for word', () => {
    const {measures, findings} = measured(rule, records);
    expect(measures['homogeneity.copied']!.value).toBeCloseTo(0.5, 10);
    expect(findings).toEqual(['copied']);
    expect(measured(rule, records, undefined, {copies: 0.5}).findings).toEqual([]);
  });

  test('rows with the same bytes count as often as they occur', () => {
    const twice = [...records, ...records.filter(({generator}) => generator === 'ada')];
    const {measures} = measured(rule, twice);
    expect(measures['homogeneity.copied']!.value).toBeCloseTo(3 / 5, 10);
    expect(measures['homogeneity.intra']!.value).toBeCloseTo(1, 10);
  });
});

describe('models among the nearest', () => {
  test('are as many as chance gives when answers carry no trace of their model', () => {
    const {measures} = measured(rule, corpus(4, 200, [...three, ...three]));
    const {value, interval} = measures['homogeneity.mixing']!;
    expect(Math.abs(value - 1)).toBeLessThan(0.03);
    expect(interval![0]).toBeLessThan(1);
    // Of 11 others 5 are drawn; of ada 5 or 6, of bo 3 or 4, of cy 1 or 2 are there.
    expect(measures['homogeneity.source-models']!.value).toBeCloseTo(2.5, 0);
  });

  test('are few when each model has its own words', () => {
    const next = random(5);
    const records = Array.from({length: 30}, (_, prompt) =>
      ['ada', 'bo', 'cy'].flatMap(model =>
        Array.from({length: 6}, (_, at) =>
          record({prompt: `p${prompt}`, response: `${model} `.repeat(9) + zipfText(next, 6), model, at}),
        ),
      ),
    ).flat();
    const {measures} = measured(rule, records);
    // Of 18 answers 16 are sampled, so that a model may have fewer than five others.
    expect(measures['homogeneity.source-models']!.value).toBeLessThan(1.7);
    expect(measures['homogeneity.mixing']!.value).toBeLessThan(0.65);
  });
});

describe('a reference', () => {
  const round = corpus(6, 30, ['ada', 'ada', 'bo']);
  const people = corpus(7, 30, ['person', 'person']).map((each, at) =>
    record({prompt: round[Math.floor(at / 2) * 3]!.prompt, response: each.response, model: 'person', at}),
  );
  const {measures, tables} = measured(rule, round, people);

  test('gives its own values, and likeness to its answers', () => {
    expect(measures['homogeneity.intra']!.reference).toBeCloseTo(
      naive(people, () => true),
      10,
    );
    const [ours, theirs] = [
      byPrompt(round),
      new Map(byPrompt(people).map(group => [group[0]!.prompt, group])),
    ];
    const cross = ours.map(group =>
      mean(
        group.flatMap(one =>
          theirs.get(one.prompt)!.map(other => naiveCosine(one.response!, other.response!)),
        ),
      ),
    );
    expect(measures['homogeneity.to-reference']!.value).toBeCloseTo(mean(cross), 10);
    expect(tables[0]!.rows.filter(([model]) => model === '(reference)')).toHaveLength(2);
  });

  test('with other vectors is no reference', () => {
    const embedded = people.map(each => record({...each.fields, vector: [1, 2, 3]}));
    const summary = rule.init();
    for (const each of embedded) {
      rule.observe(summary, each, {options: {embedding: 'vector'} as never, feature: undefined as never});
    }
    const own = rule.init();
    for (const each of round) {
      rule.observe(own, each, {
        options: {embedding: '', provider: false} as never,
        feature: undefined as never,
      });
    }
    const found = rule.measure(own, summary, {
      options: {embedding: '', provider: false, nearest: 5, mark: 0.8, copies: 1},
      table: () => {},
    } as never);
    expect(found['homogeneity.intra']!.reference).toBeUndefined();
    expect(found['homogeneity.to-reference']).toBeUndefined();
  });
});

describe('embeddings', () => {
  test('give the cosines of their numbers', () => {
    const next = random(8);
    const vector = () => Array.from({length: 64}, () => next() - 0.3);
    const records = Array.from({length: 20}, (_, prompt) =>
      ['ada', 'ada', 'bo'].map((model, at) =>
        record({prompt: `p${prompt}`, response: `r${at}`, model, embedding: vector()}),
      ),
    ).flat();
    const {measures} = measured(rule, records, undefined, {embedding: 'embedding', mark: 0.5});
    const cosines = byPrompt(records).map(([one, other]) => {
      const [a, b] = [one, other].map(each => each!.fields.embedding as number[]) as [number[], number[]];
      const product = (x: number[], y: number[]) => x.reduce((sum, value, at) => sum + value * y[at]!, 0);
      return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
    });
    // Whole numbers up to 127: exact to a thousandth.
    expect(Math.abs(measures['homogeneity.intra']!.value - mean(cosines))).toBeLessThan(1e-3);
    expect(measures['homogeneity.high-intra']!.value).toBeCloseTo(
      cosines.filter(value => value > 0.5).length / 20,
      10,
    );
  });

  test('of a plugin give what those of a field give', () => {
    const next = random(9);
    const vector = () => Array.from({length: 16}, () => next() - 0.3);
    const records = Array.from({length: 36}, (_, at) => {
      const [prompt, response, own] = [`p${at % 12}`, `r${at}`, vector()];
      return record({prompt, response, model: 'ada', vector: own, embedding: own});
    });
    const given = measured(rule, records, undefined, {provider: true}).measures;
    const byField = measured(rule, records, undefined, {embedding: 'embedding'}).measures;
    expect(given['homogeneity.high-intra']).toBeDefined();
    expect(Object.keys(given)).toEqual(Object.keys(byField));
    for (const [name, {value}] of Object.entries(given)) expect(value).toBeCloseTo(byField[name]!.value, 3);
  });

  test('records without one are not looked at', () => {
    const records = corpus(9, 20, ['ada', 'bo']);
    expect(measured(rule, records, undefined, {embedding: 'embedding'}).measures).toEqual({});
  });
});

describe('nothing is measured', () => {
  test('of prompts that were answered once, of few prompts, or without prompts', () => {
    expect(measured(rule, corpus(10, 50, ['ada'])).measures).toEqual({});
    expect(measured(rule, corpus(11, 7, three)).measures).toEqual({});
    expect(measured(rule, [record({text: 'The tide is out.'})])).toEqual({
      measures: {},
      tables: [],
      findings: [],
    });
  });
});
