import {availableParallelism} from 'node:os';
import {expect, test} from 'vitest';
import {threadsFor} from '../../src/run/threads.js';

test('no threads for a small round, all cores for a large one', () => {
  expect(threadsFor(1000, undefined)).toBe(0);
  expect(threadsFor(1e9, undefined)).toBe(availableParallelism());
});

test('as many as were asked for, but not more than there is work for', () => {
  for (const wanted of [0, 1, 2, 8]) expect(threadsFor(10, wanted)).toBe(wanted);
  expect(threadsFor(10, 999)).toBe(8);
  expect(threadsFor(20 * 2 ** 20, 999)).toBe(20);
  expect(threadsFor(1e10, 64)).toBe(64);
});
