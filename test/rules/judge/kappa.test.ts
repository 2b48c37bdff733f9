import fc from 'fast-check';
import {expect, test} from 'vitest';
import {familyOf} from '../../../rules/judge/families.js';
import {cohensKappa, fleissKappa} from '../../../rules/judge/kappa.js';
import {createVerdictReader, verdictOf} from '../../../rules/judge/verdicts.js';

test('Cohen’s kappa of a table worked out by hand', () => {
  // 50 records: both pass 20, only the first 5, only the second 10, neither 15. Observed 0.7, chance 0.5.
  expect(cohensKappa([20, 5, 10, 15])).toBeCloseTo(0.4, 12);
  expect(cohensKappa([10, 0, 0, 10])).toBe(1);
  expect(cohensKappa([10, 0, 0, 0])).toBeNaN();
});

test('Cohen’s kappa is that of its definition, worked out record by record', () => {
  const pair = fc.tuple(fc.boolean(), fc.boolean());
  fc.assert(
    fc.property(fc.array(pair, {minLength: 1, maxLength: 40}), rows => {
      const count = (a: boolean, b: boolean) => rows.filter(row => row[0] === a && row[1] === b).length;
      const share = (judge: 0 | 1, said: boolean) =>
        rows.filter(row => row[judge] === said).length / rows.length;
      const observed = rows.filter(([a, b]) => a === b).length / rows.length;
      const chance = [true, false].reduce((sum, said) => sum + share(0, said) * share(1, said), 0);
      const kappa = cohensKappa([
        count(true, true),
        count(true, false),
        count(false, true),
        count(false, false),
      ]);
      if (chance < 1) expect(kappa).toBeCloseTo((observed - chance) / (1 - chance), 9);
      else expect(kappa).toBeNaN();
    }),
  );
});

test('a rubric without its verdict, and a judge that is none, are seen', () => {
  const read = createVerdictReader({
    verdicts: ['verdict', 'rubrics[*].pass'],
    judges: 'judges[*]',
    name: ['judge'],
  });
  expect(read({rubrics: [{pass: true}, {}]})[0]!.verdicts).toEqual([true, undefined]);
  // Rubrics that say what is asked, beside one verdict on the whole.
  expect(read({rubrics: [{text: 'clear'}, 'short'], verdict: 'pass'})[0]!.verdicts).toEqual([true]);
  expect(read({judges: [{judge: 'a', verdict: 1}, null]})).toEqual([
    {name: 'a', verdicts: [true]},
    {name: undefined, verdicts: []},
  ]);
  expect(read({judges: ['a', 'b'], verdict: 1})).toEqual([{name: undefined, verdicts: [true]}]);
});

test('Fleiss’ kappa is that of its definition, worked out record by record', () => {
  const row = fc.array(fc.boolean(), {minLength: 3, maxLength: 3});
  fc.assert(
    fc.property(fc.array(row, {minLength: 2, maxLength: 30}), rows => {
      const items = new Map<string, number>();
      for (const row of rows) {
        const key = `${row.filter(Boolean).length}:3`;
        items.set(key, (items.get(key) ?? 0) + 1);
      }
      // Share of pairs of judges that agree, against the share that two draws from all verdicts would.
      const pairs = rows.flatMap(([a, b, c]) => [a === b, a === c, b === c]);
      const p = rows.flat().filter(Boolean).length / (3 * rows.length);
      const observed = pairs.filter(Boolean).length / pairs.length;
      const chance = p * p + (1 - p) ** 2;
      const {kappa, records} = fleissKappa(items);
      expect(records).toBe(rows.length);
      if (p > 0 && p < 1) expect(kappa).toBeCloseTo((observed - chance) / (1 - chance), 9);
    }),
  );
});

test('verdicts are read or not, nothing is guessed', () => {
  expect(['pass', ' Yes ', 1, true, 'FAIL', 0, false].map(verdictOf)).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(['perhaps', '', null, undefined, 0.5, 2, {}, []].map(verdictOf)).toEqual(Array(8).fill(undefined));
});

test('the generator’s name in the row is not the judge’s', () => {
  const read = createVerdictReader({verdicts: ['verdict'], judges: 'judges[*]', name: ['judge', 'model']});
  expect(read({model: 'tern', verdict: 1})).toEqual([{name: undefined, verdicts: [true]}]);
  expect(read({model: 'tern', judges: [{model: 'plover', verdict: 'no'}]})).toEqual([
    {name: 'plover', verdicts: [false]},
  ]);
});

test.each([
  ['gpt-4o-mini', 'gpt'],
  ['text_davinci_003', 'gpt'],
  ['openai/o3-mini', 'gpt'],
  ['Meta-Llama-3-70B-Instruct', 'llama'],
  ['vicuna-13b', 'llama'],
  ['Mixtral-8x7B', 'mistral'],
  ['claude-3-opus', 'claude'],
  ['org/Tern-2-7b', 'tern'],
  ['7b', undefined],
])('%s is of the family %s', (name, family) => {
  expect(familyOf(name)).toBe(family);
});
