import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {
  addPassage,
  decodePassages,
  encodePassages,
  headOf,
  headUnits,
  mergePassages,
  noPassages,
  type Passages,
  sampleSize,
} from '../../../rules/synthetic/passages.js';
import template from '../../../rules/synthetic/template.js';

const passage = fc.tuple(fc.integer({min: 0, max: 40}), fc.constantFrom('a', 'b', 'c'));
const of = (items: readonly (readonly [number, string])[]) => {
  const passages = noPassages();
  for (const [key, text] of items) addPassage(passages, key, text);
  return passages;
};
const bytes = (passages: Passages) => Buffer.from(encodePassages(passages)).toString();
const joined = (one: Passages, other: Passages) => {
  const into = decodePassages(encodePassages(one));
  mergePassages(into, decodePassages(encodePassages(other)));
  return into;
};
/** More than the sample holds, in an order that the seed shuffles. */
const many = (seed: number, count: number) =>
  Array.from({length: count}, (_, at): [number, string] => {
    const key = Math.imul(at * 7 + seed, 0x9e3779b1) >>> 0;
    return [key, `text ${key % 9973}`];
  });

describe('the summary of synthetic/template', () => {
  it('is the same however the records are dealt out and merged', () => {
    fc.assert(
      fc.property(fc.array(passage), fc.array(passage), fc.array(passage), (a, b, c) => {
        const [one, two, three] = [of(a), of(b), of(c)];
        const whole = bytes(of([...a, ...b, ...c]));
        expect(bytes(joined(joined(one, two), three))).toBe(whole);
        expect(bytes(joined(one, joined(two, three)))).toBe(whole);
        expect(bytes(joined(joined(three, one), two))).toBe(whole);
        expect(bytes(joined(one, noPassages()))).toBe(bytes(one));
      }),
    );
  });

  it('is so when there are more texts than it keeps', () => {
    const all = many(1, 3 * sampleSize);
    const whole = of(all);
    const parts = [0, 1, 2].map(part => of(all.filter((_, at) => at % 3 === part).reverse()));
    expect(bytes(joined(joined(parts[2]!, parts[0]!), parts[1]!))).toBe(bytes(whole));
    const kept = JSON.parse(bytes(whole)).map(([key]: [number]) => key);
    expect(kept).toEqual(
      all
        .map(([key]) => key)
        .sort((one, other) => one - other)
        .slice(0, sampleSize),
    );
  });

  it('survives being written and read, by the rule itself too', () => {
    const summary = of(many(5, 100));
    expect(bytes(decodePassages(encodePassages(summary)))).toBe(bytes(summary));
    const {encode, decode, merge, init} = template as never as {
      encode(one: Passages): Uint8Array;
      decode(bytes: Uint8Array): Passages;
      merge(into: Passages, from: Passages): void;
      init(): Passages;
    };
    const empty = init();
    merge(empty, decode(encode(summary)));
    expect(bytes(empty)).toBe(bytes(summary));
  });

  it('keeps whole characters at the end of a beginning', () => {
    const head = headOf(`${'a'.repeat(headUnits - 1)}😀 and more`);
    expect(head.length).toBe(headUnits);
    expect(head.isWellFormed?.() ?? !/[\ud800-\udfff]/.test(head)).toBe(true);
  });
});
