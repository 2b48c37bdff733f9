import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {createTextAnalyser} from '../../src/features/text.js';
import {normaliseText} from '../../src/features/unicode.js';
import {fixed, text, textPair} from './texts.js';

const analyser = createTextAnalyser();

function exactOf(given: string): string {
  analyser.read(given);
  return `${analyser.exactHigh}:${analyser.exactLow}`;
}

describe('the exact hash', () => {
  it('is equal when the normalised texts are, and only then', () => {
    const seen = {equal: 0, different: 0};
    fc.assert(
      fc.property(textPair, ([one, other]) => {
        const equal = normaliseText(one) === normaliseText(other);
        seen[equal ? 'equal' : 'different']++;
        expect(exactOf(one) === exactOf(other)).toBe(equal);
      }),
      {...fixed, numRuns: fixed.numRuns * 2},
    );
    // The law is about both sides.
    expect(Math.min(seen.equal, seen.different)).toBeGreaterThan(fixed.numRuns / 4);
  });

  it('is that of the normalised text, which normalising leaves alone', () => {
    fc.assert(
      fc.property(text, given => {
        expect(exactOf(normaliseText(given))).toBe(exactOf(given));
        expect(normaliseText(normaliseText(given))).toBe(normaliseText(given));
      }),
      fixed,
    );
  });

  it('tells apart every length and every changed byte', () => {
    const long =
      'The quick brown fox (aged 7) jumps over 13 lazy dogs; none of them cares, or so it seems.\0';
    const variants = [...long].flatMap((_, at) => [
      `${long.slice(0, at)}#${long.slice(at + 1)}`,
      `${long.slice(0, at)}\0`,
      '\0'.repeat(at + 1),
    ]);
    const different = new Set(variants.map(normaliseText));
    expect(new Set(variants.map(exactOf)).size).toBe(different.size);
  });

  it.each([
    ['line ends', 'a\r\nb\n', 'a b'],
    ['every kind of white space', ' a\t\v\f\u0085\u00a0\u1680\u2000\u2028\u3000b\u202f', 'a b'],
    ['white space around an invisible character', 'a \u200b b \ufeff', 'a b'],
    ['an invisible character within an accented letter', 'e\u200b\u0301', 'é'],
    ['an invisible character within a syllable', '\u1112\u2060\u1161', '하'],
    ['two marks kept apart by a joiner', 'a\u0301\u034f\u0323', 'ạ\u0301'],
    ['lone surrogates, which UTF-8 has no bytes for', '\ud83d!\udfff', '\ufffd!\ufffd'],
    ['halves of a pair that never was one', '\ud83d\u200b\ude00', '\ufffd\ufffd'],
    ['the same, where the text is brought to NFC', '\ud83d\u200b\ude00e\u0301', '\ufffd\ufffdé'],
    ['nothing at all', '', ' \n\u200b'],
  ])('forgives %s', (_, one, other) => {
    expect(normaliseText(one)).toBe(normaliseText(other));
    expect(exactOf(one)).toBe(exactOf(other));
  });

  it.each([
    ['case', 'a', 'A'],
    ['punctuation', 'a, b', 'a b'],
    ['a missing space', 'ab', 'a b'],
    ['NUL', 'a\0', 'a'],
    ['a control that is no white space', 'a\x1fb', 'a b'],
    ['compatible characters', 'ﬁ', 'fi'],
    ['order', 'a b', 'b a'],
  ])('keeps %s', (_, one, other) => {
    expect(exactOf(one)).not.toBe(exactOf(other));
  });
});
