import {expect, test} from 'vitest';
import {decliningOf} from '../../../rules/grounding/declining.js';
import {languages, patternsOf} from '../../../rules/grounding/refusal-patterns.js';
import {sentencesOf} from '../../../src/features/sentences.js';

const patterns = languages.map(language => patternsOf(language)!);
const share = (text: string) => decliningOf(text, sentencesOf(text), patterns).share;

test('the reasons of a refusal belong to it, up to a length', () => {
  const reason = 'That would hurt the people of the harbour. ';
  expect(share(`I cannot write that. ${reason.repeat(3)}`)).toBe(1);
  expect(share(`I cannot write that. ${reason.repeat(60)}`)).toBeLessThan(0.5);
});

test('from a turn on it is an answer', () => {
  const answer = 'The Tern is fast and wet, the Plover slow and dry. ';
  expect(share(`I cannot choose for you. However, here is what I know. ${answer.repeat(3)}`)).toBeLessThan(
    0.5,
  );
  expect(share(`While I cannot choose for you, I can say this. ${answer.repeat(2)}`)).toBeLessThan(0.5);
});

test('sending the reader elsewhere is no turn', () => {
  expect(share('I do not have access to tables. However, you can check the harbour office.')).toBe(1);
});

test('a gap behind an answer leaves the answer', () => {
  expect(share('The pier is forty metres long. However, I do not have access to what it cost.')).toBeLessThan(
    0.5,
  );
});

test('an answer without refusal has none', () => {
  expect(share('The pier is long. Please mind the step.')).toBe(0);
  expect(share('')).toBe(0);
});

test('hostile answers are read in linear time', () => {
  for (const text of [
    'i am sorry '.repeat(5e4),
    'as an ai '.repeat(5e4),
    'context '.repeat(1e5),
    'there is no '.repeat(5e4),
    'I cannot. '.repeat(5e4),
  ])
    share(text);
});
