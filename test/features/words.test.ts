import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {createTextAnalyser} from '../../src/features/text.js';
import {wordsOf} from './oracle.js';
import {fixed, text, textPair} from './texts.js';

const analyser = createTextAnalyser();

function hashesOf(given: string): number[] {
  analyser.read(given);
  return [...analyser.words()];
}

/** Each list with every entry replaced by the place where it was first seen. */
function pattern(list: readonly unknown[]): number[] {
  const first = new Map<unknown, number>();
  for (const [index, entry] of list.entries()) if (!first.has(entry)) first.set(entry, index);
  return list.map(entry => first.get(entry)!);
}

describe('the words of a text', () => {
  it('are as many as the definition says', () => {
    fc.assert(
      fc.property(text, given => {
        analyser.read(given);
        expect(analyser.wordCount).toBe(wordsOf(given).length);
        expect(analyser.words()).toHaveLength(analyser.wordCount);
      }),
      fixed,
    );
  });

  it('have equal hashes when they are equal, and only then', () => {
    fc.assert(
      fc.property(textPair, ([one, other]) => {
        const hashes = [...hashesOf(one), ...hashesOf(other)];
        expect(pattern(hashes)).toEqual(pattern([...wordsOf(one), ...wordsOf(other)]));
      }),
      fixed,
    );
  });

  it('are the same wherever the text stands in the 16 bytes that are read at a time', () => {
    fc.assert(
      fc.property(text, given => {
        const plain = hashesOf(` ${given}`);
        for (let shift = 1; shift < 16; shift++)
          expect(hashesOf(' '.repeat(shift + 1) + given)).toEqual(plain);
      }),
      {...fixed, numRuns: 100},
    );
  });

  it.each(['abcdefgh'.repeat(6), 'ж'.repeat(40), 'ab'.repeat(40)])('differ for each length of %s', long => {
    const words = [...long].map((_, index) => long.slice(0, index + 1));
    expect(new Set(hashesOf(words.join(' '))).size).toBe(words.length);
  });

  it('collide no more often than random numbers do', () => {
    // Numbers, the least random words there are: 2 ** 17 make 2 collisions among 2 ** 32 values on average.
    const numbers = Array.from({length: 1 << 17}, (_, index) => `${index}`);
    expect(numbers.length - new Set(hashesOf(numbers.join(' '))).size).toBeLessThan(10);
  });

  it.each([
    ['no text', '', ''],
    ['no words', ' …\u200b\ud800\0 ', ''],
    ['case', 'STRASSE Straße STRAẞE ΟΔΟΣ οδος οδοσ ǅ', 'strasse strasse strasse οδοσ οδοσ οδοσ ǆ'],
    ['a dot over the i', 'İ i\u0307 I ı i', 'i\u0307 i\u0307 i i i'],
    ['composition', 'Ångström A\u030angstro\u0308m \u212bngström', 'ångström ångström ångström'],
    ['jamo', '한글 \u1112\u1161\u11ab\u1100\u1173\u11af', '한글 한글'],
    ['invisible characters', 'so\u00adft e\u200b\u0301t\u034fe\u0301 \ufeffx', 'soft été x'],
    ['what separates words', "don't a-b c_d 1.5 x\0y z\u00a0w", 'don t a b c d 1 5 x y z w'],
    ['emoji', 'a👩‍👩‍👧b 👍🏽 c\u{1f600}', 'a b c'],
    ['Han', '漢字仮名x字', '漢 漢字 漢字仮 字仮名 x 字'],
    ['kana with a long vowel', 'コーヒー', 'コ コー コーヒ ーヒー'],
    ['Thai', 'น้ำ ใจ', 'น น้ น้ำ ใ ใจ'],
    ['Arabic and Devanagari', 'السلام عليكم हिन्दी', 'السلام عليكم हिन्दी'],
  ])('are found: %s', (_, given, expected) => {
    const words = expected === '' ? [] : expected.split(' ');
    expect(wordsOf(given)).toEqual(words);
    const hashes = hashesOf(given);
    expect(hashes).toHaveLength(words.length);
    expect(pattern(hashes)).toEqual(pattern(words));
  });
});
