import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {createTextAnalyser, sketchBytes, type TextAnalyser} from '../../src/features/text.js';
import {fixed, text} from './texts.js';

/** The questions that can be asked about a text that was read, in any order and number. */
const questions = {
  words: (analyser: TextAnalyser) => [...analyser.words()],
  elements: (analyser: TextAnalyser) => [...analyser.elements()],
  exact: (analyser: TextAnalyser) => [analyser.wordCount, analyser.exactLow, analyser.exactHigh],
  sketch: (analyser: TextAnalyser) => {
    const out = new Uint8Array(sketchBytes);
    analyser.sketch(out, 0);
    return [...out];
  },
  fingerprints: (analyser: TextAnalyser) => fingerprintsOf(analyser),
  everyRun: (analyser: TextAnalyser) => fingerprintsOf(analyser, 1),
};
type Question = keyof typeof questions;
const names = Object.keys(questions) as Question[];

function fingerprintsOf(analyser: TextAnalyser, window?: number): number[] {
  const out = new Uint32Array(analyser.wordCount + 1);
  return [...out.subarray(0, analyser.fingerprints(out, 0, window))];
}

/** What an analyser says that has read nothing else. */
function fresh(given: string): Record<Question, number[]> {
  const analyser = createTextAnalyser();
  analyser.read(given);
  return Object.fromEntries(names.map(name => [name, questions[name](analyser)])) as Record<
    Question,
    number[]
  >;
}

describe('the analyser', () => {
  it('says the same in any order, however often it is asked', () => {
    const analyser = createTextAnalyser();
    const asked = fc.array(fc.constantFrom(...names), {maxLength: 8});
    fc.assert(
      fc.property(text, asked, (given, order) => {
        analyser.read(given);
        const expected = fresh(given);
        for (const name of order) expect(questions[name](analyser), name).toEqual(expected[name]);
      }),
      {...fixed, numRuns: 60},
    );
  });

  it('remembers nothing of earlier texts', () => {
    const analyser = createTextAnalyser();
    fc.assert(
      fc.property(text, fc.array(text, {maxLength: 4}), fc.constantFrom(...names), (given, others, last) => {
        for (const other of others) {
          analyser.read(other);
          questions[last](analyser);
        }
        analyser.read(given);
        const expected = fresh(given);
        for (const name of names) expect(questions[name](analyser), name).toEqual(expected[name]);
      }),
      {...fixed, numRuns: 60},
    );
  });

  it('nor of a long one', () => {
    const given = `Straße, น้ำ ${'one two three '.repeat(30)}e\u0301`;
    const expected = fresh(given);
    const analyser = createTextAnalyser();
    for (const long of ['Lorem ipsum, ', 'ἄλφα ', '漢字e\u0301\u200b']) {
      analyser.read(long.repeat(5e6 / Buffer.byteLength(long)));
      for (const name of ['sketch', 'elements', 'fingerprints'] as const) questions[name](analyser);
      analyser.read(given);
      for (const name of names) expect(questions[name](analyser), name).toEqual(expected[name]);
    }
  });

  it('copies the elements, and writes nowhere but where it was asked to', () => {
    const analyser = createTextAnalyser();
    analyser.read('a b c d e f g h');
    const elements = analyser.elements();
    const copy = elements.slice();
    const bytes = new Uint8Array(sketchBytes + 4).fill(7);
    analyser.sketch(bytes, 2);
    expect([...bytes.subarray(0, 2), ...bytes.subarray(-2)]).toEqual([7, 7, 7, 7]);
    expect([...bytes.subarray(2, -2)]).toEqual(questions.sketch(analyser));
    const runs = new Uint32Array(6).fill(7);
    expect(analyser.fingerprints(runs, 1, 1)).toBe(3);
    expect([runs[0], runs[4], runs[5]]).toEqual([7, 7, 7]);
    analyser.read('something else');
    expect(elements).toEqual(copy);
  });

  it('has no words before the first text, nor in a text without any', () => {
    const analyser = createTextAnalyser();
    for (const given of [undefined, '', ' \0…\u200b\ud800']) {
      if (given !== undefined) analyser.read(given);
      expect(analyser.wordCount).toBe(0);
      expect(questions.words(analyser)).toEqual([]);
      expect(questions.elements(analyser)).toEqual([]);
      expect(questions.fingerprints(analyser)).toEqual([]);
      const out = new Uint8Array(sketchBytes).fill(7);
      analyser.sketch(out, 0);
      expect(Math.max(...out)).toBe(0);
    }
  });
});
