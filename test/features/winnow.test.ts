import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {createTextAnalyser, guaranteedWords, runWords, windowRuns} from '../../src/features/text.js';
import {stretchesOf, wordsOf} from './oracle.js';
import {fixed, text} from './texts.js';

const analyser = createTextAnalyser();

function fingerprintsOf(given: string, window?: number): number[] {
  analyser.read(given);
  const out = new Uint32Array(analyser.wordCount);
  return [...out.subarray(0, analyser.fingerprints(out, 0, window))];
}

/** Without what equals the entry before it. */
function collapsed<T>(list: readonly T[]): T[] {
  return list.filter((entry, index) => index === 0 || entry !== list[index - 1]);
}

const vocabulary = Array.from({length: 400}, (_, index) => `w${index.toString(36)}`);
const vocabularyWord = fc.constantFrom(...vocabulary, 'Ωmega', '字', 'слово');
const wordList = (minLength: number, maxLength: number): fc.Arbitrary<string[]> =>
  fc.array(vocabularyWord, {minLength, maxLength, size: 'max'});

describe('fingerprints', () => {
  it('keep every run with a window of 1: equal runs are equal, others are not', () => {
    const repetitive = fc.array(fc.constantFrom('a', 'b'), {maxLength: 40}).map(words => words.join(' '));
    fc.assert(
      fc.property(
        fc.oneof(
          text,
          repetitive,
          wordList(0, 60).map(words => words.join(' ')),
        ),
        given => {
          const stretches = collapsed(stretchesOf(wordsOf(given), runWords));
          const hashes = fingerprintsOf(given, 1);
          expect(hashes.map(hash => hashes.indexOf(hash))).toEqual(
            stretches.map(one => stretches.indexOf(one)),
          );
        },
      ),
      fixed,
    );
  });

  it('are the least run of every window', () => {
    fc.assert(
      fc.property(wordList(0, 120), fc.constantFrom(2, 3, 7, windowRuns, 16, 40), (words, window) => {
        const given = words.join(' ');
        const runs = fingerprintsOf(given, 1);
        // Equal neighbours would be one, and the place of the windows unknown.
        fc.pre(runs.length === Math.max(0, words.length - runWords + 1));
        const least: number[] = [];
        for (let at = 0; at === 0 || at + window <= runs.length; at++) {
          if (runs.length > 0) least.push(Math.min(...runs.slice(at, at + window)));
        }
        expect(fingerprintsOf(given, window)).toEqual(collapsed(least));
      }),
      fixed,
    );
  });

  it('are shared by any two texts that share a stretch of 20 words', () => {
    fc.assert(
      fc.property(
        wordList(guaranteedWords, 40),
        fc.tuple(...Array(4).fill(wordList(0, 60))),
        (stretch, around) => {
          const [before, after, ahead, behind] = around as string[][];
          const one = fingerprintsOf([...before!, ...stretch, ...after!].join(' '));
          const other = new Set(fingerprintsOf([...ahead!, ...stretch, ...behind!].join(', ').toUpperCase()));
          expect(one.some(fingerprint => other.has(fingerprint))).toBe(true);
        },
      ),
      fixed,
    );
  });

  it('are at least one for 6 words, none for fewer, and never more than the runs', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          text,
          wordList(0, 30).map(words => words.join(' ')),
        ),
        given => {
          const {length} = fingerprintsOf(given);
          const runs = Math.max(0, analyser.wordCount - runWords + 1);
          expect(length).toBeLessThanOrEqual(runs);
          expect(length > 0).toBe(runs > 0);
        },
      ),
      fixed,
    );
  });

  it('are one for 8 words of a long text', () => {
    // Distinct words in an order without rhyme: multiples of a prime.
    const count = 40_000;
    const words = Array.from({length: count}, (_, index) => `n${(index * 15_485_863) % 1_000_003}`);
    expect(fingerprintsOf(words.join(' ')).length / count).toBeCloseTo(2 / (windowRuns + 1), 2);
  });

  it('are one where one run comes again and again', () => {
    expect(fingerprintsOf('ha '.repeat(1000))).toHaveLength(1);
    expect(fingerprintsOf('ha '.repeat(1000), 1)).toHaveLength(1);
  });
});
