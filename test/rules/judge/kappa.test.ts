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
