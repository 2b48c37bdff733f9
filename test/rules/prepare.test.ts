import {expect, test} from 'vitest';
import {wordsOf} from '../../rules/homogeneity/text.js';
import rules from '../../rules/index.js';
import type {CorpusRule} from '../../src/api.js';
import {random, record, zipfText} from './homogeneity/corpus.js';

const prepared = rules.filter((rule): rule is CorpusRule => rule.kind === 'corpus' && 'prepare' in rule);

const corpus = (seed: number, count: number) => {
  const next = random(seed);
  return Array.from({length: count}, (_, id) => record({id, text: `${zipfText(next, 40, 400)}.`}));
};

test('some rules prepare the reference', () => {
  expect(prepared.map(({id}) => id)).toContain('tail/topics');
});

test.each(prepared.map(rule => [rule.id, rule] as const))(
  '%s measures the same with and without, and leaves the reference as it is',
  (_, rule) => {
    const options = Object.fromEntries(
      Object.entries(rule.options).map(([name, option]) => [name, option.default]),
    ) as never;
    const feature = ((each: {text: string}) => Uint32Array.from(wordsOf(each.text).hashes)) as never;
    const summary = (seed: number, count: number) => {
      const made = rule.init();
      for (const each of corpus(seed, count)) rule.observe(made, each, {options, feature} as never);
      return rule.encode(made);
    };
    const [round, reference] = [summary(1, 700), summary(2, 900)];
    const said = (first: boolean) => {
      const all: unknown[] = [];
      const known = rule.decode(reference);
      if (first) rule.prepare!(known, {options});
      const context = {options, view: 'all', report: all.push.bind(all), table: all.push.bind(all)} as never;
      all.push(rule.measure(rule.decode(round), known, context));
      expect(Buffer.compare(rule.encode(known), reference)).toBe(0);
      return all;
    };
    const without = said(false);
    expect(Object.keys(without.at(-1)!)).not.toEqual([]);
    expect(said(true)).toEqual(without);
  },
);
