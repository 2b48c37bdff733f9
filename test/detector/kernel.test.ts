import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {bundledDetector, bundledWeights} from '../../src/detector/bundled.js';
import {bucketOf, standardised} from '../../src/detector/detector.js';
import {scoreForest} from '../../src/detector/forest.js';
import {createReader, perToken} from '../../src/detector/reader.js';

const weights = bundledWeights();
const reader = createReader(weights.frame);

function hashesOf(text: string): number[] {
  reader.read(text);
  const tokens = reader.tokens();
  return Array.from({length: tokens.length / 4}, (_, index) => tokens[4 * index]!);
}

describe('tokens', () => {
  it.each([
    ['curly quotes', '“Well,” she said; it’s late.', '"Well," she said; it\'s late.'],
    ['case', 'The Cat SAT.', 'the cat sat.'],
    ['spaces of tokenisers', "He did n't go , `` no '' .", 'He didn\'t go, "no".'],
    ['white space and lines', 'one two\n\n  three', 'one two three'],
    ['Markdown', '**one** _two_ `three`', 'one two three'],
    ['bullets', '- one\n- two\n1. three', 'one\ntwo\nthree'],
    ['the value of numbers', 'In 1987 we saw 12 seals', 'In 2003 we saw 48 seals'],
    ['dashes', 'wait — no', 'wait -- no'],
    ['addresses', 'see https://one.example/a?b=c now', 'see http://two.example now'],
  ])('do not depend on %s', (_, one, other) => {
    expect(hashesOf(one)).toEqual(hashesOf(other));
  });

  it('keep what is different apart', () => {
    expect(hashesOf('it is')).not.toEqual(hashesOf('its'));
    expect(hashesOf('Wait. No')).not.toEqual(hashesOf('Wait, no'));
    expect(hashesOf('internationalisations')).not.toEqual(hashesOf('internationalisation'));
    expect(hashesOf('naïve')).not.toEqual(hashesOf('naive'));
  });

  it('do not depend on what was read before, nor on what stands behind the text', () => {
    const text = 'A short note, and nothing behind it';
    const alone = hashesOf(text);
    hashesOf('Words that go on and on. '.repeat(500));
    expect(hashesOf(text)).toEqual(alone);
  });

  it('come from any text', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary', maxLength: 400}), text => {
        const {tokens, words, style} = reader.read(text);
        expect(words).toBeLessThanOrEqual(tokens);
        expect([...style].every(Number.isFinite)).toBe(true);
        expect(reader.ngrams().length).toBe(tokens * perToken);
        const bytes = Buffer.byteLength(text);
        const starts = reader.tokens().filter((_, index) => index % 4 === 2);
        expect(starts.every((start, index) => start < bytes + 1 && start >= (starts[index - 1] ?? 0))).toBe(
          true,
        );
      }),
      {seed: 1, numRuns: 300},
    );
  });
});

describe('the score', () => {
  it('is what plain code makes of the same n-grams and measures', () => {
    const detector = bundledDetector();
    const known = new Map(
      [...weights.buckets].map((bucket, index) => [bucket, weights.values[index]! * weights.scale]),
    );
    const text = `${'The keeper of the small museum, who had been away, came back on Monday; nobody had noticed. '.repeat(3)}Moreover, it is important to note that every step plays a crucial role.`;
    const {style} = reader.read(text);
    const counts = new Map<number, number>();
    for (const hash of reader.ngrams()) {
      const bucket = bucketOf(hash);
      if (hash !== 0 && known.has(bucket)) counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
    }
    let sum = 0;
    let squares = 0;
    for (const [bucket, count] of counts) {
      const value = 1 + Math.log(count);
      sum += value * known.get(bucket)!;
      squares += value * value;
    }
    const expected =
      sum / Math.sqrt(squares) + weights.bias + scoreForest(weights.forest, Float32Array.from(style));
    const seen = detector.analyse(text);
    expect(seen).toHaveProperty('score');
    expect((seen as {score: number}).score).toBeCloseTo(standardised(weights.human, expected, style), 6);
  });
});
