import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import prompt from '../../../rules/homogeneity/prompt.js';
import {type RunAnswer, sharedRuns} from '../../../rules/homogeneity/runs.js';
import type {CorpusRecord, GroupRule} from '../../../src/api.js';
import {record} from './corpus.js';

const rule = prompt as GroupRule;

/** Length of the longest run that two lists share and the prompt has no stretch of `least` of. */
function longestNaive(
  one: readonly number[],
  other: readonly number[],
  asked: readonly number[],
  least: number,
) {
  const inPrompt = (from: number) =>
    asked.some((_, at) => one.slice(from, from + least).every((word, step) => asked[at + step] === word));
  let longest = 0;
  for (let here = 0; here < one.length; here++) {
    if (inPrompt(here)) continue;
    for (let there = 0; there < other.length; there++) {
      let length = 0;
      while (here + length < one.length && one[here + length] === other[there + length]) length++;
      longest = Math.max(longest, length);
    }
  }
  return longest < least ? 0 : longest;
}

describe('shared runs', () => {
  const lists = fc.array(fc.nat(2), {maxLength: 24});

  test('of two answers are the longest there are, when each run stands in an answer once', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(40), {maxLength: 30}),
        fc.uniqueArray(fc.nat(40), {maxLength: 30}),
        lists,
        (one, other, asked) => {
          const answers: RunAnswer[] = [
            {generator: 'ada', words: other},
            {generator: 'bo', words: one},
          ];
          const [none, run] = sharedRuns(answers, asked, 2);
          expect(none).toBeUndefined();
          expect(run?.length ?? 0).toBe(longestNaive(one, other, asked, 2));
        },
      ),
      {numRuns: 2000, seed: 1},
    );
  });

  test('are really shared, between different models, and found when there is one', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('ada', 'bo', 'cy'), lists), {maxLength: 6}), all => {
        const answers = all.map(([generator, words]): RunAnswer => ({generator, words}));
        for (const [at, run] of sharedRuns(answers, [], 4).entries()) {
          const own = answers[at]!;
          const earlier = answers.slice(0, at).filter(({generator}) => generator !== own.generator);
          const longest = Math.max(0, ...earlier.map(({words}) => longestNaive(own.words, words, [], 4)));
          expect(run !== undefined).toBe(longest >= 4);
          if (run === undefined) continue;
          const other = answers[run.other]!;
          expect(other.generator).not.toBe(own.generator);
          expect(run.other).toBeLessThan(at);
          expect(own.words.slice(run.start, run.start + run.length)).toEqual(
            other.words.slice(run.otherStart, run.otherStart + run.length),
          );
          expect(run.length).toBeGreaterThanOrEqual(4);
          expect(run.length).toBeLessThanOrEqual(longest);
        }
      }),
      {numRuns: 2000, seed: 2},
    );
  });
});

interface Said {
  readonly findings: {
    record: CorpusRecord;
    messageId: string;
    data: Record<string, unknown>;
    span?: unknown;
  }[];
  readonly signals: Map<CorpusRecord, unknown>;
}

function judge(records: readonly CorpusRecord[], options = {}): Said {
  const said: Said = {findings: [], signals: new Map()};
  const visit = rule.create({
    options: {words: 8, alike: 0.9, embedding: '', provider: false, ...options},
    feature: (of: CorpusRecord) => ({vector: Float32Array.from(of.fields.vector as number[])}),
    report: (of: CorpusRecord, finding: never) =>
      said.findings.push({record: of, ...(finding as object)} as never),
    signal: (of: CorpusRecord, _: string, value: unknown) => said.signals.set(of, value),
  } as never);
  visit({key: 'k', records});
  return said;
}

const answer = (model: string | undefined, response: string) =>
  record({id: model ?? 'x', prompt: 'Why is the sea salt?', response, model});

describe('a group', () => {
  test('names the span of a shared run', () => {
    const run = 'rivers carry salt from the rocks down to the sea';
    const [one, other] = [answer('ada', `Long ago ${run}.`), answer('bo', `Because ${run} each day.`)];
    const {findings} = judge([one, other]);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({messageId: 'run', record: other, data: {count: 10, excerpt: run}});
    const {start, end} = findings[0]!.span as {start: number; end: number};
    expect(other.response!.slice(start, end)).toBe(run);
  });

  test('says nothing of one model that repeats itself in runs, nor of answers without words', () => {
    const run = 'rivers carry salt from the rocks down to the sea';
    expect(judge([answer('ada', `A ${run}`), answer('ada', `B ${run} c d e f g`)]).findings).toEqual([]);
    expect(judge([answer('ada', '!!!'), answer('bo', '?')]).findings).toEqual([]);
  });

  test('excerpts are short and on one line', () => {
    const run = Array.from({length: 60}, (_, at) => `word${at}\n`).join(' ');
    const {findings} = judge([answer('ada', run), answer('bo', `And ${run}`)]);
    const {excerpt} = findings[0]!.data as {excerpt: string};
    expect([...excerpt].length).toBeLessThanOrEqual(81);
    expect(excerpt).not.toContain('\n');
  });

  test('gives each answer its mean likeness, and none to a single one', () => {
    const records = [answer('ada', 'a b'), answer('ada', 'a c'), answer('bo', 'x y')];
    expect(records.map(each => judge(records).signals.get(each))).toEqual([
      expect.closeTo(0.25, 10),
      expect.closeTo(0.25, 10),
      0,
    ]);
    expect(judge(records.slice(0, 1)).signals.get(records[0]!)).toMatchObject({absent: 'not-applicable'});
  });

  test('is compared by meaning where there are embeddings', () => {
    const meant = (model: string, response: string, vector?: number[]) =>
      record({id: response, prompt: 'Why?', response, model, vector});
    const records = [
      meant('ada', 'a b', [1, 0]),
      meant('ada', 'c d', [0.96, 0.28]),
      meant('bo', 'a b', [-1, 0]),
      meant('bo', 'e f'),
    ];
    for (const [options, list] of [
      [{embedding: 'vector'}, records],
      [{provider: true}, records.slice(0, 3)],
    ] as const) {
      const {signals, findings} = judge(list, options);
      // Cosines of ada’s first answer: 0.96 and -1, and less than nothing is nothing.
      expect(signals.get(list[0]!)).toBeCloseTo(0, 2);
      expect(signals.get(list[2]!)).toBe(0);
      expect(findings.map(({messageId}) => messageId)).toEqual(['same', 'alike']);
      if (list.length > 3) expect(signals.get(list[3]!)).toMatchObject({absent: 'missing'});
    }
  });

  test('without names of models is one model', () => {
    const records = [answer(undefined, 'the salt is old'), answer(undefined, 'the salt is old')];
    expect(judge(records).findings.map(({messageId}) => messageId)).toEqual(['alike']);
  });

  test('is of records with the same prompt and an answer', () => {
    const key = (fields: object) => rule.key(record({...fields}), {} as never);
    expect(key({prompt: ' Why?\n', response: 'a'})).toBe(key({prompt: 'why?', response: 'b'}));
    expect(key({text: 'a'})).toBeUndefined();
    expect(key({prompt: 'why?', text: 'a'})).toBeUndefined();
  });
});
