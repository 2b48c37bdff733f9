import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {coverage, jaccard} from '../../src/features/similarity.js';
import {createTextAnalyser, runWords} from '../../src/features/text.js';
import {coverageOf, jaccardOf, pairsOf, wordsOf} from './oracle.js';
import {fixed, text, textPair} from './texts.js';

const analyser = createTextAnalyser();

function elementsOf(given: string): Uint32Array {
  analyser.read(given);
  return analyser.elements().sort();
}

function hashesOf(given: string): Uint32Array {
  analyser.read(given);
  return analyser.words().slice();
}

/** Few kinds of words, so that pairs and stretches come again. */
const repetitive = fc
  .array(fc.constantFrom('a', 'b', 'Ж', 'long-ish', '字', '.'), {maxLength: 60})
  .map(words => words.join(' '));
const repetitivePair = fc.tuple(repetitive, repetitive);

describe('the pairs of a text', () => {
  it('are one more than its words, each an element of its own; none without words', () => {
    fc.assert(
      fc.property(fc.oneof(text, repetitive), given => {
        const elements = elementsOf(given);
        expect(elements).toHaveLength(analyser.wordCount === 0 ? 0 : analyser.wordCount + 1);
        expect(new Set(elements).size).toBe(elements.length);
      }),
      fixed,
    );
  });

  it('of two texts are as similar as the multisets of the definition', () => {
    const nearby = fc.oneof(textPair, repetitivePair);
    fc.assert(
      fc.property(nearby, ([one, other]) => {
        const expected = jaccardOf(pairsOf(wordsOf(one)), pairsOf(wordsOf(other)));
        expect(jaccard(elementsOf(one), elementsOf(other))).toBe(expected);
        expect(jaccard(elementsOf(other), elementsOf(one))).toBe(expected);
      }),
      {...fixed, numRuns: fixed.numRuns * 2},
    );
  });

  it.each([
    ['the same text', 'one two three', 'One, two: THREE!', 1],
    ['no words', '…', '', 0],
    ['one word and none', 'one', '', 0],
    ['the other way round', 'one two', 'two one', 0],
    ['one of three words changed', 'one two three', 'one two four', 2 / 6],
    ['a pair that comes twice and once', 'a b a b', 'a b', 3 / 5],
    [
      'one word in eighteen',
      `${'p q r s t u v w x y z '}a b c d e f g`,
      `${'p q r s t u v w X1 y z '}a b c d e f g`,
      17 / 21,
    ],
  ])('give a similarity: %s', (_, one, other, expected) => {
    expect(jaccard(elementsOf(one), elementsOf(other))).toBeCloseTo(expected, 12);
  });

  it('count thousands of occurrences of one pair', () => {
    const one = elementsOf('ha '.repeat(5000));
    const other = elementsOf('ha '.repeat(4000));
    expect(jaccard(one, other)).toBeCloseTo(4001 / 5001, 12);
  });
});

describe('coverage', () => {
  it('is the share of words in runs of 6 that the other text has too', () => {
    fc.assert(
      fc.property(fc.oneof(textPair, repetitivePair), ([one, other]) => {
        const expected = coverageOf(wordsOf(one), wordsOf(other));
        expect(coverage(hashesOf(one), hashesOf(other), runWords)).toBeCloseTo(expected, 12);
      }),
      fixed,
    );
  });

  it('finds a text inside another, whole or in parts, and no shorter run', () => {
    const inner = hashesOf('the cat sat on the mat and slept');
    expect(coverage(inner, hashesOf('Once, THE cat sat on the mat and slept. The end.'), runWords)).toBe(1);
    expect(coverage(inner, hashesOf('the cat sat on the mat or slept'), runWords)).toBe(6 / 8);
    expect(coverage(inner, hashesOf('the cat sat on the rug and slept'), runWords)).toBe(0);
    expect(coverage(hashesOf('the cat sat on the'), inner, runWords)).toBe(0);
    expect(coverage(new Uint32Array(0), inner, runWords)).toBe(0);
  });
});
