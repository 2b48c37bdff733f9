import fc from 'fast-check';
import {expect, test} from 'vitest';
import {embeddedReader} from '../../../rules/novelty/embedded.js';
import {
  decodeHeld,
  encodeHeld,
  type Held,
  hold,
  mergeHeld,
  nothingHeld,
} from '../../../rules/novelty/held.js';
import {createSearch} from '../../../rules/novelty/nearest.js';

const most = 5;
interface Made {
  readonly hash: number;
  readonly line: number;
}
const hex = (hash: number) => (hash * 2654435761).toString(16).padStart(32, '0').slice(0, 32);

function heldOf(records: readonly Made[]): Held {
  const held = nothingHeld(most);
  for (const {hash, line} of records)
    hold(held, {hash: hex(hash)}, () => ({
      kind: '2',
      vector: Int8Array.of(hash % 127, 127),
      id: `r${hash}`,
      path: 'a.jsonl',
      line,
    }));
  return held;
}
const records = fc.array(fc.record({hash: fc.nat(30), line: fc.nat(5)}), {maxLength: 40});
const bytes = (held: Held) => Buffer.from(encodeHeld(held)).toString('base64');

test('what is held is the same in any order and grouping, to the bit', () => {
  fc.assert(
    fc.property(records, records, records, (a, b, c) => {
      const [left, right, whole] = [heldOf(a), heldOf(c), heldOf([...c, ...a, ...b])];
      mergeHeld(left, heldOf(b));
      mergeHeld(left, heldOf(c));
      mergeHeld(right, decodeHeld(encodeHeld(heldOf(b))));
      mergeHeld(right, decodeHeld(encodeHeld(heldOf(a))));
      expect(bytes(left)).toBe(bytes(whole));
      expect(bytes(right)).toBe(bytes(whole));
    }),
  );
});

test('those with the least hashes are held, and it is known whether others are not', () => {
  fc.assert(
    fc.property(records, list => {
      const held = decodeHeld(encodeHeld(heldOf(list)));
      const distinct = [...new Set(list.map(({hash}) => hex(hash)))].sort();
      expect([...held.records.keys()].sort()).toEqual(distinct.slice(0, most));
      expect(held.left).toBe(distinct.length > most ? 1 : 0);
      expect(held.seen).toBe(list.length);
    }),
  );
});

/** The same numbers in every run: the sum of four uniform numbers is nearly normal. */
function normal(seed: number): () => number {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return () => next() + next() + next() + next() - 2;
}
const read = embeddedReader(['embedding'], {has: () => false, feature: () => undefined as never});
const embedded = (embedding: unknown) => read({fields: {embedding}} as never);

test('the nearest of many is that of a search in full numbers, and its cosine within 0.002', () => {
  const draw = normal(7);
  const vectors = Array.from({length: 300}, () => Array.from({length: 384}, draw));
  const held = nothingHeld();
  for (const [at, vector] of vectors.entries()) {
    const own = embedded(vector) as {vector: Int8Array; kind: string};
    hold(held, {hash: hex(at)}, () => ({...own, id: `r${at}`, path: 'a', line: at}));
  }
  const nearest = createSearch(decodeHeld(encodeHeld(held)));
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, at) => sum + value * b[at]!, 0);
  const cosine = (a: readonly number[], b: readonly number[]) => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  for (let at = 0; at < 40; at++) {
    const query = vectors[at]!.map(value => value + (at % 4) * draw());
    const own = embedded(query) as {vector: Int8Array; kind: string};
    const all = vectors.map(vector => cosine(query, vector));
    const found = nearest(own.vector, own.kind)!;
    expect(Math.abs(found.cosine - Math.max(...all))).toBeLessThan(0.002);
    expect(found.record.id).toBe(`r${all.indexOf(Math.max(...all))}`);
  }
  expect(nearest(Int8Array.of(1, 2), '2')).toBeUndefined();
});

test('what is no embedding is said, and of two models nothing is compared', () => {
  expect(embedded([1, Number.NaN])).toBe('it is no list of numbers');
  expect(embedded([])).toBe('it has 0 components');
  expect(embedded(undefined)).toBeUndefined();
  const vector = Float32Array.of(1, -2);
  const by = (model: string) =>
    embeddedReader([], {has: () => true, feature: () => ({vector, model, read: 1}) as never})({
      fields: {},
    } as never);
  expect(by('a')).toEqual({vector: Int8Array.of(64, -127), kind: '2 a'});
  expect(by('b')).toMatchObject({kind: '2 b'});
});
