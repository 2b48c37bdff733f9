import fc from 'fast-check';
import {expect, test} from 'vitest';
import {claimsIn, windowsOf} from '../../../plugins/transformers/claims.js';
import {createEncoder} from '../../../plugins/transformers/encode.js';

/** One token a character, between marks as RoBERTa has them: 1 a 2, and 1 a 2 2 b 2. */
const ids = (text: string) => [...text].map(character => character.codePointAt(0)! + 100);
const tokenizer = Object.assign(
  (text: string, {text_pair: second}: {text_pair?: string}) => ({
    input_ids: [1, ...ids(text), 2, ...(second === undefined ? [] : [2, ...ids(second), 2])],
  }),
  {encode: ids, pad_token_id: 0, model_max_length: 512},
) as never;

test('a text that is too long keeps the mark at its end', () => {
  const encoder = createEncoder(tokenizer, 5);
  expect(encoder.one(encoder.tokens('abcdefgh'))).toEqual({
    ids: [1, ...ids('abc'), 2],
    types: [0, 0, 0, 0, 0],
    read: 3 / 8,
  });
  expect(encoder.one([])).toMatchObject({ids: [1, 2], read: 1});
});

test('of two texts the first is cut, and the second is whole', () => {
  const encoder = createEncoder(tokenizer, 9);
  const {ids: all, read} = encoder.two(ids('source'), ids('xy'));
  expect(all).toEqual([1, ...ids('sou'), 2, 2, ...ids('xy'), 2]);
  expect(read).toBe(5 / 8);
  expect(encoder.room(ids('xy'))).toBe(3);
});

test('marks that cannot be found are an error', () => {
  const odd = Object.assign(() => ({input_ids: [7, 8, 9]}), {encode: ids}) as never;
  expect(() => createEncoder(odd, 9)).toThrow('puts marks around a text in a way that is not known');
});

test('windows hold every sentence in order, and none has more tokens than there is room for', () => {
  const encoder = createEncoder(tokenizer, 512);
  const sentence = fc.stringMatching(/^[a-z]{1,12}$/).map(word => `${word}.`);
  fc.assert(
    fc.property(
      fc.array(fc.array(sentence, {minLength: 1}), {minLength: 1}),
      fc.integer({min: 13, max: 60}),
      (texts, room) => {
        const windows = windowsOf(
          texts.map(each => each.join(' ')),
          encoder,
          room,
          10_000,
        );
        for (const {tokens} of windows) expect(tokens.length).toBeLessThanOrEqual(room);
        const shown = windows.flatMap(({text}) => text.split('\n'));
        // Each sentence once, or twice where it ends one window and begins the next.
        let at = 0;
        for (const text of texts.flat()) {
          while (shown[at] !== text && at > 0 && shown[at] === shown[at - 1]) at++;
          expect(shown[at]).toBe(text);
          at++;
        }
      },
    ),
  );
});

test('windows are bounded, and a sentence that is longer than one is cut', () => {
  const encoder = createEncoder(tokenizer, 512);
  expect(windowsOf(['abcdefghij. kl. mn.'], encoder, 5, 2)).toEqual([
    {text: 'abcdefghij.', tokens: ids('abcde')},
    {text: 'kl.', tokens: ids('kl.')},
  ]);
});

test('claims are sentences that say something', () => {
  const answer = 'The boat is old [d1]. Yes! [d2] The   lamp\nburns.';
  const sentences = [
    {start: 0, end: 21},
    {start: 22, end: 26},
    {start: 27, end: answer.length},
  ];
  expect(claimsIn(answer, sentences)).toEqual(['The boat is old .', 'The lamp burns.']);
});
