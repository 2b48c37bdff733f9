import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
  foldWord,
  hashOfHashes,
  normalPrompt,
  promptKey,
  promptOrder,
  wordsOf,
} from '../../../rules/homogeneity/text.js';

/** The same definition by a regular expression over the whole text. */
const unspaced = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}`;
const pattern = new RegExp(
  `[${unspaced}]|(?:(?![${unspaced}])[\\p{L}\\p{M}\\p{N}\\p{Default_Ignorable_Code_Point}])+`,
  'gu',
);
function naive(text: string): {word: string; start: number; end: number}[] {
  return [...text.matchAll(pattern)]
    .map(({0: word, index}) => ({word: foldWord(word), start: index, end: index + word.length}))
    .filter(({word}) => word !== '');
}

const texts = fc.oneof(
  fc.string({unit: 'binary', maxLength: 60}),
  fc.string({
    unit: fc.constantFrom(...'aZ9 .-\u00ad\u200b\u0301éÉßΣ漢字ไทย\u{1d400}\ud800\n'),
    maxLength: 60,
  }),
);

describe('words', () => {
  test('stand where a regular expression finds them', () => {
    fc.assert(
      fc.property(texts, text => {
        const {starts, ends} = wordsOf(text);
        expect(starts.map((start, at) => [start, ends[at]])).toEqual(
          naive(text).map(({start, end}) => [start, end]),
        );
      }),
      {numRuns: 2000, seed: 1},
    );
  });

  test('have one hash exactly when they fold to the same', () => {
    fc.assert(
      fc.property(texts, text => {
        const hashes = wordsOf(text).hashes;
        const words = naive(text).map(({word}) => word);
        for (const [at, word] of words.entries()) {
          expect(hashes.indexOf(hashes[at]!)).toBe(words.indexOf(word));
          expect(wordsOf(word).hashes).toEqual([hashes[at]]);
        }
      }),
      {numRuns: 1000, seed: 2},
    );
  });

  test('are at most as many as asked for', () => {
    expect(wordsOf('one two three four', 2).starts).toEqual([0, 4]);
  });

  test('in another order have another hash', () => {
    expect(hashOfHashes([1, 2])).not.toBe(hashOfHashes([2, 1]));
    expect(hashOfHashes([0])).not.toBe(hashOfHashes([]));
  });
});

describe('the key of a prompt', () => {
  test('is that of its normal form', () => {
    fc.assert(
      fc.property(texts, text => {
        expect(promptKey(text)).toBe(promptKey(normalPrompt(text)));
        expect(promptKey(` \t${text}\n`)).toBe(promptKey(text));
      }),
      {numRuns: 2000, seed: 3},
    );
  });

  test('differs for other prompts', () => {
    const prompts = Array.from({length: 20_000}, (_, at) => `What is ${at} plus ${at % 7}?`);
    expect(new Set(prompts.map(promptKey)).size).toBe(prompts.length);
    expect(promptKey('Is it\t late ?')).toBe(promptKey('is IT late ?'));
  });

  test('differs where only the middle does, and comes after the order of its ends', () => {
    const long = (middle: number) => `Read this. ${'a '.repeat(60)}${middle}${' b'.repeat(60)} Sum it up.`;
    const keys = Array.from({length: 5000}, (_, at) => promptKey(long(at)));
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) {
      expect(key).toBeGreaterThanOrEqual(promptOrder(long(0)));
      expect(key).toBeLessThan(promptOrder(long(0)) + 2 ** 29);
    }
  });

  test('is a whole number that spreads evenly', () => {
    const keys = Array.from({length: 20_000}, (_, at) => promptKey(`Who is number ${at}?`));
    expect(keys.every(Number.isSafeInteger)).toBe(true);
    const low = keys.filter(key => key < 2 ** 53 / 10).length;
    expect(Math.abs(low - 2000)).toBeLessThan(150);
  });
});
