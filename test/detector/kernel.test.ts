import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {bundledDetector, bundledWeights} from '../../src/detector/bundled.js';
import {bucketOf, slotOf, standardised} from '../../src/detector/detector.js';
import {scoreForest} from '../../src/detector/forest.js';
import {mostWords} from '../../src/detector/kernel/kernel.js';
import {createReader, perToken, tokenOf} from '../../src/detector/reader.js';

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
        const hashes = reader.ngrams();
        expect(hashes.length).toBe(Math.ceil(tokens / 4) * 4 * perToken);
        for (const [place, hash] of hashes.entries())
          if (hash !== 0) expect(tokenOf(place)).toBeLessThan(tokens);
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

/** The n-grams of a text, from the tokens and in plain code. */
function ngramsOf(tokens: Uint32Array): Set<number> {
  const mix = (hash: number, value: number) => {
    const mixed = Math.imul(hash ^ value, 0x9e3779b1);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  const count = tokens.length / 4;
  const chain = (seed: number, field: number, places: readonly number[]) =>
    places.every(place => place < count)
      ? [places.reduce((hash, place) => mix(hash, tokens[4 * place + field]!), seed)]
      : [];
  const start = 0x51ed270b;
  return new Set(
    Array.from({length: count}, (_, at) => [
      ...(tokens[4 * at] === start ? [] : chain(0x85ebca6b, 0, [at])),
      ...chain(0x85ebca6b, 0, [at, at + 1]),
      ...chain(0x85ebca6b, 0, [at, at + 1, at + 2]),
      ...(tokens[4 * at] === tokens[4 * at + 1] ? [] : chain(0xc2b2ae35, 1, [at])),
      ...chain(0xc2b2ae35, 1, [at, at + 1]),
      ...chain(0xc2b2ae35, 1, [at, at + 1, at + 2]),
      ...chain(0xc2b2ae35, 1, [at, at + 1, at + 2, at + 3]),
      ...chain(0x27d4eb2f, 1, [at, at + 2]),
    ]).flat(),
  );
}

const prose = `${'The keeper of the small museum, who had been away, came back on Monday; nobody had noticed. '.repeat(3)}Moreover, it is important to note that every step plays a crucial role.`;

describe('n-grams', () => {
  it.each([
    ['prose', prose],
    ['three tokens', 'One. Two'],
    ['four', 'One two three'],
    ['none', ' \n'],
  ])('are those of plain code: %s', (_, text) => {
    reader.read(text);
    const tokens = reader.tokens().slice();
    expect(new Set(reader.ngrams().filter(hash => hash !== 0))).toEqual(ngramsOf(tokens));
  });
});

describe('long texts', () => {
  it('are judged by their first words', () => {
    const beginning = 'The keeper came back on Monday, and nobody had noticed. '.repeat(60);
    const {words} = reader.read(beginning);
    expect(words).toBe(mostWords);
    const detector = bundledDetector();
    expect(detector.analyse(`${beginning}Moreover, it plays a crucial role in a vibrant tapestry.`)).toEqual(
      detector.analyse(beginning),
    );
    expect(() => detector.analyse('\u{1f600}'.repeat(1e6))).not.toThrow();
  });
});

describe('the score', () => {
  it('is what plain code makes of the same n-grams and measures', () => {
    const detector = bundledDetector();
    const known = new Map(
      [...weights.buckets].map((bucket, index) => [bucket, weights.values[index]! * weights.scale]),
    );
    const {style} = reader.read(prose);
    const met = new Set([...ngramsOf(reader.tokens())].map(bucketOf).filter(bucket => known.has(bucket)));
    const sum = [...met].reduce((total, bucket) => total + known.get(bucket)!, 0);
    const expected =
      sum / Math.sqrt(met.size) + weights.bias + scoreForest(weights.forest, Float32Array.from(style));
    const seen = detector.analyse(prose);
    expect(seen).toHaveProperty('score');
    expect((seen as {score: number}).score).toBeCloseTo(standardised(weights.human, expected, style), 6);
  });

  it('has one n-gram in each slot of its table', () => {
    expect(new Set(Array.from(weights.buckets, slotOf)).size).toBe(weights.buckets.length);
  });
});
