import {expect, test} from 'vitest';
import {defineCorpusRule} from '../../src/api.js';
import {createReferenceSummaries} from '../../src/engine/reference-summaries.js';
import type {Reference} from '../../src/profile/reference.js';

/** Counts records; `prepare` notes what it is given. */
function counting(id: string, prepare?: (reference: {count: number}, context: unknown) => void) {
  return defineCorpusRule({
    id,
    summary: '',
    why: '',
    advice: '',
    since: '1.0.0',
    recommended: 'warn',
    version: 1,
    views: ['all'],
    options: {},
    measures: {},
    init: () => ({count: 0}),
    observe: counted => counted.count++,
    merge(into, from) {
      into.count += from.count;
    },
    ...(prepare && {prepare}),
    measure: () => ({}),
    encode: ({count}) => Uint8Array.of(count),
    decode: ([count]) => ({count: count!}),
  });
}

const reference = (role: Reference['role'], counts: readonly number[]) =>
  ({role, states: () => counts.map(count => Uint8Array.of(count))}) as unknown as Reference;

const planOf = (...corpusRules: ReturnType<typeof counting>[]) =>
  ({
    corpusRules,
    variants: {ruleSets: [Object.fromEntries(corpusRules.map(({id}) => [id, {level: 'warn', options: {}}]))]},
  }) as never;

test('a rule prepares the very summary that it measures with, once, and only of trusted references', async () => {
  const seen: unknown[] = [];
  const rule = counting('a/b', reference => void seen.push(reference));
  const known = createReferenceSummaries(planOf(rule, counting('a/c')), [
    reference('trusted', [1, 2]),
    reference('machine', [4]),
    reference('trusted', [8]),
  ]);
  known.begin();
  known.begin();
  await known.ready();
  expect(seen).toEqual([{count: 11}]);
  expect(known.of(rule, 'trusted')).toBe(seen[0]);
  expect(known.of(rule, 'machine')).toEqual({count: 4});
});

test('without references nothing is prepared', async () => {
  const rule = counting('a/b', () => expect.unreachable());
  const known = createReferenceSummaries(planOf(rule), [reference('trusted', [])]);
  known.begin();
  await known.ready();
  expect(known.of(rule, 'trusted')).toBeUndefined();
});

test('what a rule throws names it, and comes up where it is waited for', async () => {
  const rule = counting('a/b', () => {
    throw new Error('no such bird');
  });
  const known = createReferenceSummaries(planOf(rule), [reference('trusted', [1])]);
  known.begin();
  await expect(known.ready()).rejects.toThrow(/`?a\/b`?.*prepare the reference.*no such bird/s);
});

test('after a stop nothing more is begun', async () => {
  const rule = counting('a/b', () => expect.unreachable());
  const known = createReferenceSummaries(planOf(rule), [reference('trusted', [1])]);
  known.begin();
  known.stop();
  await known.ready();
});
