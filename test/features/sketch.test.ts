import {createRequire} from 'node:module';
import {describe, expect, it} from 'vitest';
import {estimate} from '../../src/features/similarity.js';
import {createTextAnalyser, sketchBytes} from '../../src/features/text.js';
import {jaccardOf, pairsOf} from './oracle.js';
import {randomFrom, type Similar, similarPair} from './similar.js';

interface Minhash {
  update(element: string): void;
  jaccard(other: Minhash): number;
}
/** The npm package of that name: CommonJS without types, slow, sound, and written by someone else. */
const Minhash = createRequire(import.meta.url)('minhash').Minhash as new (options: {
  numPerm: number;
}) => Minhash;

const analyser = createTextAnalyser();

function sketchOf(words: readonly string[]): Uint8Array {
  const out = new Uint8Array(sketchBytes);
  analyser.read(words.join(' '));
  analyser.sketch(out, 0);
  return out;
}

function minhashOf(words: readonly string[]): Minhash {
  const hash = new Minhash({numPerm: 128});
  for (const [pair, count] of pairsOf(words)) {
    for (let occurrence = 0; occurrence < count; occurrence++) hash.update(`${pair} ${occurrence}`);
  }
  return hash;
}

const errorOf = ({one, other, truth}: Similar): number =>
  estimate(sketchOf(one), 0, sketchOf(other), 0) - truth;
const minhashError = ({one, other, truth}: Similar): number =>
  minhashOf(one).jaccard(minhashOf(other)) - truth;
const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

/** Standard error of classic MinHash with 128 permutations. */
const classic = (truth: number): number => Math.sqrt((truth * (1 - truth)) / sketchBytes);

/**
 * What keeping one byte of each value adds to it (arXiv:0910.3349). Two values that differ share a byte once
 * in 256, so that a bin agrees with p = J + (1 - J) / 256, and the estimate is (p - 1/256) / (255/256).
 */
function byteTerm(truth: number): number {
  const agree = truth + (1 - truth) / 256;
  return Math.sqrt((agree * (1 - agree)) / sketchBytes) * (256 / 255) - classic(truth);
}

/** RMSE <= 1.6 classic + byte term; |bias| <= 4 of its standard errors + 0.002. */
function expectSound(pairs: readonly Similar[]): void {
  const errors = pairs.map(errorOf);
  const bound = Math.sqrt(mean(pairs.map(({truth}) => (1.6 * classic(truth) + byteTerm(truth)) ** 2)));
  const rmse = Math.sqrt(mean(errors.map(error => error ** 2)));
  expect(rmse).toBeLessThan(bound);
  expect(Math.abs(mean(errors))).toBeLessThan((4 * bound) / 1.6 / Math.sqrt(errors.length) + 0.002);
}

/** The similarities 0.3, 0.5, 0.8, 0.9 and 0.95, as near as one edit of a text of that size comes to them. */
const cells: [size: number, similarity: number][] = [
  ...[0.25, 0.43, 0.57].map((similarity): [number, number] => [5, similarity]),
  ...[0.3, 0.5, 0.81, 0.86].map((similarity): [number, number] => [20, similarity]),
  ...[100, 1000].flatMap(size => [0.3, 0.5, 0.8, 0.9, 0.95].map((one): [number, number] => [size, one])),
];

function pairsFor(size: number, similarity: number, count: number): Similar[] {
  const random = randomFrom(size + 1000 * similarity);
  return Array.from({length: count}, () => similarPair(size, similarity, 1e9, random));
}

describe('the estimate from two sketches', () => {
  it.each(cells)('of %i word pairs at a similarity of %d has little bias and error', (size, similarity) => {
    const pairs = pairsFor(size, similarity, size > 100 ? 100 : 400);
    expect(mean(pairs.map(({truth}) => truth))).toBeCloseTo(similarity, 1);
    expectSound(pairs);
  });

  it.each([5, 20, 100, 1000])('of %i word pairs agrees with npm minhash', size => {
    const differences: number[] = [];
    const variances: number[] = [];
    for (const [, similarity] of cells.filter(cell => cell[0] === size)) {
      for (const pair of pairsFor(size, similarity, size > 100 ? 6 : 30)) {
        differences.push(errorOf(pair) - minhashError(pair));
        // Both are independent; ours may have 1.6 times the standard error.
        variances.push((1 + 1.6 ** 2) * classic(pair.truth) ** 2);
      }
    }
    const standardError = Math.sqrt(mean(variances) / differences.length);
    expect(Math.abs(mean(differences))).toBeLessThan(3 * standardError);
  });

  it('is 1 for the same pairs, and about 0 for none in common', () => {
    const random = randomFrom(1);
    const pairs = Array.from({length: 200}, (_, index) => similarPair(50 + index, 0, 1e9, random));
    for (const {one} of pairs) expect(estimate(sketchOf(one), 0, sketchOf(one), 0)).toBe(1);
    const apart = pairs.map(({one}, index) => {
      const other = pairs[(index + 1) % pairs.length]!.one;
      return errorOf({one, other, truth: 0});
    });
    expect(mean(apart)).toBeLessThan(0.01);
    expect(Math.max(...apart)).toBeLessThan(0.1);
  });
});

describe('the estimate does not depend on', () => {
  // Tables in the kernel grow in steps, and two texts may stand on either side of one.
  it.each([30, 60, 120, 250, 500, 1000])('the length: %i words, and an eighth more of them', count => {
    const random = randomFrom(count);
    const pairs = Array.from({length: count > 200 ? 100 : 300}, (): Similar => {
      const {one: other} = similarPair(Math.round(count * 1.125) + 1, 0, 1e9, random);
      const one = other.slice(0, count);
      return {one, other, truth: jaccardOf(pairsOf(one), pairsOf(other))};
    });
    expectSound(pairs);
  });

  it.each([2, 5, 30])('how often a word comes: %i words in turn', kinds => {
    const random = randomFrom(kinds);
    expectSound(Array.from({length: 100}, () => similarPair(800, 0.7, kinds, random)));
  });

  it('how often a pair comes', () => {
    const [one, other] = [Array(300).fill('ha'), Array(600).fill('ha')] as [string[], string[]];
    const truth = jaccardOf(pairsOf(one), pairsOf(other));
    expect(Math.abs(errorOf({one, other, truth}))).toBeLessThan(4 * classic(truth));
  });
});
