import {expect, test} from 'vitest';
import {answerFrom} from '../../rules/agreement/extract.js';
import {countVotes, shownVotes, standingOf} from '../../rules/agreement/votes.js';
import type {RecordGate} from '../../src/api.js';
import agreement from '../../src/gates/agreement.js';

const gate = agreement as RecordGate;
const defaults = {minimum: 0.5, votes: 2, unanimous: 'allow'};

/** Judges the most frequent of these answers; `-` is a response without one. */
function passes(answers: string, options: object = {}): boolean {
  const count = countVotes([...answers].map(letter => (letter === '-' ? undefined : answerFrom(letter))));
  const {votes, share, lead} = standingOf(count, count.answers[0]!.answer.key);
  const signals = {agreement: share, 'agreement.lead': lead, 'agreement.votes': votes};
  return gate.judge(signals, {...defaults, ...options} as never).pass;
}

test('share of all votes, a tie never wins', () => {
  expect(['aaaa', 'aaab', 'aabc', 'aabb', 'aab', 'ab', 'abcd', 'aa'].map(votes => passes(votes))).toEqual([
    ...[true, true, true, false, true, false, false, true],
  ]);
});

test('responses without an answer vote for nothing and still count', () => {
  expect(['aa--', 'a---', 'aa---', 'aab--'].map(votes => passes(votes))).toEqual([true, false, false, false]);
  // One vote of two is half of them, and still only one.
  expect(passes('a-')).toBe(false);
  expect(passes('a-', {votes: 1})).toBe(true);
});

test('a share of a third is met by one of three', () => {
  expect(passes('aabcde', {minimum: 1 / 3})).toBe(true);
  expect(passes('aab', {minimum: 2 / 3})).toBe(true);
});

test('unanimous votes can be asked for, or left out', () => {
  expect(['aaaa', 'aaab'].map(votes => passes(votes, {unanimous: 'require'}))).toEqual([true, false]);
  expect(['aaaa', 'aaab', 'aa-'].map(votes => passes(votes, {unanimous: 'drop'}))).toEqual([
    false,
    true,
    true,
  ]);
});

test('an answer that was outvoted never passes', () => {
  const count = countVotes([...'aab'].map(answerFrom));
  expect(standingOf(count, answerFrom('b').key)).toEqual({votes: 1, share: 1 / 3, lead: -1 / 3});
  const signals = {agreement: 1 / 3, 'agreement.lead': -1 / 3, 'agreement.votes': 1};
  expect(gate.judge(signals, {...defaults, minimum: 0, votes: 1} as never)).toMatchObject({
    pass: false,
    message: 'outvoted: another answer has more than its 33 % of the votes',
  });
});

test('votes are shown with what is not shown', () => {
  const count = countVotes(
    [...'abcdeff', '-'].map(letter => (letter === '-' ? undefined : answerFrom(letter))),
  );
  expect(shownVotes(count)).toBe('`f` 2, `a` 1, `b` 1, `c` 1, 2 other answers, 1 without an answer');
});
