import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {frameOf, type Voice, voiceOf} from '../../../rules/homogeneity/frames.js';
import {collision, countPatterns} from '../../../rules/homogeneity/repeats.js';
import {mix32} from '../../../rules/homogeneity/text.js';
import {
  addVoice,
  decodeVoices,
  emptyVoices,
  encodeVoices,
  mergeVoices,
  type VoiceSample,
  voiceLimit,
  voicesInOrder,
} from '../../../rules/homogeneity/voices.js';

/** A text by two numbers: which words, and which spelling of them. */
const textOf = (words: number, spelling: number): Voice | undefined =>
  words % 11 === 0
    ? undefined
    : {opening: [`w${words % 9}`, 'é'], closing: [`s${spelling}`], frames: [`the … ${words}`, 'x … x']};

function observed(list: readonly (readonly [number, number])[]): VoiceSample {
  const sample = emptyVoices();
  for (const [words, spelling] of list) {
    addVoice(sample, {key: mix32(words) * 1024, voice: () => textOf(words, spelling)});
  }
  return sample;
}

const corpora = fc.array(fc.tuple(fc.nat(5000), fc.nat(2)), {maxLength: 6000, size: 'max'});

describe('the sample of texts', () => {
  test('merges to the same bytes in any order and grouping, and is what it was after it was stored', () => {
    fc.assert(
      fc.property(corpora, fc.nat(8000), fc.nat(8000), (list, one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        const parts = [list.slice(0, low), list.slice(low, high), list.slice(high)].map(observed);
        const whole = encodeVoices(observed(list));
        const stored = parts.map(encodeVoices);
        for (const order of [stored, [...stored].reverse()]) {
          const into = emptyVoices();
          for (const bytes of order) mergeVoices(into, decodeVoices(bytes));
          expect(Buffer.compare(encodeVoices(into), whole)).toBe(0);
        }
        const right = decodeVoices(stored[1]!);
        mergeVoices(right, decodeVoices(stored[2]!));
        mergeVoices(parts[0]!, right);
        expect(Buffer.compare(encodeVoices(parts[0]!), whole)).toBe(0);
        expect(Buffer.compare(encodeVoices(decodeVoices(whole)), whole)).toBe(0);
      }),
      {numRuns: 8, seed: 7},
    );
  });

  test('holds the distinct texts with the least hashes', () => {
    const list = Array.from({length: 9000}, (_, at) => [at % 4500, at % 2] as const);
    const least = [...new Set(list.map(([words]) => mix32(words) * 1024))].sort((a, b) => a - b);
    expect(voicesInOrder(observed(list)).map(({key}) => key)).toEqual(least.slice(0, voiceLimit));
  });
});

test('a text that comes again is not looked at again', () => {
  const sample = emptyVoices();
  const source = Buffer.from('the same text');
  const voice = () => {
    throw new Error('its voice was asked for');
  };
  addVoice(sample, {key: 1, source, voice});
  addVoice(sample, {key: 1, source: Buffer.from(source), voice});
  expect(sample.voices.size).toBe(1);
});

describe('the voice of a text', () => {
  test('is its edges and frames, numbers and long words taken out', () => {
    const voice = voiceOf(
      'In conclusion, the history of 1843 is a testament to its people. Short one!\nIt is the way of the harbour that made it so, in 12 parts',
    );
    expect(voice).toEqual({
      opening: ['in', 'conclusion', 'the', 'history', 'of'],
      closing: ['it', 'so', 'in', '#', 'parts'],
      frames: ['in … the … of # is a … to its …', 'it is the way of the … that made it so in # …'],
    });
  });

  test('needs eight words', () => {
    expect(voiceOf('One two three four five six seven.')).toBeUndefined();
    expect(voiceOf('One two three four five six seven eight.')).toBeDefined();
  });

  test('shows no mixed or long words', () => {
    expect(voiceOf(`tok3n ${'x'.repeat(25)} b c d e f g h`)?.opening).toEqual(['…', '…', 'b', 'c', 'd']);
  });

  test('a frame has three plain words and a slot', () => {
    expect(frameOf(['the', 'cat', 'sat'])).toBeUndefined();
    expect(frameOf(['the', 'harbour', 'sat'])).toBeUndefined();
    expect(frameOf(['the', 'old', 'man', 'harbour', 'window'])).toBe('the old man …');
    expect(frameOf('a b c d e f g h i j k l m n more'.split(' '))).toBe('a b c d e f g h i j k l m n …');
  });
});

const voices = fc.array(
  fc.nat(12).map((first): Voice => ({opening: [`o${first}`, 'x', 'y', 'z'], closing: ['c'], frames: []})),
  {minLength: 2, maxLength: 200},
);

describe('what is counted', () => {
  test('collision is the share of pairs that begin alike', () => {
    fc.assert(
      fc.property(voices, list => {
        const begins = list.map(({opening}) => opening.slice(0, 3).join(' '));
        let alike = 0;
        for (const [at, one] of begins.entries())
          alike += begins.slice(0, at).filter(it => it === one).length;
        expect(collision(countPatterns(list, 'openings', 3), list.length).value).toBeCloseTo(
          alike / ((list.length * (list.length - 1)) / 2),
          10,
        );
      }),
      {seed: 8},
    );
  });

  test('a top ten holds what is said more than once', () => {
    fc.assert(
      fc.property(voices, list => {
        const {counts, withTop} = countPatterns(list, 'openings', 1);
        expect(counts.reduce((sum, [, count]) => sum + count, 0)).toBe(list.length);
        const top = counts.slice(0, 10).filter(([, count]) => count > 1);
        expect(withTop).toBe(top.reduce((sum, [, count]) => sum + count, 0));
      }),
      {seed: 9},
    );
  });
});
